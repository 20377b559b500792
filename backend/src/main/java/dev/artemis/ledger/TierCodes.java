package dev.artemis.ledger;

import dev.artemis.prices.ServiceTier;
import org.jspecify.annotations.Nullable;

/** Service tiers as the ledger's small numbers. */
final class TierCodes {

    private TierCodes() {}

    static @Nullable Integer code(@Nullable ServiceTier tier) {
        return switch (tier) {
            case null -> null;
            case STANDARD -> 1;
            case BATCH -> 2;
            case FLEX -> 3;
            case PRIORITY -> 4;
        };
    }

    static @Nullable ServiceTier tier(@Nullable Integer code) {
        if (code == null) {
            return null;
        }
        for (ServiceTier tier : ServiceTier.values()) {
            if (code.equals(code(tier))) {
                return tier;
            }
        }
        throw new IllegalArgumentException("No tier has the code " + code);
    }
}
