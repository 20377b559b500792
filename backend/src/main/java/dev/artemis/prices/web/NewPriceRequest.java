package dev.artemis.prices.web;

import dev.artemis.prices.NewPrice;
import dev.artemis.prices.RateTier;
import dev.artemis.prices.ServiceTier;
import dev.artemis.prices.Tariff;
import dev.artemis.shared.Problem;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A price that an administrator writes. */
record NewPriceRequest(
        @Nullable String provider,
        @Nullable String model,
        @Nullable RatesDocument rates,
        @Nullable List<TierRequest> tiers,
        @Nullable OffsetDateTime validFrom,
        @Nullable OffsetDateTime validTo,
        @Nullable Boolean free,
        @Nullable List<String> aliases) {

    record TierRequest(
            @Nullable ServiceTier serviceTier,
            @Nullable Long aboveTokens,
            @Nullable RatesDocument rates) {}

    NewPrice price() {
        List<RateTier> all = new ArrayList<>();
        all.add(RateTier.standard(given("rates", rates).rates("rates.")));
        List<TierRequest> others = tiers == null ? List.of() : tiers;
        for (int i = 0; i < others.size(); i++) {
            all.add(tier(others.get(i), "tiers[" + i + "]."));
        }
        return new NewPrice(
                given("provider", provider),
                given("model", model),
                tariff(all),
                instant(validFrom),
                instant(validTo),
                Boolean.TRUE.equals(free),
                aliases == null ? List.of() : aliases);
    }

    private static RateTier tier(TierRequest tier, String within) {
        try {
            return new RateTier(
                    tier.serviceTier() == null ? ServiceTier.STANDARD : tier.serviceTier(),
                    tier.aboveTokens() == null ? 0 : tier.aboveTokens(),
                    given(within + "rates", tier.rates()).rates(within + "rates."));
        } catch (IllegalArgumentException e) {
            throw Problem.notAllowed(within + "above_tokens", String.valueOf(e.getMessage()));
        }
    }

    private static Tariff tariff(List<RateTier> tiers) {
        try {
            return new Tariff(tiers);
        } catch (IllegalArgumentException e) {
            throw Problem.notAllowed("tiers", String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    static <T> T given(String field, @Nullable T value) {
        if (value == null) {
            throw Problem.notAllowed(field, "is required");
        }
        return value;
    }
}
