package dev.artemis.budgets.web;

import dev.artemis.budgets.BudgetStatus;
import dev.artemis.budgets.Budgets;
import dev.artemis.budgets.Level;
import dev.artemis.budgets.LimitScope;
import dev.artemis.budgets.Limits;
import dev.artemis.projects.Project;
import dev.artemis.projects.Projects;
import dev.artemis.shared.Caller;
import dev.artemis.shared.RequiresRight;
import dev.artemis.shared.Right;
import dev.artemis.shared.Slug;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.Usd;
import dev.artemis.tenants.Tenants;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/admin/tenants/{tenant}")
class BudgetsController {

    private final Budgets budgets;
    private final Tenants tenants;
    private final Projects projects;

    BudgetsController(Budgets budgets, Tenants tenants, Projects projects) {
        this.budgets = budgets;
        this.tenants = tenants;
        this.projects = projects;
    }

    @GetMapping("/budget")
    BudgetAnswer ofTenant(Caller.ForTenant caller) {
        return ofTenant(caller.tenant());
    }

    /** The team's own budget is set by the platform's administrators alone. */
    @PutMapping("/budget")
    BudgetAnswer setOfTenant(Caller.Admin admin, @PathVariable Slug tenant, @RequestBody BudgetBody body) {
        TenantId id = tenants.named(tenant).id();
        budgets.setLimits(admin, id, new Level.WholeTenant(), body.limits());
        return ofTenant(id);
    }

    private BudgetAnswer ofTenant(TenantId tenant) {
        return answer(tenant, new Level.WholeTenant(), budgets.status(tenant, null, null));
    }

    @GetMapping("/projects/{project}/budget")
    BudgetAnswer ofProject(Caller.ForTenant caller, @PathVariable Slug project) {
        Project found = projects.named(caller.tenant(), project);
        return answer(
                caller.tenant(), new Level.OfProject(found.id()), budgets.status(caller.tenant(), found.id(), null));
    }

    @PutMapping("/projects/{project}/budget")
    @RequiresRight(Right.CHANGE_PROJECT_BUDGETS)
    BudgetAnswer setOfProject(Caller.ForTenant caller, @PathVariable Slug project, @RequestBody BudgetBody body) {
        Project found = projects.named(caller.tenant(), project);
        budgets.setLimits(caller, caller.tenant(), new Level.OfProject(found.id()), body.limits());
        return ofProject(caller, project);
    }

    private BudgetAnswer answer(TenantId tenant, Level level, BudgetStatus status) {
        Limits limits = budgets.limits(tenant, level);
        LimitScope scope = level.scope();
        return new BudgetAnswer(
                limits.daily(),
                limits.monthly(),
                limits.alertThresholds(),
                status.windows().stream()
                        .filter(window -> window.scope() == scope)
                        .toList());
    }

    record BudgetBody(
            @Nullable Usd dailyLimit,
            @Nullable Usd monthlyLimit,
            @Nullable List<BigDecimal> alertThresholds) {

        Limits limits() {
            return new Limits(
                    dailyLimit, monthlyLimit, alertThresholds == null ? Limits.DEFAULT_THRESHOLDS : alertThresholds);
        }
    }

    record BudgetAnswer(
            @Nullable Usd dailyLimit,
            @Nullable Usd monthlyLimit,
            List<BigDecimal> alertThresholds,
            List<BudgetStatus.Window> windows) {}
}
