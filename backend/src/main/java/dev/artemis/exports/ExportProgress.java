package dev.artemis.exports;

import java.util.concurrent.atomic.AtomicLong;

/** How far one export is, from before it waits: read by whoever waits for it, from any thread. */
public final class ExportProgress {

    /** What it does. */
    public enum State {
        /** Others come first. */
        WAITING,
        /** Rows are written. */
        RUNNING,
        /** All of it was written. */
        DONE,
        /** It broke off. */
        FAILED
    }

    private final AtomicLong rows = new AtomicLong();
    private volatile State state = State.WAITING;

    void is(State next) {
        state = next;
    }

    void rowWritten() {
        rows.incrementAndGet();
    }

    public State state() {
        return state;
    }

    /** Rows written so far. */
    public long rows() {
        return rows.get();
    }
}
