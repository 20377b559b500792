package dev.artemis.supervisor;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Kinds of faults that the supervisor mends. */
public enum FaultKind {
    /** The worker that held a run is dead. */
    WORKER_LOST,
    /** A worker holds a run that its sandbox does not have. */
    PROGRAM_VANISHED,
    /** A run was claimed, but its sandbox was never asked, or forgot. */
    START_MISSED,
    /** A run did not start for far longer than any start takes. */
    START_STUCK,
    /** A program runs on after its wall clock. */
    OVERDUE,
    /** A program has ended, and nobody told it. */
    END_MISSED,
    /** A cancellation did not reach the sandbox. */
    CANCEL_MISSED,
    /** The sandbox has something that no run waits for. */
    ORPHAN,
    /** The queue's counters did not match the runs. */
    LEAKED_QUOTA,
    /** Money was held for a call that was never settled or released in time. */
    EXPIRED_HOLD,
    /** A month was closed, but its seal was never counted. */
    UNSEALED_MONTH;

    /** The API's name: "worker_lost". */
    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
