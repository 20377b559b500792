package dev.artemis.audit;

import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.Page;
import dev.artemis.shared.Problem;
import dev.artemis.shared.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** The audit log, read: newest first. */
@Service
public class AuditLog {

    private static final int PAGE = 100;

    private final JdbcClient jdbc;
    private final TenantTransactions transactions;

    AuditLog(JdbcClient jdbc, TenantTransactions transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /**
     * For administrators of the platform.
     *
     * @param tenant of that team alone; null: of all and of the platform itself
     * @param cursor of the page before; null: from the newest on
     * @throws Problem 400 for what is no cursor
     */
    public Page<AuditEntry> all(@Nullable TenantId tenant, @Nullable String cursor) {
        Long below = cursor == null ? null : number(cursor);
        List<AuditEntry> entries = transactions.acrossTenants(() -> jdbc.sql("""
            select entry_id, tenant_id, at, actor, address, action, subject, before::text, after::text
            from door.audit_entries(:below, :tenant, :limit)\
            """)
                .param("below", below, Types.BIGINT)
                .param("tenant", tenant == null ? null : tenant.value(), Types.OTHER)
                .param("limit", PAGE + 1)
                .query((row, count) -> entry(row))
                .list());
        return entries.size() <= PAGE
                ? Page.whole(entries)
                : new Page<>(
                        entries.subList(0, PAGE),
                        Long.toString(entries.get(PAGE - 1).number(), Character.MAX_RADIX));
    }

    /** What was done to one thing of a team, newest first. */
    public List<AuditEntry> of(TenantId tenant, String action, String subject, int most) {
        return transactions.inTenant(
                tenant,
                () -> jdbc.sql("""
                    select entry_id, tenant_id, at, actor, address, action, subject, before::text, after::text
                    from audit_entries
                    where tenant_id = :tenant and action = :action and subject = :subject
                    order by entry_id desc limit :most\
                    """)
                        .param("tenant", tenant.value())
                        .param("action", action)
                        .param("subject", subject)
                        .param("most", most)
                        .query((row, count) -> entry(row))
                        .list());
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
