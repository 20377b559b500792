package dev.artemis.reconciliation;

import dev.artemis.shared.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes kept reconciliations in the running transaction; without a team, those of the platform. */
@Component
class ReconciliationRows {

    private static final int KEPT_IN_LIST = 100;

    private final JdbcTemplate jdbc;
    private final JsonMapper json;

    ReconciliationRows(JdbcTemplate jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    void insert(@Nullable TenantId tenant, Reconciliation result) {
        jdbc.update(
                """
                insert into reconciliations (reconciliation_id, tenant_id, file, layout, from_day, to_day, at, by_whom,
                  ledger, billed, ledger_tokens, billed_tokens, findings)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::json)""",
                result.id(),
                id(tenant),
                result.file(),
                result.layout(),
                result.from(),
                result.to(),
                result.at().atOffset(ZoneOffset.UTC),
                result.by(),
                result.ledger(),
                result.billed(),
                result.ledgerTokens(),
                result.billedTokens(),
                json.writeValueAsString(result.findings()));
    }

    /** The newest first, without their findings. */
    List<Reconciliation> latest(@Nullable TenantId tenant) {
        return jdbc.query("""
                select reconciliation_id, file, layout, from_day, to_day, at, by_whom, ledger, billed,
                  ledger_tokens, billed_tokens, '[]'
                from reconciliations where tenant_id is not distinct from ?
                order by at desc, reconciliation_id limit ?""", (row, number) -> read(row), id(tenant), KEPT_IN_LIST);
    }

    Optional<Reconciliation> find(@Nullable TenantId tenant, UUID id) {
        return jdbc.query("""
                        select reconciliation_id, file, layout, from_day, to_day, at, by_whom, ledger, billed,
                          ledger_tokens, billed_tokens, findings
                        from reconciliations where tenant_id is not distinct from ? and reconciliation_id = ?""", (row, number) -> read(row), id(tenant), id).stream()
                .findFirst();
    }

    private static @Nullable UUID id(@Nullable TenantId tenant) {
        return tenant == null ? null : tenant.value();
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
                row.getLong(10),
                row.getObject(11, Long.class),
                Arrays.asList(json.readValue(row.getString(12), Finding[].class)));
    }
}
