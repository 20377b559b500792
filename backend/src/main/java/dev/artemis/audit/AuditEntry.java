package dev.artemis.audit;

import dev.artemis.shared.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done.
 *
 * @param number grows with time; names the entry
 * @param tenant whose it was; null: the platform's own
 * @param address where it was asked from; null in background work
 * @param before JSON; null where it was not there
 * @param after JSON; null where it is gone
 */
public record AuditEntry(
        long number,
        @Nullable TenantId tenant,
        Instant at,
        String actor,
        @Nullable String address,
        String action,
        String subject,
        @Nullable String before,
        @Nullable String after) {}
