package dev.artemis.budgets;

import dev.artemis.shared.PlainText;
import dev.artemis.shared.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a call belongs. Each 1 to 200 characters without control characters.
 *
 * @param stage step of the pipeline
 * @param purpose what for
 * @param card ticket of work
 */
public record CallLabels(
        String stage, @Nullable String purpose, @Nullable String card) {

    private static final int MAX = 200;

    /**
     * Checks the lengths and characters.
     *
     * @throws Problem 422 naming each field
     */
    public CallLabels {
        List<Problem.FieldFault> faults = new ArrayList<>();
        check(faults, "stage", stage);
        check(faults, "purpose", purpose);
        check(faults, "card_id", card);
        if (!faults.isEmpty()) {
            throw Problem.notAllowed(faults);
        }
    }

    private static void check(Collection<Problem.FieldFault> faults, String field, @Nullable String value) {
        if (value != null && (value.isBlank() || value.length() > MAX || !PlainText.is(value))) {
            faults.add(new Problem.FieldFault(field, "1 to " + MAX + " characters, no control characters"));
        }
    }
}
