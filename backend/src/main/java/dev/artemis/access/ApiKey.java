package dev.artemis.access;

import dev.artemis.shared.KeyId;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.Scope;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A project's key, as others see it: never the secret.
 *
 * @param expiresAt refused from then on; null: never
 * @param graceUntil until when the secret before the last rotation is still good; null where it is not
 * @param lastUsedAt to the minute; null: never used
 */
public record ApiKey(
        KeyId id,
        ProjectId project,
        String name,
        Set<Scope> scopes,
        Instant createdAt,
        String createdBy,
        @Nullable Instant expiresAt,
        @Nullable Instant rotatedAt,
        @Nullable Instant graceUntil,
        @Nullable Instant lastUsedAt) {

    public ApiKey {
        scopes = Set.copyOf(scopes);
    }
}
