package dev.artemis.prices;

import dev.artemis.shared.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A provider's usage object, counted.
 *
 * @param usage each token once; audio is among the tokens of its direction
 * @param tier in which the provider says that it served the call; null where it does not say, or names one that is not known
 * @param unpriced what is billed and has no rate
 */
public record CountedUsage(Usage usage, @Nullable ServiceTier tier, List<UnpricedPart> unpriced) {

    public CountedUsage {
        unpriced = List.copyOf(unpriced);
    }

    /** Tokens that the caller counted: all of them have a rate. */
    public static CountedUsage of(Usage usage) {
        return new CountedUsage(usage, null, List.of());
    }

    /**
     * The same, for a call that a budget may still refuse: what it costs must be known.
     *
     * @throws Problem 422 naming each part that has no rate
     */
    public CountedUsage requirePriced() {
        if (!unpriced.isEmpty()) {
            throw Problem.notAllowed(unpriced.stream()
                    .map(part -> new Problem.FieldFault(part.what(), part.why()))
                    .toList());
        }
        return this;
    }
}
