package dev.artemis.ui.costs;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import dev.artemis.reports.Breakdown;
import dev.artemis.reports.CostLine;
import dev.artemis.reports.Dimension;
import dev.artemis.ui.format.Format;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The lines of a breakdown with their sums, dearest first, and the total below. */
class CostTable extends Grid<CostLine> {

    private static final long serialVersionUID = 1;

    /**
     * A table of lines.
     *
     * @param names what to show for ids, such as the name of a key
     */
    CostTable(Breakdown costs, List<Dimension> by, Format format, Map<String, String> names) {
        setSelectionMode(SelectionMode.NONE);
        setAllRowsVisible(costs.items().size() <= 25);
        if (costs.items().size() > 25) {
            setHeight("34rem");
        }
        for (Dimension dimension : by) {
            addColumn(line -> name(line, dimension, names))
                    .setHeader(translate("costs.dimension." + dimension))
                    .setSortable(true)
                    .setWidth("8.5rem")
                    .setFlexGrow(2);
        }
        count("costs.calls", CostLine::calls, format);
        count("costs.tokens-input", CostLine::tokensInput, format);
        count("costs.tokens-cache", line -> line.tokensCacheRead() + line.tokensCacheWrite(), format);
        count("costs.tokens-output", CostLine::tokensOutput, format);
        count("costs.runs", CostLine::runs, format);
        Column<CostLine> cost = addColumn(line -> format.exact(line.cost()))
                .setHeader(translate("costs.cost"))
                .setTextAlign(ColumnTextAlign.END)
                .setComparator(Comparator.comparing(CostLine::cost))
                .setWidth("11.5rem")
                .setFlexGrow(1);
        cost.setFooter(translate("costs.total", format.exact(costs.total())));
        setItems(costs.items().stream()
                .sorted(Comparator.comparing(CostLine::cost).reversed())
                .toList());
    }

    private void count(String title, Function<CostLine, Long> value, Format format) {
        addColumn(line -> format.count(value.apply(line)))
                .setHeader(translate(title))
                .setComparator(Comparator.comparing(value))
                .setTextAlign(ColumnTextAlign.END)
                .setWidth("6.5rem")
                .setFlexGrow(1);
    }

    private static String name(CostLine line, Dimension dimension, Map<String, String> names) {
        String value = line.group().getOrDefault(dimension, "");
        return value.isEmpty() ? translate("costs.none." + dimension) : names.getOrDefault(value, value);
    }
}
