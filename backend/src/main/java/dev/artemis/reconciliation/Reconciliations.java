package dev.artemis.reconciliation;

import dev.artemis.audit.Audit;
import dev.artemis.audit.Change;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.Caller;
import dev.artemis.shared.PlainText;
import dev.artemis.shared.Problem;
import dev.artemis.shared.Right;
import dev.artemis.shared.TenantId;
import java.io.InputStream;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/** Providers' bills held against a team's ledger, and kept. */
@Service
public class Reconciliations {

    private static final int MOST_DAYS = 400;
    private static final int MAX_NAME = 200;
    private static final int KEPT_IN_LIST = 100;

    private final LedgerDays ledgerDays;
    private final TenantTransactions transactions;
    private final JdbcTemplate jdbc;
    private final JsonMapper json;
    private final Audit audit;
    private final Clock clock;

    Reconciliations(
            LedgerDays ledgerDays,
            TenantTransactions transactions,
            JdbcTemplate jdbc,
            JsonMapper json,
            Audit audit,
            Clock clock) {
        this.ledgerDays = ledgerDays;
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.json = json;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Reads a file, compares, and keeps the result.
     *
     * @param name of the file, as people know it
     * @param mapping null: a known layout of OpenAI or Anthropic
     * @throws Problem 422: the file cannot be read, saying where, or spans more than 400 days
     */
    public Reconciliation reconcile(
            Caller by, TenantId tenant, String name, InputStream file, @Nullable ColumnMapping mapping) {
        Right.CHANGE_FINANCE.require(by, tenant);
        if (name.isBlank() || name.length() > MAX_NAME || !PlainText.is(name)) {
            throw Problem.notAllowed("name", "1 to " + MAX_NAME + " characters, no control characters");
        }
        ReadBill.Bill bill = ReadBill.of(file, mapping);
        LocalDate from = bill.lines().stream()
                .map(BillLine::day)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        LocalDate to = bill.lines().stream()
                .map(BillLine::day)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        if (to.toEpochDay() - from.toEpochDay() > MOST_DAYS) {
            throw Problem.notAllowed("file", "at most " + MOST_DAYS + " days");
        }
        List<Finding> findings =
                Compare.of(bill, ledgerDays.of(tenant, from, to, bill.layout().provider()));
        var result = new Reconciliation(
                UUID.randomUUID(),
                name,
                bill.layout().name(),
                from,
                to,
                clock.instant(),
                by.name(),
                findings.stream().map(Finding::ledger).reduce(BigDecimal.ZERO, BigDecimal::add),
                findings.stream()
                        .map(Finding::billed)
                        .filter(Objects::nonNull)
                        .reduce(BigDecimal.ZERO, BigDecimal::add),
                findings);
        transactions.inTenant(tenant, () -> keep(by, tenant, result));
        return result;
    }

    /** The latest hundred, the newest first, without their findings. */
    public List<Reconciliation> latest(TenantId tenant) {
        return transactions.inTenant(
                tenant, () -> jdbc.query("""
                        select reconciliation_id, file, layout, from_day, to_day, at, by_whom, ledger, billed, '[]'
                        from reconciliations where tenant_id = ? order by at desc, reconciliation_id limit ?""", (row, number) -> read(row), tenant.value(), KEPT_IN_LIST));
    }

    /** One of a team's, with its findings. */
    public Optional<Reconciliation> find(TenantId tenant, UUID id) {
        return transactions.inTenant(
                tenant,
                () -> jdbc.query("""
                                select reconciliation_id, file, layout, from_day, to_day, at, by_whom, ledger, billed,
                                       findings
                                from reconciliations where tenant_id = ? and reconciliation_id = ?""", (row, number) -> read(row), tenant.value(), id).stream()
                        .findFirst());
    }

    private void keep(Caller by, TenantId tenant, Reconciliation result) {
        jdbc.update(
                """
                insert into reconciliations (reconciliation_id, tenant_id, file, layout, from_day, to_day, at, by_whom,
                  ledger, billed, findings)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::json)""",
                result.id(),
                tenant.value(),
                result.file(),
                result.layout(),
                result.from(),
                result.to(),
                result.at().atOffset(ZoneOffset.UTC),
                result.by(),
                result.ledger(),
                result.billed(),
                json.writeValueAsString(result.findings()));
        audit.record(by, new Change("bill.reconciled", tenant, result.id().toString(), null, result.file()));
    }

    private Reconciliation read(ResultSet row) throws SQLException {
        return new Reconciliation(
                row.getObject(1, UUID.class),
                row.getString(2),
                row.getString(3),
                row.getObject(4, LocalDate.class),
                row.getObject(5, LocalDate.class),
                row.getObject(6, OffsetDateTime.class).toInstant(),
                row.getString(7),
                row.getBigDecimal(8),
                row.getBigDecimal(9),
                Arrays.asList(json.readValue(row.getString(10), Finding[].class)));
    }
}
