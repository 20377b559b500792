package dev.artemis.budgets.web;

import dev.artemis.budgets.BudgetDocument;
import dev.artemis.budgets.BudgetStatus;
import dev.artemis.budgets.Budgets;
import dev.artemis.budgets.Level;
import dev.artemis.budgets.LimitHistory;
import dev.artemis.budgets.LimitPreviews;
import dev.artemis.budgets.Limits;
import dev.artemis.projects.Project;
import dev.artemis.projects.Projects;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Page;
import dev.artemis.shared.RequiresRight;
import dev.artemis.shared.Right;
import dev.artemis.shared.Slug;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.Usd;
import dev.artemis.tenants.Tenant;
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

/** The budget of a team and of its projects: what it is, what another would have meant, who set it before. */
@RestController
@RequestMapping("/api/v1/admin/tenants/{tenant}")
class BudgetsController {

    private final Budgets budgets;
    private final LimitPreviews previews;
    private final LimitHistory history;
    private final Tenants tenants;
    private final Projects projects;
    private final Clock clock;

    BudgetsController(
            Budgets budgets,
            LimitPreviews previews,
            LimitHistory history,
            Tenants tenants,
            Projects projects,
            Clock clock) {
        this.budgets = budgets;
        this.previews = previews;
        this.history = history;
        this.tenants = tenants;
        this.projects = projects;
        this.clock = clock;
    }

    @GetMapping("/budget")
    BudgetDocument ofTenant(Caller.ForTenant caller) {
        return ofTenant(caller.tenant());
    }

    /** The team's own budget is set by the platform's administrators alone. */
    @PutMapping("/budget")
    BudgetDocument setOfTenant(Caller.Admin admin, @PathVariable Slug tenant, @RequestBody BudgetDocument.Wanted body) {
        TenantId id = tenants.named(tenant).id();
        budgets.setLimits(admin, id, new Level.WholeTenant(), body.limits());
        return ofTenant(id);
    }

    /** What these limits would have done to the month before; a limit that is left out limits nothing. */
    @GetMapping("/budget/preview")
    BudgetDocument.Preview previewOfTenant(
            Caller.Admin admin,
            @PathVariable Slug tenant,
            @RequestParam(name = "daily_limit", required = false) @Nullable Usd daily,
            @RequestParam(name = "monthly_limit", required = false) @Nullable Usd monthly) {
        return preview(tenants.named(tenant), new Level.WholeTenant(), Limits.of(daily, monthly));
    }

    /** Who set it to what: the last twenty changes, newest first. */
    @GetMapping("/budget/history")
    Page<BudgetDocument.Changed> historyOfTenant(Caller.ForTenant caller) {
        return history(caller.tenant(), new Level.WholeTenant());
    }

    private BudgetDocument ofTenant(TenantId tenant) {
        return answer(tenant, new Level.WholeTenant(), budgets.status(tenant, null, null));
    }

    @GetMapping("/projects/{project}/budget")
    BudgetDocument ofProject(Caller.ForTenant caller, @PathVariable Slug project) {
        Project found = projects.named(caller.tenant(), project);
        return answer(
                caller.tenant(), new Level.OfProject(found.id()), budgets.status(caller.tenant(), found.id(), null));
    }

    @PutMapping("/projects/{project}/budget")
    @RequiresRight(Right.CHANGE_PROJECT_BUDGETS)
    BudgetDocument setOfProject(
            Caller.ForTenant caller, @PathVariable Slug project, @RequestBody BudgetDocument.Wanted body) {
        Project found = projects.named(caller.tenant(), project);
        budgets.setLimits(caller, caller.tenant(), new Level.OfProject(found.id()), body.limits());
        return ofProject(caller, project);
    }

    /** What these limits would have done to the month before; a limit that is left out limits nothing. */
    @GetMapping("/projects/{project}/budget/preview")
    @RequiresRight(Right.CHANGE_PROJECT_BUDGETS)
    BudgetDocument.Preview previewOfProject(
            Caller.ForTenant caller,
            @PathVariable Slug project,
            @RequestParam(name = "daily_limit", required = false) @Nullable Usd daily,
            @RequestParam(name = "monthly_limit", required = false) @Nullable Usd monthly) {
        Project found = projects.named(caller.tenant(), project);
        Tenant tenant = tenants.find(caller.tenant()).orElseThrow();
        return preview(tenant, new Level.OfProject(found.id()), Limits.of(daily, monthly));
    }

    /** Who set it to what: the last twenty changes, newest first. */
    @GetMapping("/projects/{project}/budget/history")
    Page<BudgetDocument.Changed> historyOfProject(Caller.ForTenant caller, @PathVariable Slug project) {
        return history(
                caller.tenant(),
                new Level.OfProject(projects.named(caller.tenant(), project).id()));
    }

    private BudgetDocument answer(TenantId tenant, Level level, BudgetStatus status) {
        return BudgetDocument.of(budgets.limits(tenant, level), status, level.scope());
    }

    private BudgetDocument.Preview preview(Tenant tenant, Level level, Limits limits) {
        return BudgetDocument.Preview.of(
                previews.lastMonth(tenant.id(), level, limits, tenant.timeZone(), clock.instant()));
    }

    private Page<BudgetDocument.Changed> history(TenantId tenant, Level level) {
        return Page.whole(history.of(tenant, level)).map(BudgetDocument.Changed::of);
    }
}
