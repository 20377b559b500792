package dev.artemis.budgets.web;

import dev.artemis.budgets.Admission;
import dev.artemis.shared.Usd;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The answer to a reservation. */
record HeldAnswer(
        String id,
        Usd reserved,
        Instant expiresAt,
        @Nullable Usd dailyRemaining,
        @Nullable Usd monthlyRemaining) {

    static HeldAnswer of(Admission.Held held) {
        return new HeldAnswer(
                held.id().toString(),
                held.reserved(),
                held.expiresAt(),
                held.usage().dailyRemaining(),
                held.usage().monthlyRemaining());
    }
}
