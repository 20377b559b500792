package dev.artemis.budgets;

import dev.artemis.prices.ModelRef;
import dev.artemis.prices.UnpricedPart;
import dev.artemis.shared.EntryId;
import dev.artemis.shared.ReservationId;
import dev.artemis.shared.Usd;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer to "may I spend this?". Amounts in US dollars. */
public sealed interface Admission {

    /**
     * It is in the ledger.
     *
     * @param usage where the project and all limits that apply stand after it
     * @param alerts thresholds that it reached first
     * @param overBudget a truth-telling write stands above a limit
     * @param unpriced what of it has no rate, and so is not within its cost, or only with the least that is known
     */
    record Tracked(
            EntryId id,
            Usd cost,
            Standing usage,
            List<AlertRaised> alerts,
            boolean overBudget,
            List<UnpricedPart> unpriced)
            implements Admission {
        public Tracked {
            alerts = List.copyOf(alerts);
            unpriced = List.copyOf(unpriced);
        }
    }

    /** Money is held until {@code expiresAt}. */
    record Held(ReservationId id, Usd reserved, Instant expiresAt, Standing usage) implements Admission {}

    /** It would cross {@code limit}; nothing was recorded. Of all limits it would cross, this one has the least left. */
    record Refused(LimitState limit, Usd requested) implements Admission {}

    /** The tenant is suspended; nothing was recorded. */
    record Suspended() implements Admission {}

    /** The model has no price; nothing was recorded. */
    record Unpriced(ModelRef model, String why) implements Admission {}

    /**
     * A value of the call is not allowed; nothing was recorded.
     *
     * @param field its name in the API
     * @param why what is allowed
     */
    record NotAllowed(String field, String why) implements Admission {}

    /** The hold does not exist, or is not the caller's. */
    record UnknownHold() implements Admission {}

    /** The hold was given back, and cannot be settled any more. */
    record AlreadyReleased() implements Admission {}

    /** The hold was settled, and cannot be given back any more. */
    record AlreadySettled() implements Admission {}

    /**
     * The hold is given back, now or before.
     *
     * @param held US dollars
     * @param before what it was until then; released where nothing was left to give back
     */
    record Released(Usd held, HoldStatus before) implements Admission {}

    /** The idempotency key was used before: the first answer, word for word. */
    record Replayed(int status, String body) implements Admission {}

    /** The idempotency key was used before with another body. */
    record KeyConflict() implements Admission {}

    /**
     * Where the project and the limits that apply stand.
     *
     * @param dailyUsage what the project spent today, reservations excluded
     * @param monthlyUsage what it spent this month
     * @param dailyRemaining the least left of all daily limits, reservations considered; null where none limits
     * @param monthlyRemaining the same of all monthly limits
     */
    record Standing(
            Usd dailyUsage,
            Usd monthlyUsage,
            @Nullable Usd dailyRemaining,
            @Nullable Usd monthlyRemaining,
            List<LimitState> limits) {
        public Standing {
            limits = List.copyOf(limits);
        }
    }
}
