package dev.artemis.ui.parts;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a chart shows. The numbers place its shapes; whatever is read comes as text that {@code format} made.
 *
 * @param kind "stack" (columns), "area", or "donut" (of the first series)
 * @param label what the chart is, for those who do not see it
 * @param categoryLabel heading of the categories' column in the table
 * @param axisTexts the value axis: its ticks from zero upwards, evenly spaced; empty for a donut
 * @param centre text in the middle of a donut
 * @param limit a line across, such as a budget
 */
public record ChartData(
        String kind,
        String label,
        String categoryLabel,
        List<String> categories,
        List<Series> series,
        List<Tick> axisTexts,
        @Nullable String centre,
        @Nullable Limit limit) {

    public ChartData {
        categories = List.copyOf(categories);
        series = List.copyOf(series);
        axisTexts = List.copyOf(axisTexts);
    }

    /**
     * One series in the order of the categories.
     *
     * @param values where its shapes end
     * @param texts the same values as people read them
     */
    public record Series(String name, List<BigDecimal> values, List<String> texts) {
        public Series {
            values = List.copyOf(values);
            texts = List.copyOf(texts);
        }
    }

    /** A tick of the value axis. */
    public record Tick(BigDecimal value, String text) {}

    /** A line across the chart, and the words on it. */
    public record Limit(BigDecimal value, String label) {}
}
