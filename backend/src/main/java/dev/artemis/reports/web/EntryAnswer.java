package dev.artemis.reports.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.artemis.ledger.EntryKind;
import dev.artemis.ledger.EntryView;
import dev.artemis.prices.ServiceTier;
import dev.artemis.shared.Usd;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An entry of the ledger as JSON. */
record EntryAnswer(
        String id,
        EntryKind kind,
        String model,
        String provider,
        String stage,
        @Nullable String purpose,
        @Nullable String cardId,
        @Nullable String key,
        @Nullable String member,
        @Nullable String refersTo,
        @Nullable ServiceTier serviceTier,
        long tokensInput,
        long tokensCacheRead,

        @JsonProperty("tokens_cache_write_5m") long tokensCacheWrite5m,

        @JsonProperty("tokens_cache_write_1h") long tokensCacheWrite1h,

        long tokensOutput,
        Usd cost,
        boolean overBudget,
        LocalDate day,
        Instant recordedAt,
        @Nullable Instant occurredAt,
        List<String> unpriced,
        @Nullable String reason,
        @Nullable String closedMonth) {

    static EntryAnswer of(EntryView entry) {
        return new EntryAnswer(
                entry.id().toString(),
                entry.kind(),
                entry.model(),
                entry.provider(),
                entry.stage(),
                entry.purpose(),
                entry.card(),
                text(entry.key()),
                text(entry.member()),
                text(entry.refersTo()),
                entry.tier(),
                entry.tokens().tokensInput(),
                entry.tokens().tokensCacheRead(),
                entry.tokens().tokensCacheWrite5m(),
                entry.tokens().tokensCacheWrite1h(),
                entry.tokens().tokensOutput(),
                entry.cost(),
                entry.overBudget(),
                entry.day(),
                entry.recordedAt(),
                entry.occurredAt(),
                entry.unpriced(),
                entry.words() == null ? null : entry.words().reason(),
                entry.words() == null ? null : text(entry.words().closedMonth()));
    }

    private static @Nullable String text(@Nullable Object id) {
        return id == null ? null : id.toString();
    }
}
