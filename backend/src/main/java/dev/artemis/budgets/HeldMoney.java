package dev.artemis.budgets;

import dev.artemis.shared.KeyId;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.ReservationId;
import dev.artemis.shared.RunId;
import dev.artemis.shared.Usd;
import dev.artemis.shared.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Money held for a call or a run, as one line of a list. Amounts in US dollars.
 *
 * @param run that it is held for; null: for a call
 * @param model what will be called; a run's is "sandbox"
 * @param cost what it was settled with; null before
 * @param expiresAt null: its run gives it back, or is charged
 */
public record HeldMoney(
        ReservationId id,
        ProjectId project,
        @Nullable RunId run,
        @Nullable KeyId key,
        @Nullable UserId member,
        HoldStatus status,
        String provider,
        String model,
        String stage,
        @Nullable String purpose,
        @Nullable String card,
        Usd reserved,
        @Nullable Usd cost,
        Instant createdAt,
        @Nullable Instant expiresAt) {}
