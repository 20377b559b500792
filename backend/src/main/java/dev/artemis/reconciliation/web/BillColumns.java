package dev.artemis.reconciliation.web;

import dev.artemis.reconciliation.ColumnMapping;
import dev.artemis.shared.Problem;
import org.jspecify.annotations.Nullable;

/** The columns of a file whose layout is none of OpenAI's or Anthropic's, as the address names them. */
record BillColumns(
        @Nullable String day,
        @Nullable String model,
        @Nullable String cost,
        @Nullable String provider) {

    /**
     * Null where a known layout is meant.
     *
     * @throws Problem 422: some are named and others not, or a provider where none is
     */
    @Nullable ColumnMapping mapping() {
        if (day == null && model == null && cost == null) {
            if (provider != null) {
                throw Problem.notAllowed("provider", "together with day_column, model_column and cost_column");
            }
            return null;
        }
        if (day == null || model == null || cost == null) {
            throw Problem.notAllowed("day_column", "all of day_column, model_column and cost_column, or none");
        }
        return new ColumnMapping(day, model, cost, provider);
    }
}
