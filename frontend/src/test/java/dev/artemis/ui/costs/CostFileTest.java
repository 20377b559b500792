package dev.artemis.ui.costs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.reports.Breakdown;
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
                CostFile.of(new Breakdown(List.of(line), line.cost()), List.of(Dimension.STAGE)),
                StandardCharsets.UTF_8);

        assertThat(text).startsWith("stage,calls,tokens_input");
        assertThat(text).contains("'=cmd|' /C calc'!A0;'@SUM(A1)").contains(",0.00000075");
    }
}
