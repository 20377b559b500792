package dev.artemis.exports;

import dev.artemis.reports.Dimension;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The columns of lines that are grouped in one way: what they are grouped by, with their team after the first, then the
 * sums. Names carry the units: tokens, seconds, US dollars.
 *
 * @param by as an {@link Export} has it: the team alone, or without it
 * @param chargeback whether they show what is charged
 */
record LineColumns(List<Dimension> by, boolean chargeback) {

    static final List<String> SUMS = List.of(
            "calls",
            "tokens_input",
            "tokens_cache_read",
            "tokens_cache_write",
            "tokens_output",
            "runs",
            "cpu_seconds",
            "gib_seconds",
            "cost_usd");

    static final List<String> CHARGED = List.of("markup_usd", "charged_usd");

    /** The columns before the sums. */
    List<String> texts() {
        List<String> names = new ArrayList<>();
        for (Dimension dimension : by) {
            names.add(dimension == Dimension.DAY ? "date" : dimension.toString());
            if (names.size() == 1 && dimension != Dimension.TENANT) {
                names.add("tenant");
            }
        }
        return names;
    }

    /** Hands over what a line has in them, one by one. */
    void texts(ReportRow row, Consumer<String> cells) {
        for (int n = 0; n < by.size(); n++) {
            Dimension dimension = by.get(n);
            cells.accept(row.line().group().getOrDefault(dimension, ""));
            if (n == 0 && dimension != Dimension.TENANT) {
                cells.accept(row.tenant().slug().value());
            }
        }
    }
}
