package dev.artemis.reports;

import dev.artemis.shared.Usd;
import java.util.List;

/**
 * Costs by some dimensions.
 *
 * @param total US dollars: the exact sum of all lines
 */
public record Breakdown(List<CostLine> items, Usd total) {

    public Breakdown {
        items = List.copyOf(items);
    }
}
