package dev.artemis.runs;

/** A request that was checked and scanned, and may be submitted. Made by {@link Runs#inspect}. */
public final class InspectedRun {

    private final CheckedRequest request;
    private final boolean blocked;
    private final Found found;

    InspectedRun(CheckedRequest request, boolean blocked, Found found) {
        this.request = request;
        this.blocked = blocked;
        this.found = found;
    }

    CheckedRequest request() {
        return request;
    }

    /** Whether the scanner says that it may not start. */
    boolean blocked() {
        return blocked;
    }

    Found found() {
        return found;
    }
}
