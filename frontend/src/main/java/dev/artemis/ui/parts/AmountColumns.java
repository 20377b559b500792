package dev.artemis.ui.parts;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import dev.artemis.shared.Usd;
import dev.artemis.ui.format.Format;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Columns of amounts beside each other, each as wide as its longest: half an amount is another amount. To the last digit where all of
 * them fit into the page, or each has a line of a card; else as they are read, and exact for whoever points at one.
 */
public final class AmountColumns<T> {

    private static final double LEAST = 8;
    private static final double WIDER_PADDING = 0.8;

    private final Map<String, Function<T, Usd>> columns = new LinkedHashMap<>();
    private final List<T> rows;
    private final Format format;

    public AmountColumns(List<T> rows, Format format) {
        this.rows = List.copyOf(rows);
        this.format = format;
    }

    /** @param title its key among the texts */
    public AmountColumns<T> with(String title, Function<T, Usd> amount) {
        columns.put(title, amount);
        return this;
    }

    /**
     * Adds them.
     *
     * @param beside in rem, what other columns take
     * @return by their titles
     */
    public Map<String, Grid.Column<T>> to(Grid<T> grid, double beside) {
        boolean exact = Phone.isNarrow()
                || Widths.fit(beside
                        + columns.values().stream()
                                .mapToDouble(amount -> width(amount, format::exact))
                                .sum());
        Function<Usd, String> how = exact ? format::exact : format::money;
        Map<String, Grid.Column<T>> added = new LinkedHashMap<>();
        columns.forEach((title, amount) -> added.put(
                title,
                grid.addColumn(row -> how.apply(amount.apply(row)))
                        .setHeader(translate(title))
                        .setTooltipGenerator(row -> format.exact(amount.apply(row)))
                        .setTextAlign(ColumnTextAlign.END)
                        .setWidth(Widths.rem(width(amount, how)))
                        .setFlexGrow(0)));
        return added;
    }

    private double width(Function<T, Usd> amount, Function<Usd, String> how) {
        return Math.max(
                LEAST,
                WIDER_PADDING
                        + Widths.widest(rows.stream().map(amount.andThen(how)).toList()));
    }
}
