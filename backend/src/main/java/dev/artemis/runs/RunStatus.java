package dev.artemis.runs;

/** How far a run has come; the names of the REST API. */
public enum RunStatus {
    /** Waits for a worker. */
    QUEUED,
    /** A worker has claimed it and asks its sandbox to start it. */
    SUBMITTING,
    /** The program runs. */
    RUNNING,
    /** Ended by itself with exit code 0. */
    SUCCEEDED,
    /** Ended by itself otherwise. */
    FAILED,
    /** Ended by us, for a limit. */
    KILLED,
    /** Ended on request, before or after it was started. */
    CANCELLED,
    /** Refused by the scanner; never started. */
    BLOCKED,
    /** Given up after retries; not the program's fault. */
    LOST;

    /** Nothing follows. */
    public boolean ended() {
        return switch (this) {
            case QUEUED, SUBMITTING, RUNNING -> false;
            case SUCCEEDED, FAILED, KILLED, CANCELLED, BLOCKED, LOST -> true;
        };
    }

    /** A worker holds it. */
    public boolean held() {
        return this == SUBMITTING || this == RUNNING;
    }
}
