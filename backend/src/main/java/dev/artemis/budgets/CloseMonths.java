package dev.artemis.budgets;

import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.TenantId;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Says from when on nothing is dated into a month any more. See ADR-0022. */
@Service
public class CloseMonths {

    private final TillRows rows;
    private final TenantTransactions transactions;

    CloseMonths(TillRows rows, TenantTransactions transactions) {
        this.rows = rows;
        this.transactions = transactions;
    }

    /**
     * Where a tenant's months stand.
     *
     * @param running the month that money is spent in now
     * @param closedBefore the first month that is not closed; null: none was closed yet
     */
    public record Months(YearMonth running, @Nullable YearMonth closedBefore) {}

    /**
     * Waits for the till and holds it until the end of the tenant's transaction that runs: no money is booked meanwhile,
     * and whoever books after the commit knows of it.
     */
    public Months lock(TenantId tenant) {
        return transactions.inTenant(tenant, () -> months(rows.lock(tenant)));
    }

    /** The same without waiting: for pages. */
    public Months look(TenantId tenant) {
        return transactions.inTenant(tenant, () -> months(rows.look(tenant, List.of())));
    }

    private static Months months(OpenTill till) {
        LocalDate closed = till.closedBefore();
        return new Months(
                YearMonth.from(till.periods().month().start()), closed == null ? null : YearMonth.from(closed));
    }

    /**
     * Closes all months up to this one; joins the transaction that holds the lock.
     *
     * @throws IllegalArgumentException the month is not over
     */
    public void closeUpTo(TenantId tenant, YearMonth month) {
        transactions.inTenant(tenant, () -> {
            OpenTill till = rows.lock(tenant);
            if (!month.plusMonths(1)
                    .atDay(1)
                    .isBefore(till.periods().month().start().plusDays(1))) {
                throw new IllegalArgumentException(month + " is not over");
            }
            rows.save(till);
            rows.saveClosedBefore(tenant, month.plusMonths(1).atDay(1));
        });
    }
}
