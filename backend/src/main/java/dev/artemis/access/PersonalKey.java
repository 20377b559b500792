package dev.artemis.access;

import dev.artemis.shared.KeyId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A person's own key, as its owner sees it: it may do by API what the person may do on the pages. */
public record PersonalKey(
        KeyId id,
        String name,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt) {}
