package dev.artemis.ui.costs;

import dev.artemis.reports.Comparison;
import dev.artemis.shared.Usd;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The lines of a table of costs, with all that stands beside what they cost. */
record TableLines(Comparison costs, Compared compared, Markups markups) {

    /** Whether what each line cost in the time before stands beside it. */
    enum Compared {
        YES,
        NO
    }

    /** To the ledger's 18 places; files have all of a mark-up's. */
    Usd markup(Comparison.Line line) {
        return Usd.rounded(markups.of(line.now()));
    }

    Usd charged(Comparison.Line line) {
        return Usd.rounded(line.now().cost().amount().add(markups.of(line.now())));
    }

    Usd totalMarkup() {
        return Usd.rounded(markups.total());
    }

    Usd totalCharged() {
        BigDecimal cost = costs.total().amount();
        return Usd.rounded(cost.add(markups.total()));
    }

    boolean hasBudgets() {
        return !budgetMonths().isEmpty();
    }

    /** Of which months the budgets are: more than one only where teams' zones are in different ones. */
    SortedSet<YearMonth> budgetMonths() {
        SortedSet<YearMonth> months = new TreeSet<>();
        if (compared == Compared.YES) {
            costs.lines().stream()
                    .flatMap(line -> Stream.ofNullable(line.budget()))
                    .forEach(budget -> months.add(budget.month()));
        }
        return months;
    }
}
