package dev.artemis.ui.costs;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.artemis.exports.ChargebackColumns;
import dev.artemis.reports.Comparison;
import dev.artemis.reports.CostLine;
import dev.artemis.reports.Dimension;
import dev.artemis.shared.Plain;
import dev.artemis.shared.SpreadsheetText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A breakdown as CSV (RFC 4180, UTF-8): the same lines, names and digits as on the page. Lines are written as they come,
 * and none is kept.
 */
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

    private static final List<String> CHARGED = List.of("markup_usd", "charged_usd");

    private final CsvWriter csv;
    private final Columns columns;
    private final Map<String, String> names;

    /** What each line has. */
    record Columns(List<Dimension> by, ChargebackColumns charged, TableLines.Compared compared) {}

    /**
     * Begins with the header.
     *
     * @param names what to write for ids, such as the name of a key
     */
    CostFile(OutputStream to, Columns columns, Map<String, String> names) {
        // not closed where a line fails: what breaks off must not look whole
        this.csv = CsvWriter.builder().build(new OutputStreamWriter(to, StandardCharsets.UTF_8));
        this.columns = columns;
        this.names = names;
        List<String> head =
                new ArrayList<>(columns.by().stream().map(Dimension::toString).toList());
        head.addAll(SUMS);
        if (columns.charged() == ChargebackColumns.SHOWN) {
            head.addAll(CHARGED);
        }
        if (columns.compared() == TableLines.Compared.YES) {
            head.addAll(BESIDE);
        }
        csv.writeRecord(head);
    }

    /** All lines of a table. */
    static void write(OutputStream to, TableLines lines, List<Dimension> by, Map<String, String> names) {
        var file = new CostFile(to, new Columns(by, lines.markups().columns(), lines.compared()), names);
        lines.costs().lines().forEach(line -> file.line(line, lines.markups().of(line.now())));
        file.end();
    }

    /** A line that is compared with nothing. */
    void line(CostLine line, BigDecimal markup) {
        line(CostTable.alone(line), markup);
    }

    private void line(Comparison.Line compared, BigDecimal markup) {
        CostLine line = compared.now();
        List<String> cells = new ArrayList<>();
        columns.by().forEach(dimension -> {
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
        if (columns.charged() == ChargebackColumns.SHOWN) {
            cells.add(Plain.text(markup));
            cells.add(Plain.text(line.cost().amount().add(markup)));
        }
        if (columns.compared() == TableLines.Compared.YES) {
            cells.add(compared.before().toString());
            cells.add(compared.variance().toString());
        }
        csv.writeRecord(cells);
    }

    /** Hands on what is not written yet. */
    void end() {
        try {
            csv.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
