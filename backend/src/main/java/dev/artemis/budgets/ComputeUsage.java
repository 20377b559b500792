package dev.artemis.budgets;

import java.math.BigDecimal;

/**
 * What a run used, or can use at most.
 *
 * @param cpuSeconds seconds of one CPU, to 9 places
 * @param gibSeconds GiB of memory times seconds, to 9 places
 */
public record ComputeUsage(BigDecimal cpuSeconds, BigDecimal gibSeconds) {

    private static final BigDecimal MAX = BigDecimal.valueOf(1_000_000_000_000L);

    public ComputeUsage {
        if (invalid(cpuSeconds) || invalid(gibSeconds)) {
            throw new IllegalArgumentException("0 to " + MAX + " with at most 9 places");
        }
    }

    private static boolean invalid(BigDecimal amount) {
        return amount.signum() < 0
                || amount.compareTo(MAX) > 0
                || amount.stripTrailingZeros().scale() > 9;
    }
}
