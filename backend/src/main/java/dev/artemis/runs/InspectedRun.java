package dev.artemis.runs;

import java.util.List;

/** A request that was checked and scanned, and may be submitted. Made by {@link Runs#inspect}. */
public final class InspectedRun {

    private final CheckedRequest request;
    private final boolean blocked;
    private final List<Finding> findings;

    InspectedRun(CheckedRequest request, boolean blocked, List<Finding> findings) {
        this.request = request;
        this.blocked = blocked;
        this.findings = List.copyOf(findings);
    }

    CheckedRequest request() {
        return request;
    }

    /** Whether the scanner says that it may not start. */
    boolean blocked() {
        return blocked;
    }

    List<Finding> findings() {
        return findings;
    }
}
