package dev.artemis.budgets.web;

import dev.artemis.budgets.Level;
import dev.artemis.budgets.LimitChange;
import dev.artemis.budgets.LimitHistory;
import dev.artemis.budgets.Limits;
import dev.artemis.projects.Projects;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Page;
import dev.artemis.shared.Slug;
import dev.artemis.shared.Usd;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who set the limits of a team, or of a project, to what: the last twenty changes, newest first. */
@RestController
@RequestMapping("/api/v1/admin/tenants/{tenant}")
class BudgetHistoryController {

    private final LimitHistory history;
    private final Projects projects;

    BudgetHistoryController(LimitHistory history, Projects projects) {
        this.history = history;
        this.projects = projects;
    }

    @GetMapping("/budget/history")
    Page<ChangeAnswer> ofTenant(Caller.ForTenant caller) {
        return of(caller, new Level.WholeTenant());
    }

    @GetMapping("/projects/{project}/budget/history")
    Page<ChangeAnswer> ofProject(Caller.ForTenant caller, @PathVariable Slug project) {
        return of(
                caller,
                new Level.OfProject(projects.named(caller.tenant(), project).id()));
    }

    private Page<ChangeAnswer> of(Caller.ForTenant caller, Level level) {
        return Page.whole(history.of(caller.tenant(), level)).map(ChangeAnswer::of);
    }

    record ChangeAnswer(OffsetDateTime at, String actor, LimitsThen before, LimitsThen after) {

        static ChangeAnswer of(LimitChange change) {
            return new ChangeAnswer(
                    change.at().atOffset(ZoneOffset.UTC),
                    change.actor(),
                    LimitsThen.of(change.before()),
                    LimitsThen.of(change.after()));
        }
    }

    record LimitsThen(@Nullable Usd dailyLimit, @Nullable Usd monthlyLimit, List<BigDecimal> alertThresholds) {

        static LimitsThen of(Limits limits) {
            return new LimitsThen(limits.daily(), limits.monthly(), limits.alertThresholds());
        }
    }
}
