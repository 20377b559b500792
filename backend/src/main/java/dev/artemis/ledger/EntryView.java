package dev.artemis.ledger;

import dev.artemis.prices.ServiceTier;
import dev.artemis.prices.Usage;
import dev.artemis.shared.EntryId;
import dev.artemis.shared.KeyId;
import dev.artemis.shared.Usd;
import dev.artemis.shared.UserId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An entry as it is read, with its texts.
 *
 * @param refersTo the reservation, run or corrected entry that it concerns
 * @param day the tenant's day that it belongs to
 * @param cost US dollars
 * @param unpriced what of it has no rate, so that the cost is the least that it was
 * @param words a correction's; null for what has none
 */
public record EntryView(
        EntryId id,
        EntryKind kind,
        String provider,
        String model,
        String stage,
        @Nullable String purpose,
        @Nullable String card,
        @Nullable KeyId key,
        @Nullable UserId member,
        @Nullable UUID refersTo,
        @Nullable ServiceTier tier,
        Usage tokens,
        BigDecimal cpuSeconds,
        BigDecimal gibSeconds,
        Usd cost,
        boolean overBudget,
        LocalDate day,
        Instant recordedAt,
        @Nullable Instant occurredAt,
        List<String> unpriced,
        @Nullable Words words) {

    /**
     * Why an entry was corrected.
     *
     * @param closedMonth the month that it would belong to, had that not been closed already; null: none
     */
    public record Words(String reason, @Nullable YearMonth closedMonth) {}
}
