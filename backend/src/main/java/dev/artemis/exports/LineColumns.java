package dev.artemis.exports;

import dev.artemis.reports.Dimension;
import java.util.ArrayList;
import java.util.List;

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

    /** What a line has in them. */
    List<String> texts(ReportRow row) {
        List<String> texts = new ArrayList<>(by.size() + 1);
        for (Dimension dimension : by) {
            texts.add(row.line().group().getOrDefault(dimension, ""));
            if (texts.size() == 1 && dimension != Dimension.TENANT) {
                texts.add(row.tenant().slug().value());
            }
        }
        return texts;
    }
}
