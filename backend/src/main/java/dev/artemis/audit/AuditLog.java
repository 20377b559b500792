package dev.artemis.audit;

import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.Page;
import dev.artemis.shared.Problem;
import dev.artemis.shared.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** The audit log, read: newest first. Whoever asks for one team's entries names that team in the query. */
@Service
public class AuditLog {

    private static final int PAGE = 100;
    private static final int EXPORTED_AT_ONCE = 1000;

    private final JdbcClient jdbc;
    private final TenantTransactions transactions;

    AuditLog(JdbcClient jdbc, TenantTransactions transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /**
     * A page of what was found.
     *
     * @param cursor of the page before; null: from the newest on
     * @throws Problem 400 for what is no cursor
     */
    public Page<AuditEntry> find(AuditQuery query, @Nullable String cursor) {
        List<AuditEntry> entries = read(query, cursor == null ? null : number(cursor), PAGE + 1);
        return entries.size() <= PAGE
                ? Page.whole(entries)
                : new Page<>(
                        entries.subList(0, PAGE),
                        Long.toString(entries.get(PAGE - 1).number(), Character.MAX_RADIX));
    }

    /** What was done to one thing of a team, newest first. */
    public List<AuditEntry> of(TenantId tenant, Action action, String subject, int most) {
        return transactions.inTenant(
                tenant,
                () -> jdbc.sql("""
                    select entry_id, tenant_id, at, actor, address, action, subject, before::text, after::text
                    from audit_entries
                    where tenant_id = :tenant and action = :action and subject = :subject
                    order by entry_id desc limit :most\
                    """)
                        .param("tenant", tenant.value())
                        .param("action", action.toString())
                        .param("subject", subject)
                        .param("most", most)
                        .query((row, count) -> entry(row))
                        .list());
    }

    /** All that was found, one after the other, however much it is. */
    public void each(AuditQuery query, Consumer<AuditEntry> reader) {
        Long below = null;
        List<AuditEntry> entries;
        do {
            entries = read(query, below, EXPORTED_AT_ONCE);
            entries.forEach(reader);
            below = entries.isEmpty() ? below : Long.valueOf(entries.getLast().number());
        } while (entries.size() == EXPORTED_AT_ONCE);
    }

    private List<AuditEntry> read(AuditQuery query, @Nullable Long below, int most) {
        return transactions.acrossTenants(() -> jdbc.sql("""
                        select entry_id, tenant_id, at, actor, address, action, subject, before::text, after::text
                        from door.audit_entries(:below, :tenant, :actor, :action, :since, :until, :most)""")
                .param("below", below, Types.BIGINT)
                .param("tenant", query.tenant() == null ? null : query.tenant().value(), Types.OTHER)
                .param("actor", query.actor(), Types.VARCHAR)
                .param("action", query.action(), Types.VARCHAR)
                .param("since", time(query.from()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("until", time(query.to()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("most", most)
                .query((row, count) -> entry(row))
                .list());
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }

    private static long number(String cursor) {
        try {
            return Long.parseLong(cursor, Character.MAX_RADIX);
        } catch (NumberFormatException e) {
            throw Problem.invalidRequest("cursor", "is none that was given out");
        }
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        UUID tenant = row.getObject("tenant_id", UUID.class);
        return new AuditEntry(
                row.getLong("entry_id"),
                tenant == null ? null : new TenantId(tenant),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("actor"),
                row.getString("address"),
                row.getString("action"),
                row.getString("subject"),
                row.getString("before"),
                row.getString("after"));
    }
}
