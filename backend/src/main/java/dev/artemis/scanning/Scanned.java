package dev.artemis.scanning;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a language's scan saw, before any policy.
 *
 * @param parsable whether it is the language it claims to be
 */
public record Scanned(boolean parsable, List<Finding> findings) {

    private static final Finding UNPARSABLE = new Finding(
            RuleIds.FILE_UNPARSABLE,
            Severity.HIGH,
            Confidence.HIGH,
            1,
            1,
            "Is not the language that its name says: what cannot be parsed is not clean.",
            "https://cwe.mitre.org/data/definitions/1120.html");

    /** The same of a file: each finding says of which; that it cannot be parsed is one too. */
    Scanned within(String path) {
        Stream<Finding> all = parsable ? findings.stream() : Stream.concat(findings.stream(), Stream.of(UNPARSABLE));
        return new Scanned(
                parsable,
                all.map(finding -> new Finding(
                                finding.rule(),
                                finding.severity(),
                                finding.confidence(),
                                finding.line(),
                                finding.column(),
                                "In " + path + ": " + finding.message(),
                                finding.link()))
                        .toList());
    }

    /** Not the language it claims to be. */
    public static Scanned unparsable() {
        return new Scanned(false, List.of());
    }
}
