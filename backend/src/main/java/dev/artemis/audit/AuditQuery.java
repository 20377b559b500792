package dev.artemis.audit;

import dev.artemis.shared.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What to look for in the log; null: anything.
 *
 * @param tenant of that team alone
 * @param actor a part of who did it, in any case
 * @param action how it begins, such as "key."
 * @param from inclusive
 * @param to exclusive
 */
public record AuditQuery(
        @Nullable TenantId tenant,
        @Nullable String actor,
        @Nullable String action,
        @Nullable Instant from,
        @Nullable Instant to) {

    /** Everything there is. */
    public static AuditQuery everything() {
        return new AuditQuery(null, null, null, null, null);
    }

    /** The same in one team. */
    public AuditQuery of(TenantId team) {
        return new AuditQuery(team, actor, action, from, to);
    }
}
