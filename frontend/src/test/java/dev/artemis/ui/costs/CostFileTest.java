package dev.artemis.ui.costs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.exports.ChargebackColumns;
import dev.artemis.reports.Breakdown;
import dev.artemis.reports.Comparison;
import dev.artemis.reports.CostLine;
import dev.artemis.reports.Dimension;
import dev.artemis.shared.Usd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CostFileTest {

    @Test
    void keepsEveryDigitAndRunsNoFormula() throws IOException {
        var line = new CostLine(
                Map.of(Dimension.STAGE, "=cmd|' /C calc'!A0;@SUM(A1)"),
                1,
                5000,
                0,
                0,
                2000,
                0,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                Usd.of("0.00000075"));

        String text = text(
                new TableLines(
                        CostTable.alone(new Breakdown(List.of(line), line.cost())),
                        TableLines.Compared.NO,
                        Markups.NONE),
                List.of(Dimension.STAGE),
                Map.of());

        assertThat(text).startsWith("stage,calls,tokens_input");
        assertThat(text).contains("'=cmd|' /C calc'!A0;'@SUM(A1)").contains(",0.00000075");
    }

    @Test
    void saysWhatTheTableSays() throws IOException {
        var line = new CostLine(
                Map.of(Dimension.KEY, "0198-id"),
                1,
                5000,
                0,
                0,
                2000,
                0,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                Usd.of("3"));
        var compared = new Comparison(List.of(new Comparison.Line(line, Usd.of("5"), null)), Usd.of("3"), Usd.of("5"));

        String text = text(
                new TableLines(compared, TableLines.Compared.YES, Markups.NONE),
                List.of(Dimension.KEY),
                Map.of("0198-id", "Build server"));

        assertThat(text.lines().findFirst())
                .hasValueSatisfying(head ->
                        assertThat(head).startsWith("key,calls,").endsWith(",cost_usd,cost_before_usd,variance_usd"));
        assertThat(text.lines().skip(1).findFirst())
                .hasValueSatisfying(
                        row -> assertThat(row).startsWith("Build server,1,").endsWith(",3,5,-2"));
    }

    @Test
    void whatIsChargedStandsBesideTheCostWithAllItsDigits() throws IOException {
        var line = new CostLine(
                Map.of(Dimension.STAGE, "review"),
                1,
                0,
                0,
                0,
                0,
                0,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                Usd.of("0.000000000000000001"));
        BigDecimal markup = new BigDecimal("0.000000000000000000075");

        String text = text(
                new TableLines(
                        CostTable.alone(new Breakdown(List.of(line), line.cost())),
                        TableLines.Compared.NO,
                        new Markups(ChargebackColumns.SHOWN, Map.of(line.group(), markup), markup)),
                List.of(Dimension.STAGE),
                Map.of());

        assertThat(text).contains(",cost_usd,markup_usd,charged_usd");
        assertThat(text.strip()).endsWith(",0.000000000000000001,0.000000000000000000075,0.000000000000000001075");
    }

    private static String text(TableLines lines, List<Dimension> by, Map<String, String> names) throws IOException {
        var file = new ByteArrayOutputStream();
        CostFile.write(file, lines, by, names);
        return file.toString(StandardCharsets.UTF_8);
    }
}
