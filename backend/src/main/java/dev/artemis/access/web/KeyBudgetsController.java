package dev.artemis.access.web;

import dev.artemis.access.ApiKeys;
import dev.artemis.budgets.BudgetStatus;
import dev.artemis.budgets.Budgets;
import dev.artemis.budgets.Level;
import dev.artemis.budgets.LimitChange;
import dev.artemis.budgets.LimitHistory;
import dev.artemis.budgets.Limits;
import dev.artemis.projects.Project;
import dev.artemis.projects.Projects;
import dev.artemis.shared.Caller;
import dev.artemis.shared.KeyId;
import dev.artemis.shared.Page;
import dev.artemis.shared.Problem;
import dev.artemis.shared.RequiresRight;
import dev.artemis.shared.Right;
import dev.artemis.shared.Slug;
import dev.artemis.shared.Usd;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a key may spend: everybody of the team may know, since a call that the key refuses concerns who made it. */
@RestController
@RequestMapping("/api/v1/admin/tenants/{tenant}/projects/{project}/keys/{id}/budget")
class KeyBudgetsController {

    private final ApiKeys keys;
    private final Budgets budgets;
    private final LimitHistory history;
    private final Projects projects;

    KeyBudgetsController(ApiKeys keys, Budgets budgets, LimitHistory history, Projects projects) {
        this.keys = keys;
        this.budgets = budgets;
        this.history = history;
        this.projects = projects;
    }

    @GetMapping
    KeyBudget budget(Caller.ForTenant caller, @PathVariable Slug project, @PathVariable String id) {
        return answer(caller, key(caller, project, id));
    }

    /** All limits anew: what is left out is no limit. */
    @PutMapping
    @RequiresRight(Right.CHANGE_PROJECT_BUDGETS)
    KeyBudget set(
            Caller.ForTenant caller, @PathVariable Slug project, @PathVariable String id, @RequestBody KeyLimits body) {
        KeyId key = key(caller, project, id);
        budgets.setLimits(caller, caller.tenant(), new Level.OfKey(key), body.limits());
        return answer(caller, key);
    }

    /** Who set them to what: the last twenty changes, newest first. */
    @GetMapping("/history")
    Page<KeyLimitChange> history(Caller.ForTenant caller, @PathVariable Slug project, @PathVariable String id) {
        KeyId key = key(caller, project, id);
        return Page.whole(history.of(caller.tenant(), new Level.OfKey(key))).map(KeyLimitChange::of);
    }

    private KeyId key(Caller.ForTenant caller, Slug project, String id) {
        Project found = projects.named(caller.tenant(), project);
        try {
            return keys.one(caller.tenant(), found.id(), KeyId.parse(id)).id();
        } catch (IllegalArgumentException e) {
            throw Problem.notFound("The key");
        }
    }

    private KeyBudget answer(Caller.ForTenant caller, KeyId key) {
        Limits limits = budgets.limits(caller.tenant(), new Level.OfKey(key));
        BudgetStatus status = Objects.requireNonNull(
                budgets.statusOfKeys(caller.tenant(), List.of(key)).get(key));
        return new KeyBudget(limits.daily(), limits.monthly(), limits.alertThresholds(), status.windows());
    }

    record KeyLimits(
            @Nullable Usd dailyLimit,
            @Nullable Usd monthlyLimit,
            @Nullable List<BigDecimal> alertThresholds) {

        Limits limits() {
            return new Limits(
                    dailyLimit, monthlyLimit, alertThresholds == null ? Limits.DEFAULT_THRESHOLDS : alertThresholds);
        }

        static KeyLimits of(Limits limits) {
            return new KeyLimits(limits.daily(), limits.monthly(), limits.alertThresholds());
        }
    }

    record KeyBudget(
            @Nullable Usd dailyLimit,
            @Nullable Usd monthlyLimit,
            List<BigDecimal> alertThresholds,
            List<BudgetStatus.Window> windows) {}

    record KeyLimitChange(OffsetDateTime at, String actor, KeyLimits before, KeyLimits after) {

        static KeyLimitChange of(LimitChange change) {
            return new KeyLimitChange(
                    change.at().atOffset(ZoneOffset.UTC),
                    change.actor(),
                    KeyLimits.of(change.before()),
                    KeyLimits.of(change.after()));
        }
    }
}
