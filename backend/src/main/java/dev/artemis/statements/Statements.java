package dev.artemis.statements;

import dev.artemis.audit.Action;
import dev.artemis.audit.Audit;
import dev.artemis.audit.Change;
import dev.artemis.budgets.CloseMonths;
import dev.artemis.budgets.Level;
import dev.artemis.budgets.MonthBudgets;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.reports.Breakdown;
import dev.artemis.reports.CostLine;
import dev.artemis.reports.Costs;
import dev.artemis.reports.Dimension;
import dev.artemis.reports.Span;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Problem;
import dev.artemis.shared.Right;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.Usd;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import java.time.YearMonth;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Closes months, and keeps their statements. See ADR-0022. */
@Service
public class Statements {

    private final CloseMonths closeMonths;
    private final StatementRows rows;
    private final SealMonths sealMonths;
    private final Costs costs;
    private final MonthBudgets budgets;
    private final Tenants tenants;
    private final TenantTransactions transactions;
    private final Audit audit;

    Statements(
            CloseMonths closeMonths,
            StatementRows rows,
            SealMonths sealMonths,
            Costs costs,
            MonthBudgets budgets,
            Tenants tenants,
            TenantTransactions transactions,
            Audit audit) {
        this.closeMonths = closeMonths;
        this.rows = rows;
        this.sealMonths = sealMonths;
        this.costs = costs;
        this.budgets = budgets;
        this.tenants = tenants;
        this.transactions = transactions;
        this.audit = audit;
    }

    /**
     * Closes a month, for good. Money that is booked at the same moment is either in the month's figures or dated after
     * it. The seal is counted after the closing is committed: the lines cannot change any more.
     *
     * @throws Problem 422: the month is not over, or an earlier one is open; 409 {@code month-closed}
     */
    public Statement close(Caller by, TenantId tenant, YearMonth month) {
        closeUnsealed(by, tenant, month);
        return sealed(tenant, month);
    }

    /** The same without its seal, for whoever has more to write with it; joins the transaction of the team. */
    public Statement closeUnsealed(Caller by, TenantId tenant, YearMonth month) {
        Right.CHANGE_FINANCE.require(by, tenant);
        // before the till is locked: it reads the audit log, and a month that is over does not change its limit
        @Nullable Usd budget = budgets.of(
                        tenant, new Level.WholeTenant(), month, tenant(tenant).timeZone())
                .limit();
        return transactions.inTenant(tenant, () -> {
            refuseIfOutOfOrder(tenant, month, closeMonths.lock(tenant));
            closeMonths.closeUpTo(tenant, month);
            Breakdown figures = costs.breakdown(tenant, null, span(month), List.of());
            Statement statement = new Statement(
                    month,
                    rows.nextNumber(tenant),
                    rows.now(),
                    by.name(),
                    figures.items().stream().mapToLong(CostLine::calls).sum(),
                    figures.items().stream().mapToLong(CostLine::runs).sum(),
                    figures.total(),
                    budget,
                    null);
            rows.insert(tenant, statement);
            audit.record(by, new Change(Action.MONTH_CLOSED, tenant, month.toString(), null, statement));
            return statement;
        });
    }

    /** A team's statements, the newest first. */
    public List<Statement> all(TenantId tenant) {
        return transactions.inTenant(tenant, () -> rows.all(tenant));
    }

    /** The month that can be closed next; empty where none is over that money was spent in. */
    public Optional<YearMonth> next(TenantId tenant) {
        return transactions.inTenant(tenant, () -> {
            CloseMonths.Months months = closeMonths.look(tenant);
            YearMonth open = months.closedBefore();
            return (open != null ? Optional.of(open) : rows.firstMonth(tenant))
                    .filter(month -> month.isBefore(months.running()));
        });
    }

    /** A month's statement; empty where it is not closed. */
    public Optional<Statement> find(TenantId tenant, YearMonth month) {
        return transactions.inTenant(tenant, () -> rows.find(tenant, month));
    }

    /**
     * Counts a closed month anew and compares.
     *
     * @throws Problem 404: the month is not closed
     */
    public Verification verify(TenantId tenant, YearMonth month) {
        Statement statement = sealed(tenant, month);
        // by day, so that the roll-ups of days are counted, and not what was added up of them when the month was closed
        Breakdown now =
                transactions.inTenant(tenant, () -> costs.breakdown(tenant, null, span(month), List.of(Dimension.DAY)));
        Statement.Seal then = Objects.requireNonNull(statement.seal());
        return new Verification(statement, sealMonths.seal(tenant(tenant), month, then), now.total());
    }

    /**
     * A statement with its seal, which is counted now where whoever closed the month did not come so far; not within a
     * transaction.
     *
     * @throws Problem 404: the month is not closed
     */
    public Statement sealed(TenantId tenant, YearMonth month) {
        Statement statement = find(tenant, month).orElseThrow(() -> Problem.notFound("A statement of " + month));
        if (statement.seal() != null) {
            return statement;
        }
        seal(tenant, month);
        return find(tenant, month).orElseThrow();
    }

    /** Counts the seal of a closed month; whether it had none until then. Not within a transaction. */
    boolean seal(TenantId tenant, YearMonth month) {
        Statement.Seal seal = sealMonths.seal(tenant(tenant), month);
        return transactions.inTenant(tenant, () -> rows.seal(tenant, month, seal));
    }

    private void refuseIfOutOfOrder(TenantId tenant, YearMonth month, CloseMonths.Months months) {
        if (!month.isBefore(months.running())) {
            throw Problem.notAllowed("month", "one that is over: before " + months.running());
        }
        YearMonth open = months.closedBefore();
        if (open != null && month.isBefore(open)) {
            throw Problem.of(409, "month-closed", month + " is closed already.");
        }
        YearMonth first = open != null ? open : rows.firstMonth(tenant).orElse(month);
        if (month.isAfter(first)) {
            throw Problem.notAllowed("month", "months are closed in order: " + first + " comes first");
        }
    }

    private Tenant tenant(TenantId tenant) {
        return tenants.find(tenant).orElseThrow(() -> Problem.notFound("The team"));
    }

    private static Span span(YearMonth month) {
        return new Span.Days(month.atDay(1), month.plusMonths(1).atDay(1));
    }
}
