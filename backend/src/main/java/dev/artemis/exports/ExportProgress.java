package dev.artemis.exports;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.UUID;
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
        FAILED;

        @Override
        @JsonValue
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final UUID id = UUID.randomUUID();
    private final AtomicLong rows = new AtomicLong();
    private volatile State state = State.WAITING;

    void is(State next) {
        state = next;
    }

    void rowWritten() {
        rows.incrementAndGet();
    }

    /** What it is known by to whoever asks from outside. */
    public UUID id() {
        return id;
    }

    public State state() {
        return state;
    }

    /** Rows written so far. */
    public long rows() {
        return rows.get();
    }
}
