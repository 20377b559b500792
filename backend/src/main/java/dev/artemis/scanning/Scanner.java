package dev.artemis.scanning;

import dev.artemis.scanning.python.PythonScan;
import dev.artemis.shared.Problem;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Service;

/** Scans code of the languages that runs may have. Safe for many threads at once. */
@Service
public class Scanner {

    private final PythonScan python = new PythonScan();

    /**
     * Looks at code by a project's policy.
     *
     * @param language "python" or "shell"
     * @throws Problem 422 for another language
     */
    public ScanReport scan(String language, String code, ScanRules rules) {
        return switch (language) {
            case "python" -> judged(python.scan(code), rules);
            case "shell" -> judged(ShellScan.scan(code), rules);
            default -> throw Problem.notAllowed("language", "one of python, shell");
        };
    }

    private static ScanReport judged(Scanned scanned, ScanRules rules) {
        List<Finding> findings = scanned.findings().stream()
                .filter(finding -> !rules.allow().contains(finding.rule()))
                .sorted(Comparator.comparingInt(Finding::line)
                        .thenComparingInt(Finding::column)
                        .thenComparing(Finding::rule))
                .toList();
        boolean blocked = findings.stream().anyMatch(finding -> rules.block().contains(finding.severity()));
        Verdict verdict = !scanned.parsable() ? Verdict.UNPARSABLE : blocked ? Verdict.BLOCKED : Verdict.CLEAN;
        return new ScanReport(
                verdict, findings.stream().limit(ScanReport.MOST_FINDINGS).toList());
    }
}
