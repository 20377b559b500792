package dev.artemis.exports;

import dev.artemis.reports.Dimension;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.dhatim.fastexcel.Workbook;

/**
 * A workbook: all lines as in the CSV, then a sheet for each grouping, each with its totals, which say what they are narrowed to.
 * Rows leave memory as they come.
 */
final class XlsxFormat implements Format {

    private static final List<Dimension> GROUPINGS = List.of(
            Dimension.TENANT,
            Dimension.PROJECT,
            Dimension.STAGE,
            Dimension.MODEL,
            Dimension.PROVIDER,
            Dimension.CARD,
            Dimension.KEY,
            Dimension.MEMBER,
            Dimension.DAY,
            Dimension.MONTH);

    @Override
    public void write(ReportRows rows, OutputStream target) throws IOException {
        var workbook = new Workbook(new Shielded(target), "Artemis", "1.0");
        String total = total(rows.only());
        sheet(workbook, "costs", total, rows.columns(), rows::lines);
        for (Dimension dimension : GROUPINGS) {
            sheet(
                    workbook,
                    dimension.toString(),
                    total,
                    new LineColumns(List.of(dimension), rows.showsChargeback()),
                    lines -> rows.by(dimension, lines));
        }
        workbook.finish();
        target.flush();
    }

    private static String total(SortedMap<Dimension, String> only) {
        return only.isEmpty()
                ? "total"
                : only.entrySet().stream()
                        .map(each -> each.getValue().isEmpty()
                                ? "no " + each.getKey()
                                : each.getKey() + " \"" + each.getValue() + "\"")
                        .collect(Collectors.joining(", ", "total, only ", ""));
    }

    private static void sheet(
            Workbook workbook, String name, String total, LineColumns columns, Consumer<Consumer<ReportRow>> rows)
            throws IOException {
        var sheets = new XlsxSheets(workbook, name, columns, XlsxSheets.MOST_LINES);
        rows.accept(row -> {
            try {
                sheets.add(row);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        sheets.finish(total);
    }

    /** What the library closes stays open: whoever handed the target over closes it, or does not. */
    private static final class Shielded extends FilterOutputStream {

        Shielded(OutputStream target) {
            super(target);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() {}
    }
}
