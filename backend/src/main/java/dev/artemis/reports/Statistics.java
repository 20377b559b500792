package dev.artemis.reports;

import dev.artemis.budgets.BudgetStatus;
import dev.artemis.budgets.Budgets;
import dev.artemis.budgets.LimitPeriod;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.KeyId;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.Usd;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;

/** The figures of cost tracking since the beginning. */
@Service
public class Statistics {

    private final TenantTransactions transactions;
    private final JdbcTemplate jdbc;
    private final Budgets budgets;

    Statistics(TenantTransactions transactions, JdbcTemplate jdbc, Budgets budgets) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.budgets = budgets;
    }

    /**
     * Amounts in US dollars.
     *
     * @param dailyRemaining the least left today; null where nothing limits
     * @param budgetExceededCount how often a budget said no
     */
    public record CostTracking(
            long totalCalls,
            Usd totalCost,
            @Nullable Usd dailyRemaining,
            @Nullable Usd monthlyRemaining,
            long budgetExceededCount) {}

    /** Of one project. */
    public CostTracking costTracking(TenantId tenant, ProjectId project, @Nullable KeyId key) {
        BudgetStatus status = budgets.status(tenant, project, key);
        return read(tenant, project, status);
    }

    /** Of a whole tenant. */
    public CostTracking costTracking(TenantId tenant) {
        return read(tenant, null, budgets.status(tenant, null, null));
    }

    private CostTracking read(TenantId tenant, @Nullable ProjectId project, BudgetStatus status) {
        return transactions.inTenant(
                tenant,
                () -> jdbc.queryForObject(
                        """
                        select coalesce(sum(calls), 0), coalesce(sum(cost), 0),
                               (select coalesce(sum(refused), 0) from refusals
                                where tenant_id = ? and (?::uuid is null or project_id = ?::uuid))
                        from usage_by_day where tenant_id = ? and (?::uuid is null or project_id = ?::uuid)""",
                        (row, number) -> new CostTracking(
                                row.getLong(1),
                                new Usd(row.getObject(2, BigDecimal.class)),
                                status.remaining(LimitPeriod.DAILY),
                                status.remaining(LimitPeriod.MONTHLY),
                                row.getLong(3)),
                        tenant.value(),
                        project == null ? null : project.value(),
                        project == null ? null : project.value(),
                        tenant.value(),
                        project == null ? null : project.value(),
                        project == null ? null : project.value()));
    }
}
