package dev.artemis.reports.web;

import dev.artemis.reports.Breakdown;
import dev.artemis.reports.ChargedCosts;
import dev.artemis.reports.ChargedLine;
import dev.artemis.reports.Comparisons;
import dev.artemis.reports.Dimension;
import dev.artemis.shared.Plain;
import dev.artemis.shared.Problem;
import dev.artemis.shared.Usd;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The answer of {@code GET /costs}, whoever's costs they are. */
@Component
class CostAnswers {

    private final Comparisons comparisons;
    private final ChargedCosts chargedCosts;

    CostAnswers(Comparisons comparisons, ChargedCosts chargedCosts) {
        this.comparisons = comparisons;
        this.chargedCosts = chargedCosts;
    }

    /**
     * What stands beside the costs.
     *
     * @param compare "previous"; null: nothing
     * @param chargeback whether what is charged does
     */
    record Beside(@Nullable String compare, boolean chargeback) {}

    /** All of one moment. @throws Problem 422 naming the parameter that cannot be */
    Object of(List<Comparisons.Part> parts, List<Dimension> by, Beside beside) {
        boolean compared = ComparedFields.isWanted(beside.compare());
        if (compared && beside.chargeback()) {
            throw Problem.notAllowed("chargeback", "without compare");
        }
        return comparisons.atOneMoment(parts, () -> {
            if (compared) {
                return ComparedFields.answer(comparisons.compare(parts, by));
            }
            return beside.chargeback()
                    ? ChargedAnswer.of(chargedCosts.sum(parts, by))
                    : CostsAnswer.of(comparisons.sum(parts, by));
        });
    }

    record CostsAnswer(List<Map<String, Object>> items, Usd total) {

        static CostsAnswer of(Breakdown breakdown) {
            return new CostsAnswer(
                    breakdown.items().stream().map(CostFields::of).toList(), breakdown.total());
        }
    }

    /** @param total the cost, as without what is charged */
    record ChargedAnswer(List<Map<String, Object>> items, String total, String totalMarkup, String totalCharged) {

        static ChargedAnswer of(ChargedCosts.Charged charged) {
            return new ChargedAnswer(
                    charged.items().stream().map(ChargedAnswer::fields).toList(),
                    Plain.text(charged.cost()),
                    Plain.text(charged.markup()),
                    Plain.text(charged.cost().add(charged.markup())));
        }

        private static Map<String, Object> fields(ChargedLine item) {
            Map<String, Object> fields = CostFields.of(item.line());
            fields.put("markup", Plain.text(item.markup()));
            fields.put("charged", Plain.text(item.charged()));
            return fields;
        }
    }
}
