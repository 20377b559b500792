package dev.artemis.budgets.web;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.artemis.budgets.CallLabels;
import dev.artemis.budgets.CallSpending;
import dev.artemis.prices.CountedUsage;
import dev.artemis.prices.ModelRef;
import dev.artemis.prices.ServiceTier;
import dev.artemis.shared.Problem;
import dev.artemis.web.Required;
import java.math.BigInteger;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The body of {@code POST /calls}. */
record CallBody(
        @Nullable String model,
        @Nullable String provider,
        @Nullable BigInteger tokensInput,
        @Nullable BigInteger tokensOutput,
        @Nullable BigInteger tokensCacheRead,

        @JsonProperty("tokens_cache_write_5m") @Nullable BigInteger tokensCacheWrite5m,

        @JsonProperty("tokens_cache_write_1h") @Nullable BigInteger tokensCacheWrite1h,

        @Nullable JsonNode usage,
        @Nullable ServiceTier serviceTier,
        @Nullable String stage,
        @Nullable String purpose,
        @Nullable String cardId,
        @Nullable OffsetDateTime occurredAt,
        @Nullable Mode mode) {

    /** Whether a limit may refuse it. */
    enum Mode {
        ENFORCE,
        RECORD;

        @JsonCreator
        static Mode of(String text) {
            return switch (text) {
                case "enforce" -> ENFORCE;
                case "record" -> RECORD;
                default -> throw new IllegalArgumentException("enforce or record");
            };
        }
    }

    /**
     * What is to be spent.
     *
     * @throws Problem 422 naming each field
     */
    CallSpending spending() {
        var tokens = new TokenFields(
                tokensInput, tokensCacheRead, tokensCacheWrite5m, tokensCacheWrite1h, tokensOutput, usage);
        CountedUsage counted = tokens.counted("tokens_output");
        if (mode != Mode.RECORD) {
            counted.requirePriced();
        }
        return new CallSpending(
                new ModelRef(provider, Required.field("model", model)),
                counted.usage(),
                TokenFields.tier(serviceTier, counted.tier()),
                new CallLabels(Required.field("stage", stage), purpose, cardId),
                occurredAt == null ? null : occurredAt.toInstant(),
                mode == Mode.RECORD ? CallSpending.Mode.RECORD : CallSpending.Mode.ENFORCE,
                counted.unpriced());
    }
}
