package dev.artemis.budgets;

import dev.artemis.prices.ModelRef;
import dev.artemis.prices.ServiceTier;
import dev.artemis.prices.UnpricedPart;
import dev.artemis.prices.Usage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call that is to be recorded.
 *
 * @param labels where it belongs
 * @param occurredAt chooses the price; null is now
 * @param unpriced what its usage object counts that no catalogue has a rate for
 */
public record CallSpending(
        ModelRef model,
        Usage usage,
        ServiceTier tier,
        CallLabels labels,
        @Nullable Instant occurredAt,
        Mode mode,
        List<UnpricedPart> unpriced) {

    /** Only what has happened may have parts without a rate. */
    public CallSpending {
        unpriced = List.copyOf(unpriced);
        if (mode == Mode.ENFORCE && !unpriced.isEmpty()) {
            throw new IllegalArgumentException("A budget cannot decide about what has no rate: " + unpriced);
        }
    }

    /** A call all of whose parts have a rate. */
    public CallSpending(
            ModelRef model, Usage usage, ServiceTier tier, CallLabels labels, @Nullable Instant occurredAt, Mode mode) {
        this(model, usage, tier, labels, occurredAt, mode, List.of());
    }

    /** Whether a limit may refuse it. */
    public enum Mode {
        /** Refused when it does not fit. */
        ENFORCE,
        /** It has happened: recorded in any case, and flagged when a limit is crossed. */
        RECORD
    }
}
