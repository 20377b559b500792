package dev.artemis.ui.costs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.reports.Comparison;
import dev.artemis.reports.CostLine;
import dev.artemis.reports.Dimension;
import dev.artemis.shared.Usd;
import java.math.BigDecimal;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CostTableTest {

    @Test
    void daysAndMonthsAreReadInTheirOrderAndAllElseByWhatItCost() {
        assertThat(Stream.of(
                                line("1", Dimension.DAY, "2026-11-10", Dimension.STAGE, "a"),
                                line("9", Dimension.DAY, "2026-11-10", Dimension.STAGE, "b"),
                                line("5", Dimension.DAY, "2026-11-09", Dimension.STAGE, "c"))
                        .sorted(CostTable.AS_READ)
                        .map(line -> line.now().group().get(Dimension.STAGE)))
                .containsExactly("c", "b", "a");
        assertThat(Stream.of(line("1", Dimension.MONTH, "2026-12"), line("2", Dimension.MONTH, "2026-02"))
                        .sorted(CostTable.AS_READ)
                        .map(line -> line.now().group().get(Dimension.MONTH)))
                .containsExactly("2026-02", "2026-12");
        assertThat(Stream.of(line("1", Dimension.MODEL, "cheap"), line("10", Dimension.MODEL, "dear"))
                        .sorted(CostTable.AS_READ)
                        .map(line -> line.now().group().get(Dimension.MODEL)))
                .containsExactly("dear", "cheap");
    }

    private static Comparison.Line line(String cost, Dimension by, String of) {
        return line(cost, Map.of(by, of));
    }

    private static Comparison.Line line(String cost, Dimension by, String of, Dimension then, String ofThat) {
        return line(cost, Map.of(by, of, then, ofThat));
    }

    private static Comparison.Line line(String cost, Map<Dimension, String> group) {
        var now = new CostLine(group, 1, 0, 0, 0, 0, 0, BigDecimal.ZERO, BigDecimal.ZERO, Usd.of(cost));
        return new Comparison.Line(now, Usd.ZERO, null);
    }
}
