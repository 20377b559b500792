package dev.artemis.statements;

import dev.artemis.exports.CsvVersion;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.Usd;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Reads and writes statements in the running transaction of their tenant. */
@Component
class StatementRows {

    private static final String SELECT = """
            select month, number, closed_at, closed_by, calls, runs, cost, budget, lines, sha256, csv_version
            from statements""";

    private final JdbcTemplate jdbc;

    StatementRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    List<Statement> all(TenantId tenant) {
        return jdbc.query(
                SELECT + " where tenant_id = ? order by month desc", (row, number) -> statement(row), tenant.value());
    }

    Optional<Statement> find(TenantId tenant, YearMonth month) {
        return jdbc
                .query(
                        SELECT + " where tenant_id = ? and month = ?",
                        (row, number) -> statement(row),
                        tenant.value(),
                        month.atDay(1))
                .stream()
                .findFirst();
    }

    /** The first month that money was spent in, of all that the ledger has. */
    Optional<YearMonth> firstMonth(TenantId tenant) {
        return Optional.ofNullable(jdbc.queryForObject(
                        "select min(day) from usage_by_day where tenant_id = ?", LocalDate.class, tenant.value()))
                .map(YearMonth::from);
    }

    /** The database's clock. */
    Instant now() {
        return Objects.requireNonNull(jdbc.queryForObject("select artemis.money_now()", OffsetDateTime.class))
                .toInstant();
    }

    int nextNumber(TenantId tenant) {
        Integer last = jdbc.queryForObject(
                "select coalesce(max(number), 0) from statements where tenant_id = ?", Integer.class, tenant.value());
        return last == null ? 1 : last + 1;
    }

    void insert(TenantId tenant, Statement statement) {
        jdbc.update(
                """
                insert into statements (tenant_id, month, number, closed_at, closed_by, calls, runs, cost, budget)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                tenant.value(),
                statement.month().atDay(1),
                statement.number(),
                statement.closedAt().atOffset(ZoneOffset.UTC),
                statement.closedBy(),
                statement.calls(),
                statement.runs(),
                statement.cost().amount(),
                statement.budget() == null ? null : statement.budget().amount());
    }

    /** Whether it had none yet: of several who counted it, the first one's is kept. */
    boolean seal(TenantId tenant, YearMonth month, Statement.Seal seal) {
        int sealed = jdbc.update(
                """
                update statements set lines = ?, sha256 = ?, csv_version = ?
                where tenant_id = ? and month = ? and sha256 is null""",
                seal.lines(),
                seal.sha256(),
                seal.version() == null ? null : seal.version().number(),
                tenant.value(),
                month.atDay(1));
        return sealed == 1;
    }

    /** A closing that has no seal. */
    record Unsealed(TenantId tenant, YearMonth month) {}

    /** Of all teams, the oldest first, those of which a minute passed since; in a transaction of no team. */
    List<Unsealed> unsealed() {
        return jdbc.query(
                "select tenant_id, month from door.unsealed_statements()",
                (row, number) -> new Unsealed(
                        new TenantId(row.getObject(1, UUID.class)), YearMonth.from(row.getObject(2, LocalDate.class))));
    }

    private static Statement statement(ResultSet row) throws SQLException {
        return new Statement(
                YearMonth.from(row.getObject(1, LocalDate.class)),
                row.getInt(2),
                row.getObject(3, OffsetDateTime.class).toInstant(),
                row.getString(4),
                row.getLong(5),
                row.getLong(6),
                new Usd(row.getBigDecimal(7)),
                usd(row.getBigDecimal(8)),
                seal(row));
    }

    private static Statement.@Nullable Seal seal(ResultSet row) throws SQLException {
        String sha256 = row.getString(10);
        Integer version = row.getObject(11, Integer.class);
        return sha256 == null
                ? null
                : new Statement.Seal(row.getLong(9), sha256, version == null ? null : CsvVersion.of(version));
    }

    private static @Nullable Usd usd(@Nullable BigDecimal amount) {
        return amount == null ? null : new Usd(amount);
    }
}
