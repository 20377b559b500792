package dev.artemis.prices;

import dev.artemis.shared.Usd;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Multiplies tokens with rates. Both are exact to 18 places, so nothing is rounded on the way. */
final class CostOfUsage {

    private CostOfUsage() {}

    /** Empty where tokens were written to a cache whose price is not known. */
    static Optional<Cost> of(Usage usage, Rates rates) {
        if (usage.tokensCacheWrite1h() > 0 && rates.cacheWrite1h() == null && rates.cacheWrite5m() != null) {
            return Optional.empty();
        }
        if (usage.tokensCacheWrite5m() > 0 && rates.cacheWrite5m() == null && rates.cacheWrite1h() != null) {
            return Optional.empty();
        }
        return Optional.of(atLeast(usage, rates));
    }

    /** What was written to a cache whose price is not known, where {@link #of} is empty. */
    static List<UnpricedPart> withoutRate(Usage usage, Rates rates) {
        List<UnpricedPart> parts = new ArrayList<>();
        String why = "It has no price for cache writes of that lifetime.";
        if (usage.tokensCacheWrite5m() > 0 && rates.cacheWrite5m() == null) {
            parts.add(new UnpricedPart("tokens_cache_write_5m", usage.tokensCacheWrite5m(), why));
        }
        if (usage.tokensCacheWrite1h() > 0 && rates.cacheWrite1h() == null) {
            parts.add(new UnpricedPart("tokens_cache_write_1h", usage.tokensCacheWrite1h(), why));
        }
        return parts;
    }

    /** The least that it costs: a write whose price is not known costs what its tokens do uncached. */
    static Cost atLeast(Usage usage, Rates rates) {
        return new Cost(
                cost(usage.tokensInput(), rates.input(), rates),
                cost(usage.tokensCacheRead(), rates.cacheRead(), rates),
                cost(usage.tokensCacheWrite5m(), rates.cacheWrite5m(), rates),
                cost(usage.tokensCacheWrite1h(), rates.cacheWrite1h(), rates),
                cost(usage.tokensOutput(), rates.output(), rates));
    }

    private static Usd cost(long tokens, @Nullable BigDecimal rate, Rates rates) {
        BigDecimal known = rate == null ? rates.input() : rate;
        return tokens == 0 ? Usd.ZERO : Usd.rounded(known.multiply(BigDecimal.valueOf(tokens)));
    }
}
