package dev.artemis.access.web;

import dev.artemis.access.ApiKeys;
import dev.artemis.budgets.BudgetDocument;
import dev.artemis.budgets.Budgets;
import dev.artemis.budgets.Level;
import dev.artemis.budgets.LimitHistory;
import dev.artemis.budgets.LimitPreviews;
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
import dev.artemis.tenants.Tenants;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The budget of one key; its id is stable, so it outlives every rotation. */
@RestController
@RequestMapping("/api/v1/admin/tenants/{tenant}/projects/{project}/keys/{id}/budget")
class KeyBudgetsController {

    private final ApiKeys keys;
    private final Budgets budgets;
    private final LimitPreviews previews;
    private final LimitHistory history;
    private final Tenants tenants;
    private final Projects projects;
    private final Clock clock;

    KeyBudgetsController(
            ApiKeys keys,
            Budgets budgets,
            LimitPreviews previews,
            LimitHistory history,
            Tenants tenants,
            Projects projects,
            Clock clock) {
        this.keys = keys;
        this.budgets = budgets;
        this.previews = previews;
        this.history = history;
        this.tenants = tenants;
        this.projects = projects;
        this.clock = clock;
    }

    @GetMapping
    @RequiresRight(Right.SEE_KEYS)
    BudgetDocument of(Caller.ForTenant caller, @PathVariable Slug project, @PathVariable String id) {
        Project found = projects.named(caller.tenant(), project);
        Level.OfKey level = level(caller, found, id);
        return BudgetDocument.of(
                budgets.limits(caller.tenant(), level),
                budgets.status(caller.tenant(), found.id(), level.key()),
                level.scope());
    }

    @PutMapping
    @RequiresRight(Right.CHANGE_PROJECT_BUDGETS)
    BudgetDocument set(
            Caller.ForTenant caller,
            @PathVariable Slug project,
            @PathVariable String id,
            @RequestBody BudgetDocument.Wanted body) {
        Level.OfKey level = level(caller, projects.named(caller.tenant(), project), id);
        budgets.setLimits(caller, caller.tenant(), level, body.limits());
        return of(caller, project, id);
    }

    /** What these limits would have done to the month before; a limit that is left out limits nothing. */
    @GetMapping("/preview")
    @RequiresRight(Right.CHANGE_PROJECT_BUDGETS)
    BudgetDocument.Preview preview(
            Caller.ForTenant caller,
            @PathVariable Slug project,
            @PathVariable String id,
            @RequestParam(name = "daily_limit", required = false) @Nullable Usd daily,
            @RequestParam(name = "monthly_limit", required = false) @Nullable Usd monthly) {
        Level.OfKey level = level(caller, projects.named(caller.tenant(), project), id);
        return BudgetDocument.Preview.of(previews.lastMonth(
                caller.tenant(),
                level,
                Limits.of(daily, monthly),
                tenants.find(caller.tenant()).orElseThrow().timeZone(),
                clock.instant()));
    }

    /** Who set it to what: the last twenty changes, newest first. */
    @GetMapping("/history")
    @RequiresRight(Right.SEE_KEYS)
    Page<BudgetDocument.Changed> history(Caller.ForTenant caller, @PathVariable Slug project, @PathVariable String id) {
        Level.OfKey level = level(caller, projects.named(caller.tenant(), project), id);
        return Page.whole(history.of(caller.tenant(), level)).map(BudgetDocument.Changed::of);
    }

    /** @throws Problem 404 for a key of another project, or one that is revoked */
    private Level.OfKey level(Caller.ForTenant caller, Project project, String id) {
        KeyId key = KeysController.keyId(id);
        if (keys.all(caller.tenant(), project.id()).stream()
                .noneMatch(each -> each.id().equals(key))) {
            throw Problem.notFound("The key");
        }
        return new Level.OfKey(key);
    }
}
