package dev.artemis.configuration;

import dev.artemis.configuration.Finding.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What all checks found.
 *
 * @param at when
 * @param findings in the order of the checks
 */
public record StartupReport(Instant at, List<Finding> findings) {

    public StartupReport {
        findings = List.copyOf(findings);
    }

    /** The worst of all verdicts; pass where nothing was found. */
    public Verdict verdict() {
        if (count(Verdict.FAIL) > 0) {
            return Verdict.FAIL;
        }
        return count(Verdict.WARN) > 0 ? Verdict.WARN : Verdict.PASS;
    }

    public long count(Verdict verdict) {
        return findings.stream().filter(finding -> finding.verdict() == verdict).count();
    }

    /** The findings that people must read, worst first; all of them where they ask for it. */
    public String text(Detail detail) {
        List<String> lines = new ArrayList<>();
        lines.add("Configuration: " + count(Verdict.FAIL) + " failed, " + count(Verdict.WARN) + " warned, "
                + count(Verdict.PASS) + " passed");
        for (Verdict verdict : List.of(Verdict.FAIL, Verdict.WARN, Verdict.PASS)) {
            if (verdict == Verdict.PASS && detail == Detail.FAULTS) {
                continue;
            }
            findings.stream().filter(finding -> finding.verdict() == verdict).forEach(finding -> {
                lines.add("  %-4s  %s: %s".formatted(verdict, finding.subject(), finding.detail()));
                if (finding.remedy() != null) {
                    lines.add("        -> " + finding.remedy());
                }
            });
        }
        return String.join("\n", lines);
    }

    /** How much of a report to show. */
    public enum Detail {
        /** What failed or warned. */
        FAULTS,
        /** What passed as well. */
        EVERYTHING
    }
}
