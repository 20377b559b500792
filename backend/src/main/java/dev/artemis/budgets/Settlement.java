package dev.artemis.budgets;

import dev.artemis.prices.ServiceTier;
import dev.artemis.prices.UnpricedPart;
import dev.artemis.prices.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a held call used.
 *
 * @param tier that the provider says it was served in; null: the one it was held for
 * @param unpriced what its usage object counts that no catalogue has a rate for
 */
public record Settlement(Usage usage, @Nullable ServiceTier tier, List<UnpricedPart> unpriced) {

    public Settlement {
        unpriced = List.copyOf(unpriced);
    }

    /** Served as it was held. */
    public static Settlement of(Usage usage) {
        return new Settlement(usage, null, List.of());
    }
}
