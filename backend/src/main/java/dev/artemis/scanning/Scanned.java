package dev.artemis.scanning;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a language's scan saw, before any policy.
 *
 * @param more by the id of a rule, how many of its findings were seen beside those that are kept
 * @param fault why and where it is not the language that it claims to be; empty where it is. No policy excuses it
 */
public record Scanned(List<Finding> findings, Map<String, Integer> more, Optional<Finding> fault) {

    private static final String LINK = "https://cwe.mitre.org/data/definitions/1120.html";

    public Scanned {
        findings = List.copyOf(findings);
        more = Map.copyOf(more);
    }

    /** Of what every finding is kept. */
    public Scanned(List<Finding> findings, Optional<Finding> fault) {
        this(findings, Map.of(), fault);
    }

    /** Of what could be parsed. */
    public static Scanned of(List<Finding> findings) {
        return new Scanned(findings, Optional.empty());
    }

    /**
     * Not the language it claims to be.
     *
     * @param message one line: which language it is not, and why
     * @param line from 1
     * @param column from 1, in characters
     */
    public static Finding unparsable(String message, int line, int column) {
        return new Finding(RuleIds.CODE_UNPARSABLE, Severity.HIGH, Confidence.HIGH, line, column, message, LINK);
    }

    /** Whether it is the language that it claims to be. */
    public boolean parsable() {
        return fault.isEmpty();
    }

    /** The same of a file: each finding says of which. */
    Scanned within(String path) {
        return new Scanned(
                findings.stream()
                        .map(finding -> in(path, finding.rule(), finding))
                        .toList(),
                more,
                fault.map(finding -> in(path, RuleIds.FILE_UNPARSABLE, finding)));
    }

    private static Finding in(String path, String rule, Finding finding) {
        return new Finding(
                rule,
                finding.severity(),
                finding.confidence(),
                finding.line(),
                finding.column(),
                "In " + path + ": " + finding.message(),
                finding.link());
    }
}
