package dev.artemis.budgets;

import dev.artemis.shared.ReservationId;
import dev.artemis.shared.Usd;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A hold, as its owner sees it. Amounts in US dollars.
 *
 * @param status "held", "settled", "released" or "expired"
 * @param cost what it was settled with; null before
 */
public record Reservation(
        ReservationId id,
        String status,
        Usd reserved,
        @Nullable Usd cost,
        Instant createdAt,
        @Nullable Instant expiresAt) {}
