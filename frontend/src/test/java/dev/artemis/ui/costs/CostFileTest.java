package dev.artemis.ui.costs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.reports.Breakdown;
import dev.artemis.reports.Comparison;
import dev.artemis.reports.CostLine;
import dev.artemis.reports.Dimension;
import dev.artemis.shared.Usd;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CostFileTest {

    @Test
    void keepsEveryDigitAndRunsNoFormula() {
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

        String text = new String(
                CostFile.of(
                        CostTable.alone(new Breakdown(List.of(line), line.cost())),
                        CostFile.Compared.NO,
                        List.of(Dimension.STAGE),
                        Map.of()),
                StandardCharsets.UTF_8);

        assertThat(text).startsWith("stage,calls,tokens_input");
        assertThat(text).contains("'=cmd|' /C calc'!A0;'@SUM(A1)").contains(",0.00000075");
    }

    @Test
    void saysWhatTheTableSays() {
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

        String text = new String(
                CostFile.of(compared, CostFile.Compared.YES, List.of(Dimension.KEY), Map.of("0198-id", "Build server")),
                StandardCharsets.UTF_8);

        assertThat(text.lines().findFirst())
                .hasValueSatisfying(head ->
                        assertThat(head).startsWith("key,calls,").endsWith(",cost_usd,cost_before_usd,variance_usd"));
        assertThat(text.lines().skip(1).findFirst())
                .hasValueSatisfying(
                        row -> assertThat(row).startsWith("Build server,1,").endsWith(",3,5,-2"));
    }
}
