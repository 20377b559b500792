package dev.artemis.budgets;

import dev.artemis.prices.ModelRef;
import dev.artemis.prices.ServiceTier;
import dev.artemis.prices.Usage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One call that is to be recorded.
 *
 * @param labels where it belongs
 * @param occurredAt chooses the price; null is now
 */
public record CallSpending(
        ModelRef model,
        Usage usage,
        ServiceTier tier,
        CallLabels labels,
        @Nullable Instant occurredAt,
        Mode mode) {

    /** Whether a limit may refuse it. */
    public enum Mode {
        /** Refused when it does not fit. */
        ENFORCE,
        /** It has happened: recorded in any case, and flagged when a limit is crossed. */
        RECORD
    }
}
