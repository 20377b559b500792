package dev.artemis.scanning.python;

import dev.artemis.scanning.Confidence;
import dev.artemis.scanning.Finding;
import dev.artemis.scanning.ScanReport;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was found so far, each once. Of each rule as many are kept as a report holds, so that no number of one hides
 * another; the rest are counted.
 */
final class Findings {

    private final Source source;
    private final Map<String, OfRule> found = new HashMap<>();

    /** Those of one rule, and the places of all. */
    private static final class OfRule {
        private final List<Finding> kept = new ArrayList<>();
        private final BitSet places = new BitSet();
        private int more;
    }

    Findings(Source source) {
        this.source = source;
    }

    void report(Rule rule, int at) {
        report(rule, at, rule.confidence());
    }

    void report(Rule rule, int at, Confidence confidence) {
        OfRule those = found.computeIfAbsent(rule.id(), id -> new OfRule());
        if (those.places.get(at)) {
            return;
        }
        those.places.set(at);
        if (those.kept.size() == ScanReport.MOST_FINDINGS) {
            those.more++;
            return;
        }
        those.kept.add(new Finding(
                rule.id(),
                rule.severity(),
                confidence,
                source.line(at),
                source.column(at),
                rule.message(),
                rule.link()));
    }

    List<Finding> all() {
        return found.values().stream().flatMap(those -> those.kept.stream()).toList();
    }

    /** By a rule's id, how many were seen beside those that are kept. */
    Map<String, Integer> more() {
        Map<String, Integer> more = new HashMap<>();
        found.forEach((rule, those) -> {
            if (those.more > 0) {
                more.put(rule, those.more);
            }
        });
        return more;
    }
}
