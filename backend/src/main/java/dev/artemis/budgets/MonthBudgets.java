package dev.artemis.budgets;

import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.Usd;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;

/** What was left of a level's monthly budget, of any month: its window stays, and the audit log knows its limit of then. */
@Service
public class MonthBudgets {

    private final TenantTransactions transactions;
    private final JdbcTemplate jdbc;
    private final Budgets budgets;
    private final LimitHistory history;
    private final Clock clock;

    MonthBudgets(
            TenantTransactions transactions, JdbcTemplate jdbc, Budgets budgets, LimitHistory history, Clock clock) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.budgets = budgets;
        this.history = history;
        this.clock = clock;
    }

    /**
     * A month's budget. Amounts in US dollars.
     *
     * @param month of the tenant's zone
     * @param limit as it was when the month ended, or is now; null: unlimited
     * @param used spent
     * @param left limit less spent and reserved, below 0 where too much was; null: unlimited
     */
    public record MonthBudget(
            YearMonth month,
            @Nullable Usd limit,
            Usd used,
            @Nullable Usd left) {}

    /**
     * The budget of a level in a month.
     *
     * @param zone the tenant's, whose month it is where nothing was spent in it
     */
    public MonthBudget of(TenantId tenant, Level level, YearMonth month, ZoneId zone) {
        return transactions.inTenant(tenant, () -> {
            Spent spent = spent(tenant, level, month)
                    .orElseGet(() -> new Spent(
                            month.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant(), Usd.ZERO, Usd.ZERO));
            Usd limit = limit(tenant, level, spent.endsAt());
            return new MonthBudget(
                    month,
                    limit,
                    spent.spent(),
                    limit == null ? null : limit.minus(spent.spent()).minus(spent.reserved()));
        });
    }

    private record Spent(Instant endsAt, Usd spent, Usd reserved) {}

    private Optional<Spent> spent(TenantId tenant, Level level, YearMonth month) {
        return jdbc
                .query(
                        """
                        select ends_at, spent, reserved from windows
                        where tenant_id = ? and level_id = ? and period = 'monthly' and period_start = ?""",
                        (row, number) -> new Spent(
                                Columns.instant(row, 1), new Usd(row.getBigDecimal(2)), new Usd(row.getBigDecimal(3))),
                        tenant.value(),
                        Budgets.id(tenant, level),
                        month.atDay(1))
                .stream()
                .findFirst();
    }

    /** Takes back what was changed since, the newest change first; a month that is not over has the limit of now. */
    private @Nullable Usd limit(TenantId tenant, Level level, Instant end) {
        Limits limits = budgets.limits(tenant, level);
        if (end.isAfter(clock.instant())) {
            return limits.monthly();
        }
        for (LimitChange change : history.since(tenant, level, end)) {
            limits = change.before();
        }
        return limits.monthly();
    }
}
