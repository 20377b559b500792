package dev.artemis.reports.web;

import dev.artemis.reports.Comparison;
import dev.artemis.shared.Problem;
import dev.artemis.shared.Usd;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A line of costs as JSON, with what it cost before and what its budget has left. */
final class ComparedFields {

    private ComparedFields() {}

    /**
     * Whether a comparison is asked for.
     *
     * @throws Problem 422: one that there is not
     */
    static boolean isWanted(@Nullable String compare) {
        if (compare != null && !compare.equals("previous")) {
            throw Problem.notAllowed("compare", "previous");
        }
        return compare != null;
    }

    static ComparedAnswer answer(Comparison comparison) {
        return new ComparedAnswer(
                comparison.lines().stream().map(ComparedFields::of).toList(),
                comparison.total(),
                comparison.totalBefore(),
                comparison.variance());
    }

    private static Map<String, Object> of(Comparison.Line line) {
        Map<String, Object> fields = CostFields.of(line.now());
        fields.put("previous_cost", line.before());
        fields.put("variance", line.variance());
        if (line.budget() != null) {
            fields.put("budget", line.budget());
        }
        return fields;
    }

    record ComparedAnswer(List<Map<String, Object>> items, Usd total, Usd previousTotal, Usd variance) {}
}
