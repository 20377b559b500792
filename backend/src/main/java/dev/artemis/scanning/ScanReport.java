package dev.artemis.scanning;

import java.util.List;

/**
 * What a scan found.
 *
 * @param findings by line and column; those that do not block are there too, and at most {@value #MOST_FINDINGS}
 */
public record ScanReport(Verdict verdict, List<Finding> findings) {

    /** A report holds no more: beyond it, more of the same says nothing new. */
    public static final int MOST_FINDINGS = 1_000;

    public ScanReport {
        findings = List.copyOf(findings);
    }
}
