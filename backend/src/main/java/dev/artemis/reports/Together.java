package dev.artemis.reports;

import java.util.List;
import java.util.Map;

/**
 * Several breakdowns of the same costs, of one reading of them.
 *
 * @param breakdowns in the order in which they were asked for
 * @param dearest of each dimension that was asked for, the groups that cost most
 */
public record Together(List<Breakdown> breakdowns, Map<Dimension, Dearest> dearest) {

    public Together {
        breakdowns = List.copyOf(breakdowns);
        dearest = Map.copyOf(dearest);
    }
}
