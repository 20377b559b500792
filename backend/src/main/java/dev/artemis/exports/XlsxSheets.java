package dev.artemis.exports;

import dev.artemis.reports.CostLine;
import dev.artemis.shared.Plain;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/** One grouping's lines with their totals; goes on in a further sheet where one is full. */
final class XlsxSheets {

    /** A sheet has 1,048,576 rows: header and totals need two. */
    static final int MOST_LINES = 1_048_574;

    private static final String EXACT = "_exact";

    private static final int ROWS_IN_MEMORY = 500;
    private static final String DATE = "yyyy-mm-dd";
    private static final String MONEY = "#,##0.00################";
    private static final int NARROW = 14;
    private static final int WIDE = 26;

    private final Workbook workbook;
    private final String name;
    private final LineColumns columns;
    private final int mostLines;
    private final List<String> header;
    private final BigDecimal[] totals;
    private final int firstSum;

    private @Nullable Worksheet sheet;
    private int sheets;
    private int row;

    /** @param mostLines of one sheet, without header and totals */
    XlsxSheets(Workbook workbook, String name, LineColumns columns, int mostLines) {
        this.mostLines = mostLines;
        this.workbook = workbook;
        this.name = name;
        this.columns = columns;
        this.header = header(columns);
        this.firstSum = columns.texts().size();
        this.totals = new BigDecimal[header.size() - firstSum];
        Arrays.fill(totals, BigDecimal.ZERO);
    }

    /** As in the CSV; a number holds 15 digits in a spreadsheet, so the exact amount stands beside each as text. */
    private static List<String> header(LineColumns columns) {
        List<String> names = new ArrayList<>(columns.texts());
        names.addAll(LineColumns.SUMS);
        names.add("cost_usd" + EXACT);
        if (columns.chargeback()) {
            for (String charged : LineColumns.CHARGED) {
                names.add(charged);
                names.add(charged + EXACT);
            }
        }
        return names;
    }

    void add(ReportRow line) throws IOException {
        Worksheet current = sheet;
        if (current == null || row > mostLines) {
            current = next();
        }
        texts(current, line);
        List<BigDecimal> sums = sums(line);
        for (int n = 0; n < sums.size(); n++) {
            totals[n] = totals[n].add(sums.get(n));
        }
        numbers(current, sums);
        row++;
        if (row % ROWS_IN_MEMORY == 0) {
            current.flush();
        }
    }

    /** Writes the totals of all sheets of this grouping below the last, called so. */
    void finish(String total) throws IOException {
        Worksheet last = sheet == null ? next() : sheet;
        last.inlineString(row, 0, total);
        last.style(row, 0).bold().set();
        numbers(last, List.of(totals));
        last.finish();
    }

    private Worksheet next() throws IOException {
        if (sheet != null) {
            sheet.finish();
        }
        sheets++;
        Worksheet fresh = workbook.newWorksheet(name + (sheets == 1 ? "" : " (" + sheets + ")"));
        fresh.freezePane(0, 1);
        for (int column = 0; column < header.size(); column++) {
            fresh.inlineString(0, column, header.get(column));
            fresh.style(0, column).bold().set();
            fresh.width(column, header.get(column).endsWith(EXACT) ? WIDE : NARROW);
        }
        row = 1;
        sheet = fresh;
        return fresh;
    }

    private void texts(Worksheet current, ReportRow line) {
        List<String> texts = new ArrayList<>();
        columns.texts(line, texts::add);
        for (int column = 0; column < texts.size(); column++) {
            if (header.get(column).equals("date")) {
                current.value(row, column, LocalDate.parse(texts.get(column)));
                current.style(row, column).format(DATE).set();
            } else {
                current.inlineString(row, column, texts.get(column));
            }
        }
    }

    private void numbers(Worksheet current, List<BigDecimal> sums) {
        int column = firstSum;
        for (int n = 0; n < sums.size(); n++) {
            BigDecimal sum = sums.get(n);
            String title = header.get(column);
            if (title.endsWith(EXACT)) {
                current.inlineString(row, column, Plain.text(sum));
            } else {
                current.value(row, column, new BigDecimal(Plain.text(sum)));
                if (title.endsWith("_usd")) {
                    current.style(row, column).format(MONEY).set();
                }
            }
            column++;
        }
    }

    private List<BigDecimal> sums(ReportRow row) {
        CostLine line = row.line();
        List<BigDecimal> sums = new ArrayList<>(List.of(
                BigDecimal.valueOf(line.calls()),
                BigDecimal.valueOf(line.tokensInput()),
                BigDecimal.valueOf(line.tokensCacheRead()),
                BigDecimal.valueOf(line.tokensCacheWrite()),
                BigDecimal.valueOf(line.tokensOutput()),
                BigDecimal.valueOf(line.runs()),
                line.cpuSeconds(),
                line.gibSeconds(),
                row.cost(),
                row.cost()));
        if (columns.chargeback()) {
            BigDecimal markup = row.markup() == null ? BigDecimal.ZERO : row.markup();
            sums.addAll(List.of(markup, markup, row.charged(), row.charged()));
        }
        return sums;
    }
}
