package dev.artemis.runs;

import dev.artemis.sandbox.Isolation;
import java.time.Duration;
import java.util.function.LongSupplier;

/** When a worker looks again at where its runs go: every few minutes, and once that is there again. For one thread at a time. */
final class LookAgain {

    private static final long EACH = Duration.ofMinutes(5).toNanos();

    private final LongSupplier nanoTime;
    private long last;
    private Isolation.Strength before = Isolation.Strength.NONE;

    /** Counts from now. @param nanoTime a clock as System.nanoTime */
    LookAgain(LongSupplier nanoTime, Isolation atFirst) {
        this.nanoTime = nanoTime;
        this.last = nanoTime.getAsLong();
        this.before = atFirst.strength();
    }

    /** Whether it is time; then it is not until the next. @param now what holds by now */
    boolean isDue(Isolation now) {
        boolean changed = now.strength() != before;
        before = now.strength();
        if (!changed && nanoTime.getAsLong() - last < EACH) {
            return false;
        }
        last = nanoTime.getAsLong();
        return true;
    }
}
