package dev.artemis.reconciliation;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a file has what: names of its columns.
 *
 * @param provider whose ledger lines are compared; null: all
 * @param model null: the line item's part before the last comma
 * @param cost null: none
 * @param tokens columns that add up to the tokens; empty: none
 */
record BillLayout(
        String name,
        @Nullable String provider,
        String day,
        String model,
        @Nullable String cost,
        @Nullable String currency,
        List<String> tokens) {

    /** OpenAI, Usage page, export of costs; "line_item" is "gpt-4o-2024-08-06, input". */
    private static final BillLayout OPENAI_COSTS = new BillLayout(
            "openai-costs", "openai", "start_time_iso", "line_item", "amount_value", "amount_currency", List.of());

    /** OpenAI, Usage page, export of completions; "input_tokens" includes cached ones. */
    private static final BillLayout OPENAI_USAGE = new BillLayout(
            "openai-usage", "openai", "start_time_iso", "model", null, null, List.of("input_tokens", "output_tokens"));

    /** Anthropic, Console, export of costs. */
    private static final BillLayout ANTHROPIC_COSTS =
            new BillLayout("anthropic-costs", "anthropic", "usage_date_utc", "model", "cost_usd", null, List.of());

    /** Anthropic, Console, export of usage. */
    private static final BillLayout ANTHROPIC_USAGE = new BillLayout(
            "anthropic-usage",
            "anthropic",
            "usage_date_utc",
            "model_version",
            null,
            null,
            List.of(
                    "usage_input_tokens_no_cache",
                    "usage_input_tokens_cache_write_5m",
                    "usage_input_tokens_cache_write_1h",
                    "usage_input_tokens_cache_read",
                    "usage_output_tokens"));

    static final List<BillLayout> KNOWN = List.of(OPENAI_COSTS, OPENAI_USAGE, ANTHROPIC_COSTS, ANTHROPIC_USAGE);

    /** The layout of which a header has all columns. */
    static Optional<BillLayout> of(List<String> header) {
        return KNOWN.stream()
                .filter(layout -> layout.missingIn(header).isEmpty())
                .findFirst();
    }

    /** Columns that it needs and a header has not. */
    List<String> missingIn(List<String> header) {
        List<String> needed = new java.util.ArrayList<>(List.of(day, model));
        if (cost != null) {
            needed.add(cost);
        }
        needed.addAll(tokens);
        return needed.stream().filter(column -> !header.contains(column)).toList();
    }
}
