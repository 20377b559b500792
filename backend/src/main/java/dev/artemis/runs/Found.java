package dev.artemis.runs;

import dev.artemis.scanning.ScanReport;
import java.util.List;

/**
 * What the scanner found in a run's code when it came.
 *
 * @param findings by line and column, whether they blocked or not
 * @param leftOut how many more it saw, none of which says more than those
 */
public record Found(List<Finding> findings, int leftOut) {

    public Found {
        findings = List.copyOf(findings);
    }

    static Found of(ScanReport report) {
        return new Found(report.findings().stream().map(Finding::of).toList(), report.leftOut());
    }

    /** Whether there is nothing to tell. */
    public boolean isEmpty() {
        return findings.isEmpty();
    }
}
