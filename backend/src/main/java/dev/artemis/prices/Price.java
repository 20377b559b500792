package dev.artemis.prices;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one provider asks for one model during one span of time. Its rates never change; it can only be ended.
 *
 * @param provider the catalogue's name, such as "openai"
 * @param model the catalogue's name, such as "gpt-4o"
 * @param validFrom inclusive
 * @param validTo exclusive; null until further notice
 * @param free whether an administrator said that zero both ways is meant
 */
public record Price(
        PriceId id,
        String provider,
        String model,
        Tariff tariff,
        Instant validFrom,
        @Nullable Instant validTo,
        boolean free,
        Source source,
        Instant createdAt,
        String createdBy) {

    /** Who says so. */
    public enum Source {
        /** Came with the software. */
        SHIPPED,
        /** From a list that an administrator imported. */
        IMPORTED,
        /** Written by an administrator. */
        ADMIN
    }

    /** Whether it counts for a call that happened then. */
    public boolean isInForce(Instant at) {
        return !at.isBefore(validFrom) && (validTo == null || at.isBefore(validTo));
    }

    /** Whether calls may use it: zero both ways is refused until an administrator marked it free. */
    public boolean isUsable() {
        return free || !tariff.isZeroBothWays();
    }
}
