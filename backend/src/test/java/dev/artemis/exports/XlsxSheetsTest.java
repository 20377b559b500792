package dev.artemis.exports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.reports.CostLine;
import dev.artemis.reports.Dimension;
import dev.artemis.shared.Slug;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.Usd;
import dev.artemis.tenants.Tenant;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.dhatim.fastexcel.Workbook;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class XlsxSheetsTest {

    private static final Tenant TEAM = new Tenant(
            TenantId.random(),
            new Slug("team"),
            "Team",
            ZoneOffset.UTC,
            false,
            new Tenant.ComputeRates(Usd.ZERO, Usd.ZERO),
            Instant.EPOCH,
            null);

    @Test
    void whereASheetIsFullLinesGoOnInTheNextWithTheHeaderAgain() throws Exception {
        Map<String, List<List<String>>> sheets = written(7, 3);

        assertThat(sheets.keySet()).containsExactly("stage", "stage (2)", "stage (3)");
        assertThat(sheets.values()).extracting(List::size).containsExactly(4, 4, 3);
        assertThat(sheets.values())
                .allSatisfy(rows -> assertThat(rows.getFirst())
                        .startsWith("inlineStr:stage", "inlineStr:tenant", "inlineStr:calls"));
        List<String> header = List.copyOf(sheets.values()).getFirst().getFirst();
        List<String> totals = List.copyOf(sheets.values()).getLast().getLast();
        assertThat(totals.getFirst()).isEqualTo("inlineStr:total");
        assertThat(Workbooks.number(totals, header, "calls")).isEqualByComparingTo("7");
        assertThat(Workbooks.exact(totals, header, "cost_usd")).isEqualByComparingTo("0.000000000000000007");
        assertThat(Workbooks.exact(totals, header, "markup_usd")).isEqualByComparingTo("0.00000000000000000007");
        assertThat(Workbooks.exact(totals, header, "charged_usd")).isEqualByComparingTo("0.00000000000000000707");
    }

    @Test
    void aSheetThatIsJustFullIsTheOnlyOne() throws Exception {
        assertThat(written(3, 3).values())
                .singleElement()
                .satisfies(rows -> assertThat(rows).hasSize(5));
    }

    @Test
    void aDayIsADateAndNoText() throws Exception {
        var target = new ByteArrayOutputStream();
        var workbook = new Workbook(target, "Artemis", "1.0");
        var sheets = new XlsxSheets(workbook, "day", new LineColumns(List.of(Dimension.DAY), false), 3);
        sheets.add(line(Map.of(Dimension.DAY, "2026-10-05"), null));
        sheets.finish("total");
        workbook.finish();

        // days since the last of 1899, shown as its style says
        assertThat(Workbooks.sheets(target.toByteArray()).get("day"))
                .element(1)
                .satisfies(row -> assertThat(new BigDecimal(row.getFirst().replaceFirst("^n:", "")))
                        .isEqualByComparingTo("46300"));
        assertThat(Workbooks.styles(target.toByteArray())).contains("yyyy-mm-dd");
    }

    @Test
    void aSheetWithHeaderAndTotalsFitsIntoASpreadsheet() {
        assertThat(XlsxSheets.MOST_LINES + 2).isEqualTo(1 << 20);
    }

    private static Map<String, List<List<String>>> written(int lines, int most) throws Exception {
        var target = new ByteArrayOutputStream();
        var workbook = new Workbook(target, "Artemis", "1.0");
        var sheets = new XlsxSheets(workbook, "stage", new LineColumns(List.of(Dimension.STAGE), true), most);
        for (int n = 0; n < lines; n++) {
            sheets.add(line(n));
        }
        sheets.finish("total");
        workbook.finish();
        return Workbooks.sheets(target.toByteArray());
    }

    private static ReportRow line(int n) {
        return line(Map.of(Dimension.STAGE, "stage " + n), new BigDecimal("0.00000000000000000001"));
    }

    private static ReportRow line(Map<Dimension, String> group, @Nullable BigDecimal markup) {
        var line =
                new CostLine(group, 1, 2, 3, 4, 5, 0, BigDecimal.ZERO, BigDecimal.ZERO, Usd.of("0.000000000000000001"));
        return new ReportRow(TEAM, line, markup);
    }
}
