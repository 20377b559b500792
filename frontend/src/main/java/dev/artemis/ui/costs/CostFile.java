package dev.artemis.ui.costs;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.artemis.reports.Breakdown;
import dev.artemis.reports.CostLine;
import dev.artemis.reports.Dimension;
import dev.artemis.shared.SpreadsheetText;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A breakdown as CSV (RFC 4180, UTF-8): the same lines and digits as on the page. */
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

    private CostFile() {}

    static byte[] of(Breakdown costs, List<Dimension> by) {
        var text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().build(text)) {
            List<String> head =
                    new ArrayList<>(by.stream().map(Dimension::toString).toList());
            head.addAll(SUMS);
            csv.writeRecord(head);
            costs.items().forEach(line -> csv.writeRecord(cells(line, by)));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> cells(CostLine line, List<Dimension> by) {
        List<String> cells = new ArrayList<>();
        by.forEach(dimension -> cells.add(SpreadsheetText.defused(line.group().getOrDefault(dimension, ""))));
        cells.add(String.valueOf(line.calls()));
        cells.add(String.valueOf(line.tokensInput()));
        cells.add(String.valueOf(line.tokensCacheRead()));
        cells.add(String.valueOf(line.tokensCacheWrite()));
        cells.add(String.valueOf(line.tokensOutput()));
        cells.add(String.valueOf(line.runs()));
        cells.add(line.cpuSeconds().toPlainString());
        cells.add(line.gibSeconds().toPlainString());
        cells.add(line.cost().toString());
        return cells;
    }
}
