package dev.artemis.runs;

import dev.artemis.sandbox.Isolation;
import java.time.Duration;
import java.util.function.LongSupplier;

/** When a worker looks again at where its runs go: every few minutes, and once that is there again; one look at a time. */
final class LookAgain {

    private static final long EACH = Duration.ofMinutes(5).toNanos();

    private final LongSupplier nanoTime;
    private long last;
    private Isolation.Strength before;
    private boolean looking;

    /** Counts from now. @param nanoTime a clock as System.nanoTime */
    LookAgain(LongSupplier nanoTime, Isolation atFirst) {
        this.nanoTime = nanoTime;
        this.last = nanoTime.getAsLong();
        this.before = atFirst.strength();
    }

    /**
     * Whether it is time; then it is not until the next. While a look is under way it is not, and what changes meanwhile is looked at once that has
     * ended.
     *
     * @param now what holds by now
     */
    synchronized boolean isDue(Isolation now) {
        if (looking) {
            return false;
        }
        boolean changed = now.strength() != before;
        before = now.strength();
        if (!changed && nanoTime.getAsLong() - last < EACH) {
            return false;
        }
        last = nanoTime.getAsLong();
        looking = true;
        return true;
    }

    /** A look that was due has ended. */
    synchronized void done() {
        looking = false;
    }
}
