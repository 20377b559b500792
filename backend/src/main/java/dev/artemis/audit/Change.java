package dev.artemis.audit;

import dev.artemis.shared.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * What was done.
 *
 * @param tenant whose it is; null for the platform's own
 * @param subject the id or slug of what was changed
 * @param before how it was, as a value that JSON can show; null where it was not there. Never a secret
 * @param after how it is now; null where it is gone. Never a secret
 */
public record Change(
        Action action,
        @Nullable TenantId tenant,
        String subject,
        @Nullable Object before,
        @Nullable Object after) {}
