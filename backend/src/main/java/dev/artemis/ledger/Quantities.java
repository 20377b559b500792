package dev.artemis.ledger;

import dev.artemis.prices.Usage;
import java.math.BigDecimal;

/** How much was used: tokens of a call, or CPU-seconds and GiB-seconds of a run. */
public record Quantities(Usage tokens, BigDecimal cpuSeconds, BigDecimal gibSeconds) {

    /** Nothing: a correction. */
    public static final Quantities NONE = new Quantities(Usage.of(0, 0), BigDecimal.ZERO, BigDecimal.ZERO);

    public static Quantities of(Usage tokens) {
        return new Quantities(tokens, BigDecimal.ZERO, BigDecimal.ZERO);
    }

    public static Quantities ofRun(BigDecimal cpuSeconds, BigDecimal gibSeconds) {
        return new Quantities(NONE.tokens(), cpuSeconds, gibSeconds);
    }
}
