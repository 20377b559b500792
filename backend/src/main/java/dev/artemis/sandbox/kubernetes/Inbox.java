package dev.artemis.sandbox.kubernetes;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What has come in for one run and was not looked at yet. Log lines wait in order, and their reader waits when there are many: a slow
 * observer slows the log, not the heap. That the cluster's picture changed is remembered once.
 */
final class Inbox {

    /** One thing to look at. */
    sealed interface Mail {

        /** The picture or a wish has changed. */
        record Changed() implements Mail {}

        /** Nothing came in time. */
        record Silence() implements Mail {}

        record Line(PodLog from, String text) implements Mail {}

        /** A log has no more lines. */
        record LogEnded(PodLog from, Reading reading, String why) implements Mail {}
    }

    /** How the reading of a log came to its end. */
    enum Reading {
        /** With the log's own end. */
        COMPLETE,
        /** Before it; another reading may get further. */
        BROKEN,
        /** The cluster has no such log. */
        MISSING
    }

    private static final int MOST_LINES = 64;

    private final Deque<Mail> lines = new ArrayDeque<>();
    private boolean changed;

    synchronized void changed() {
        changed = true;
        notifyAll();
    }

    synchronized void line(Mail mail) throws InterruptedException {
        while (lines.size() >= MOST_LINES) {
            wait();
        }
        lines.addLast(mail);
        notifyAll();
    }

    /** The next thing: changes before lines, so that a flood of output does not hide a cancellation. */
    synchronized Mail next(Duration most) throws InterruptedException {
        long until = System.nanoTime() + most.toNanos();
        while (!changed && lines.isEmpty()) {
            long left = until - System.nanoTime();
            if (left <= 0) {
                return new Mail.Silence();
            }
            wait(left / 1_000_000, (int) (left % 1_000_000));
        }
        if (changed) {
            changed = false;
            return new Mail.Changed();
        }
        Mail first = lines.removeFirst();
        notifyAll();
        return first;
    }
}
