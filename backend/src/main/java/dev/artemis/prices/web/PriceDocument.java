package dev.artemis.prices.web;

import dev.artemis.prices.Price;
import dev.artemis.prices.RateTier;
import dev.artemis.prices.ServiceTier;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A price, as the API shows it.
 *
 * @param rates US dollars a token, standard tier, any length of prompt
 * @param tiers what differs for other service tiers and long prompts
 * @param usable false: zero both ways, and not marked free
 */
record PriceDocument(
        String id,
        String provider,
        String model,
        RatesDocument rates,
        List<Tier> tiers,
        Instant validFrom,
        @Nullable Instant validTo,
        boolean free,
        boolean usable,
        String source,
        Instant createdAt,
        String createdBy) {

    record Tier(ServiceTier serviceTier, long aboveTokens, RatesDocument rates) {}

    static PriceDocument of(Price price) {
        return new PriceDocument(
                price.id().toString(),
                price.provider(),
                price.model(),
                RatesDocument.of(price.tariff().basis()),
                price.tariff().tiers().stream()
                        .filter(tier -> !isBasis(tier))
                        .map(tier -> new Tier(tier.service(), tier.abovePromptTokens(), RatesDocument.of(tier.rates())))
                        .toList(),
                price.validFrom(),
                price.validTo(),
                price.free(),
                price.isUsable(),
                price.source().name().toLowerCase(Locale.ROOT),
                price.createdAt(),
                price.createdBy());
    }

    private static boolean isBasis(RateTier tier) {
        return tier.service() == ServiceTier.STANDARD && tier.abovePromptTokens() == 0;
    }
}
