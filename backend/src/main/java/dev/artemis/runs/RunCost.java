package dev.artemis.runs;

import dev.artemis.budgets.ComputeUsage;
import dev.artemis.sandbox.Limits;
import dev.artemis.sandbox.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/** What of a run is billed: CPU time, and memory for as long as it ran. */
final class RunCost {

    private static final BigDecimal GIB = BigDecimal.valueOf(1L << 30);
    private static final int PLACES = 9;

    private RunCost() {}

    /** The most that it can use: its CPU time within its wall clock, its memory all the while. */
    static ComputeUsage most(Limits limits) {
        BigDecimal byClock = seconds(limits.wallTimeout())
                .multiply(BigDecimal.valueOf(limits.cpuMillicores(), 3))
                .setScale(PLACES, RoundingMode.CEILING);
        return new ComputeUsage(
                seconds(limits.cpuTime()).min(byClock),
                gibSeconds(limits.memoryBytes(), limits.wallTimeout(), RoundingMode.CEILING));
    }

    /** What it used: CPU time, and the most memory that it held, for as long as it ran. */
    static ComputeUsage used(Usage usage) {
        return new ComputeUsage(
                seconds(usage.cpuTime()),
                gibSeconds(usage.maxMemoryBytes(), usage.executionTime(), RoundingMode.HALF_EVEN));
    }

    private static BigDecimal seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toNanos(), PLACES);
    }

    private static BigDecimal gibSeconds(long bytes, Duration duration, RoundingMode rounding) {
        return BigDecimal.valueOf(bytes).multiply(seconds(duration)).divide(GIB, PLACES, rounding);
    }
}
