package dev.artemis.reports;

import dev.artemis.budgets.MonthBudgets;
import dev.artemis.shared.Usd;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Costs beside those of the time before. Amounts in US dollars.
 *
 * @param total of the time asked for
 * @param totalBefore of as long a time before it as there has been of the time asked for
 */
public record Comparison(List<Line> lines, Usd total, Usd totalBefore) {

    public Comparison {
        lines = List.copyOf(lines);
    }

    /** How much more was spent; below 0 for less. */
    public Usd variance() {
        return total.minus(totalBefore);
    }

    /**
     * One group; a group that only the time before had is a line of nothing.
     *
     * @param before what the group cost then
     * @param budget of the team, project or key that the group is, in the month that is asked for, where a whole one is, else in the
     *     running one; it says in which. Null where it is none of these
     */
    public record Line(CostLine now, Usd before, MonthBudgets.@Nullable MonthBudget budget) {

        /** How much more was spent; below 0 for less. */
        public Usd variance() {
            return now.cost().minus(before);
        }
    }
}
