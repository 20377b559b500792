package dev.artemis.reports;

import dev.artemis.shared.Usd;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Costs by some dimensions.
 *
 * @param total US dollars: the exact sum of all lines
 */
public record Breakdown(List<CostLine> items, Usd total) {

    public Breakdown {
        items = List.copyOf(items);
    }

    /** Several breakdowns by the same dimensions as one: lines of the same group become one line. */
    static Breakdown merged(List<Breakdown> breakdowns) {
        if (breakdowns.size() == 1) {
            return breakdowns.getFirst();
        }
        Map<Map<Dimension, String>, CostLine> lines = new LinkedHashMap<>();
        for (Breakdown breakdown : breakdowns) {
            breakdown.items().forEach(line -> lines.merge(line.group(), line, CostLine::plus));
        }
        return new Breakdown(
                List.copyOf(lines.values()),
                breakdowns.stream().map(Breakdown::total).reduce(Usd.ZERO, Usd::plus));
    }
}
