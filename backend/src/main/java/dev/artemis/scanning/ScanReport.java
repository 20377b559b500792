package dev.artemis.scanning;

import java.util.List;

/**
 * What a scan found.
 *
 * @param findings by line and column; those that do not block are there too, and at most {@value #MOST_FINDINGS}: where
 *     there are more, those that say most ({@link Telling})
 * @param leftOut how many were seen besides
 */
public record ScanReport(Verdict verdict, List<Finding> findings, int leftOut) {

    /** A report holds no more: beyond it, more of the same says nothing new. */
    public static final int MOST_FINDINGS = 1_000;

    /** Nothing was looked at, or nothing found. */
    public static final ScanReport NOTHING = new ScanReport(Verdict.CLEAN, List.of(), 0);

    public ScanReport {
        findings = List.copyOf(findings);
    }
}
