package dev.artemis.reports;

import dev.artemis.shared.Usd;
import java.util.List;

/**
 * The groups that cost most, dearest first; those that cost nothing are left out.
 *
 * @param total US dollars: what all groups cost together, also those that are not among these
 */
public record Dearest(List<CostLine> items, Usd total) {

    public Dearest {
        items = List.copyOf(items);
    }
}
