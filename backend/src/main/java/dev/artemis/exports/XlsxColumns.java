package dev.artemis.exports;

import dev.artemis.reports.Dimension;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns of one kind of sheet.
 *
 * @param name of the sheet
 * @param by what its lines are grouped by
 * @param chargeback whether it shows what is charged
 */
record XlsxColumns(String name, List<Dimension> by, boolean chargeback) {

    private static final List<String> SUMS = List.of(
            "calls",
            "tokens_input",
            "tokens_cache_read",
            "tokens_cache_write",
            "tokens_output",
            "runs",
            "cpu_seconds",
            "gib_seconds",
            "cost_usd");

    /** As in the CSV; a number holds 15 digits in a spreadsheet, so the exact cost stands beside it as text. */
    List<String> header() {
        List<String> names = new ArrayList<>(texts());
        names.addAll(SUMS);
        names.add("cost_usd_exact");
        if (chargeback) {
            names.addAll(List.of("markup_usd", "charged_usd"));
        }
        return names;
    }

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
}
