package dev.artemis.budgets;

import dev.artemis.prices.ServiceTier;
import dev.artemis.prices.Usage;
import org.jspecify.annotations.Nullable;

/**
 * What a held call used.
 *
 * @param tier that the provider says it was served in; null: the one it was held for
 */
public record Settlement(Usage usage, @Nullable ServiceTier tier) {

    /** Served as it was held. */
    public static Settlement of(Usage usage) {
        return new Settlement(usage, null);
    }
}
