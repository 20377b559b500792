package dev.artemis.access;

import java.security.MessageDigest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the database says about a key.
 *
 * @param previousHash of the secret before the last rotation, good until {@code previousUntil}
 * @param lastUsedAt to the minute
 */
record KnownKey(
        KeyHolder holder,
        byte[] hash,
        byte @Nullable [] previousHash,
        @Nullable Instant previousUntil,
        @Nullable Instant expiresAt,
        boolean revoked,
        @Nullable Instant lastUsedAt) {

    /** Compares in constant time. */
    boolean accepts(byte[] presented, Instant at) {
        boolean current = MessageDigest.isEqual(hash, presented);
        boolean inGrace = previousHash != null
                && previousUntil != null
                && at.isBefore(previousUntil)
                && MessageDigest.isEqual(previousHash, presented);
        boolean expired = expiresAt != null && !at.isBefore(expiresAt);
        return (current || inGrace) && !revoked && !expired;
    }
}
