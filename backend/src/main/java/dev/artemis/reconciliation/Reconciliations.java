package dev.artemis.reconciliation;

import dev.artemis.audit.Action;
import dev.artemis.audit.Audit;
import dev.artemis.audit.Change;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Problem;
import dev.artemis.shared.Right;
import dev.artemis.shared.TenantId;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Providers' bills held against the ledger, and kept: against one team's, where the team has an account of its own, or
 * against all teams', where several use one account.
 */
@Service
public class Reconciliations {

    private static final int MOST_DAYS = 400;

    private final LedgerDays ledgerDays;
    private final ReconciliationRows rows;
    private final Tenants tenants;
    private final TenantTransactions transactions;
    private final Audit audit;
    private final Clock clock;

    Reconciliations(
            LedgerDays ledgerDays,
            ReconciliationRows rows,
            Tenants tenants,
            TenantTransactions transactions,
            Audit audit,
            Clock clock) {
        this.ledgerDays = ledgerDays;
        this.rows = rows;
        this.tenants = tenants;
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Reads a bill, compares it with a team's ledger, and keeps the result.
     *
     * @throws Problem 422: the file cannot be read, saying where, or spans more than 400 days, or the ledger knows others
     *     than the provider that is named
     */
    public Reconciliation reconcile(Caller by, TenantId tenant, BillFile bill) {
        return keep(by, tenant, compare(by, tenant, bill));
    }

    /** The first half of it, which takes time and changes nothing. */
    public Reconciliation compare(Caller by, TenantId tenant, BillFile bill) {
        Right.CHANGE_FINANCE.require(by, tenant);
        return compared(by, List.of(tenant), bill);
    }

    /** The second half of it; joins the transaction of its team. */
    public Reconciliation keep(Caller by, TenantId tenant, Reconciliation compared) {
        Right.CHANGE_FINANCE.require(by, tenant);
        transactions.inTenant(tenant, () -> {
            rows.insert(tenant, compared);
            audit.record(
                    by, new Change(Action.BILL_RECONCILED, tenant, compared.id().toString(), null, compared.file()));
        });
        return compared;
    }

    /**
     * The same with all teams' ledgers together, for administrators and the platform's finance.
     *
     * @throws Problem 422: the file cannot be read, saying where, or spans more than 400 days, or the ledgers know others
     *     than the provider that is named
     */
    public Reconciliation reconcileAll(Caller by, BillFile bill) {
        return keepOfAll(by, compareAll(by, bill));
    }

    /** The first half of it, which takes time and changes nothing. */
    public Reconciliation compareAll(Caller by, BillFile bill) {
        requirePlatformFinance(by);
        return compared(by, tenants.all().stream().map(Tenant::id).toList(), bill);
    }

    /** The second half of it; joins a transaction of no team. */
    public Reconciliation keepOfAll(Caller by, Reconciliation compared) {
        requirePlatformFinance(by);
        return transactions.acrossTenants(() -> {
            rows.insert(null, compared);
            audit.record(
                    by, new Change(Action.BILL_RECONCILED, null, compared.id().toString(), null, compared.file()));
            return compared;
        });
    }

    private static void requirePlatformFinance(Caller by) {
        if (!(by instanceof Caller.PlatformFinance)) {
            Right.requirePlatform(by);
        }
    }

    /** The providers whose calls are in a team's ledger, in the order of the alphabet. */
    public List<String> providers(TenantId tenant) {
        return providers(List.of(tenant));
    }

    /** The same of all teams' ledgers. */
    public List<String> providersOfAll() {
        return providers(tenants.all().stream().map(Tenant::id).toList());
    }

    private List<String> providers(List<TenantId> of) {
        return of.stream()
                .flatMap(tenant -> ledgerDays.providers(tenant).stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** A team's latest hundred, the newest first, without their findings. */
    public List<Reconciliation> latest(TenantId tenant) {
        return transactions.inTenant(tenant, () -> rows.latest(tenant));
    }

    /** The same of those with all teams. */
    public List<Reconciliation> latestOfAll() {
        return transactions.acrossTenants(() -> rows.latest(null));
    }

    /** One of a team's, with its findings. */
    public Optional<Reconciliation> find(TenantId tenant, UUID id) {
        return transactions.inTenant(tenant, () -> rows.find(tenant, id));
    }

    /** The same of those with all teams. */
    public Optional<Reconciliation> findOfAll(UUID id) {
        return transactions.acrossTenants(() -> rows.find(null, id));
    }

    /** A slip of the pen would hold the bill against nothing; where nothing is recorded yet there is none to name. */
    private static void requireKnown(String provider, List<String> known) {
        if (!known.isEmpty() && known.stream().noneMatch(provider::equalsIgnoreCase)) {
            throw Problem.notAllowed("provider", "one of the ledger's: " + String.join(", ", known));
        }
    }

    private Reconciliation compared(Caller by, List<TenantId> of, BillFile bill) {
        ReadBill.Bill read = ReadBill.of(bill.content(), bill.mapping());
        if (bill.mapping() != null && bill.mapping().provider() != null) {
            requireKnown(bill.mapping().provider(), providers(of));
        }
        LocalDate from = read.lines().stream()
                .map(BillLine::day)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        LocalDate to = read.lines().stream()
                .map(BillLine::day)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        if (to.toEpochDay() - from.toEpochDay() > MOST_DAYS) {
            throw Problem.notAllowed("file", "at most " + MOST_DAYS + " days");
        }
        List<LedgerDay> ledger = new ArrayList<>();
        for (TenantId tenant : of) {
            ledger.addAll(ledgerDays.of(tenant, from, to, read.layout().provider()));
        }
        List<Finding> findings = Compare.of(read, ledger);
        return new Reconciliation(
                UUID.randomUUID(),
                bill.name(),
                read.layout().name(),
                from,
                to,
                clock.instant(),
                by.name(),
                findings.stream().map(Finding::ledger).reduce(BigDecimal.ZERO, BigDecimal::add),
                sum(findings.stream().map(Finding::billed), BigDecimal::add),
                findings.stream().mapToLong(Finding::ledgerTokens).sum(),
                sum(findings.stream().map(Finding::billedTokens), Long::sum),
                findings);
    }

    /** Null where the file has none of it. */
    private static <T> @Nullable T sum(Stream<@Nullable T> each, BinaryOperator<T> plus) {
        return each.<T>mapMulti((one, sums) -> {
                    if (one != null) {
                        sums.accept(one);
                    }
                })
                .reduce(plus)
                .orElse(null);
    }
}
