package dev.artemis.scanning.python;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/**
 * What one scan may take, the texts that its program runs included. Everything that could be repeated is counted, and
 * what was produced counts by its size; what is over stays unknown, and the report says so. The clock is the thread's own
 * time, so that a busy machine makes no honest program look bad.
 */
final class Effort {

    static final long MOST_STEPS = 10_000_000;

    /** More is not kept at once, by {@link Value#weight}: a weight is some 16 bytes. */
    private static final long MOST_KEPT = 2_000_000;

    private static final Duration MOST_TIME = Duration.ofSeconds(2);
    private static final long BETWEEN_LOOKS = 4_096;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private long steps;
    private long kept;
    private long nextLook;
    private long end;

    /** Takes steps; false where none are left. */
    boolean take(long count) {
        steps += count;
        if (steps >= nextLook) {
            look();
        }
        return steps <= MOST_STEPS;
    }

    /** Takes one step. */
    boolean step() {
        return take(1);
    }

    boolean isSpent() {
        return steps > MOST_STEPS;
    }

    /** What is worth keeping of a value that was found: light ones always, heavy ones never, others while there is room. */
    Value kept(Value value) {
        long weight = Value.weight(value);
        if (weight <= 16) {
            return value;
        }
        if (weight > 1_000 || kept + weight > MOST_KEPT) {
            return Value.UNKNOWN;
        }
        kept += weight;
        return value;
    }

    /** What was made counts by its size. */
    Value spent(Value made) {
        return take(Value.weight(made)) ? made : Value.UNKNOWN;
    }

    private void look() {
        long now = THREADS.getCurrentThreadCpuTime();
        if (end == 0) {
            end = now + MOST_TIME.toNanos();
        } else if (now > end) {
            steps = MOST_STEPS + 1;
        }
        nextLook = steps + BETWEEN_LOOKS;
    }
}
