package dev.artemis.scanning.python;

import dev.artemis.scanning.Confidence;
import dev.artemis.scanning.Finding;
import dev.artemis.scanning.ScanReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was found so far, each once. */
final class Findings {

    private final Source source;
    private final Map<String, Finding> found = new HashMap<>();

    Findings(Source source) {
        this.source = source;
    }

    void report(Rule rule, int at) {
        report(rule, at, rule.confidence());
    }

    void report(Rule rule, int at, Confidence confidence) {
        if (found.size() < ScanReport.MOST_FINDINGS * 2) {
            found.computeIfAbsent(
                    rule.id() + "@" + at,
                    any -> new Finding(
                            rule.id(),
                            rule.severity(),
                            confidence,
                            source.line(at),
                            source.column(at),
                            rule.message(),
                            rule.link()));
        }
    }

    /** Said even where there are too many others to say. */
    void reportFirst(Rule rule) {
        found.put(
                rule.id(),
                new Finding(rule.id(), rule.severity(), rule.confidence(), 1, 1, rule.message(), rule.link()));
    }

    List<Finding> all() {
        return new ArrayList<>(found.values());
    }
}
