package dev.artemis.sandbox.docker;

/** The engine refused, or did not answer. Messages are for operators. */
final class EngineFault extends RuntimeException {

    /** For an engine that did not answer at all. */
    static final int UNREACHABLE = 0;

    static final int NOT_FOUND = 404;
    static final int CONFLICT = 409;

    private static final int NOT_MODIFIED = 304;

    private final int status;

    /** @param status of HTTP */
    EngineFault(int status, String message) {
        super(message);
        this.status = status;
    }

    EngineFault(String message, Exception cause) {
        super(message, cause);
        this.status = UNREACHABLE;
    }

    int status() {
        return status;
    }

    /** What was asked for is so already: nothing is there, it does not run any more, it is being removed. */
    boolean alreadySo() {
        return status == NOT_FOUND || status == CONFLICT || status == NOT_MODIFIED;
    }
}
