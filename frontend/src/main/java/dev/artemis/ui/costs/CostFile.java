package dev.artemis.ui.costs;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.artemis.reports.Comparison;
import dev.artemis.reports.CostLine;
import dev.artemis.reports.Dimension;
import dev.artemis.shared.SpreadsheetText;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A breakdown as CSV (RFC 4180, UTF-8): the same lines, names and digits as on the page. */
final class CostFile {

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

    private static final List<String> BESIDE = List.of("cost_before_usd", "variance_usd");

    private CostFile() {}

    /** Whether what each line cost in the time before stands beside it. */
    enum Compared {
        YES,
        NO
    }

    /**
     * The lines of a table.
     *
     * @param compared with what each cost in the time before
     * @param names what to write for ids, such as the name of a key
     */
    static byte[] of(Comparison costs, Compared compared, List<Dimension> by, Map<String, String> names) {
        var text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().build(text)) {
            List<String> head =
                    new ArrayList<>(by.stream().map(Dimension::toString).toList());
            head.addAll(SUMS);
            if (compared == Compared.YES) {
                head.addAll(BESIDE);
            }
            csv.writeRecord(head);
            costs.lines().forEach(line -> csv.writeRecord(cells(line, compared, by, names)));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> cells(
            Comparison.Line compared, Compared beside, List<Dimension> by, Map<String, String> names) {
        CostLine line = compared.now();
        List<String> cells = new ArrayList<>();
        by.forEach(dimension -> {
            String value = line.group().getOrDefault(dimension, "");
            cells.add(SpreadsheetText.defused(CostTable.called(dimension, value, names)));
        });
        cells.add(String.valueOf(line.calls()));
        cells.add(String.valueOf(line.tokensInput()));
        cells.add(String.valueOf(line.tokensCacheRead()));
        cells.add(String.valueOf(line.tokensCacheWrite()));
        cells.add(String.valueOf(line.tokensOutput()));
        cells.add(String.valueOf(line.runs()));
        cells.add(line.cpuSeconds().toPlainString());
        cells.add(line.gibSeconds().toPlainString());
        cells.add(line.cost().toString());
        if (beside == Compared.YES) {
            cells.add(compared.before().toString());
            cells.add(compared.variance().toString());
        }
        return cells;
    }
}
