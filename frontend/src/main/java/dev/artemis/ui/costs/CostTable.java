package dev.artemis.ui.costs;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import dev.artemis.reports.Breakdown;
import dev.artemis.reports.Comparison;
import dev.artemis.reports.CostLine;
import dev.artemis.reports.Dimension;
import dev.artemis.shared.Usd;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.Link;
import dev.artemis.ui.parts.Phone;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The lines of a breakdown with their sums, dearest first, and the total below. */
class CostTable extends Grid<Comparison.Line> {

    private static final long serialVersionUID = 1;
    private static final int SHOWN_WITHOUT_SCROLLING = 25;
    private static final double LEAST_REM = 8;
    private static final double REM_AROUND = 2;
    private static final double REM_A_DIGIT = 0.58;

    private final transient Format format;
    private final transient List<Comparison.Line> lines;

    /** Where a group leads. */
    @FunctionalInterface
    interface Behind {

        /** The address of what is behind a group's value; empty where nothing is. */
        Optional<String> path(Dimension dimension, String value);

        /** The same for a value that only means something together with its line's others. */
        default Optional<String> path(Dimension dimension, CostLine line) {
            return path(dimension, line.group().getOrDefault(dimension, ""));
        }
    }

    /** As what a team's slug stands among the names: a stage or a model may be called like it. */
    static String team(String slug) {
        return Dimension.TENANT + " " + slug;
    }

    private CostTable(
            List<Comparison.Line> lines, List<Dimension> by, Format format, Map<String, String> names, Behind behind) {
        this.format = format;
        this.lines = lines;
        addClassName("artemis-cost-table");
        setSelectionMode(SelectionMode.NONE);
        setAllRowsVisible(lines.size() <= SHOWN_WITHOUT_SCROLLING);
        if (lines.size() > SHOWN_WITHOUT_SCROLLING) {
            setHeight("34rem");
        }
        List<Column<Comparison.Line>> groups = by.size() > 1 && Phone.isNarrow()
                ? List.of(together(by, names, behind))
                : by.stream().map(dimension -> group(dimension, names, behind)).toList();
        groups.getFirst().setFooter(translate("costs.total"));
        setItems(lines.stream()
                .sorted(Comparator.comparing(
                                (Comparison.Line line) -> line.now().cost())
                        .reversed())
                .toList());
    }

    private Column<Comparison.Line> group(Dimension dimension, Map<String, String> names, Behind behind) {
        return addColumn(new ComponentRenderer<>(line -> cell(line.now(), dimension, names, behind)))
                .setHeader(title(dimension))
                .setComparator(Comparator.comparing(line -> name(line.now(), dimension, names)))
                .setTooltipGenerator(line -> name(line.now(), dimension, names))
                .setWidth("10rem")
                .setFlexGrow(2);
    }

    /** All groups in one column, below each other: what they cost has to be seen beside them. */
    private Column<Comparison.Line> together(List<Dimension> by, Map<String, String> names, Behind behind) {
        return addColumn(new ComponentRenderer<>(line -> new Div(by.stream()
                        .map(dimension -> new Div(cell(line.now(), dimension, names, behind)))
                        .toArray(Component[]::new))))
                .setHeader(by.stream().map(CostTable::title).collect(Collectors.joining(", ")))
                .setComparator(Comparator.comparing(line -> by.stream()
                        .map(dimension -> name(line.now(), dimension, names))
                        .collect(Collectors.joining("\n"))))
                .setWidth("9.5rem")
                .setFlexGrow(2);
    }

    private static String title(Dimension dimension) {
        return translate("costs.dimension." + dimension);
    }

    /**
     * A table of lines.
     *
     * @param names what to show for ids, such as the name of a key
     */
    static CostTable of(Breakdown costs, List<Dimension> by, Format format, Map<String, String> names, Behind behind) {
        var table = new CostTable(
                costs.items().stream()
                        .map(line -> new Comparison.Line(line, Usd.ZERO, null))
                        .toList(),
                by,
                format,
                names,
                behind);
        table.cost(costs.total());
        table.quantities();
        return table;
    }

    /** The same, with what each cost in the time before, and the budget of what has one. */
    static CostTable of(Comparison costs, List<Dimension> by, Format format, Map<String, String> names, Behind behind) {
        var table = new CostTable(costs.lines(), by, format, names, behind);
        table.cost(costs.total());
        table.amount("costs.previous", Comparison.Line::before, costs.totalBefore());
        table.amount("costs.variance", Comparison.Line::variance, costs.variance());
        if (costs.lines().stream().anyMatch(line -> line.budget() != null)) {
            table.amount(
                    "costs.budget",
                    line -> line.budget() == null ? null : line.budget().limit());
            table.amount(
                    "costs.used",
                    line -> line.budget() == null ? null : line.budget().used());
            table.amount(
                    "costs.left",
                    line -> line.budget() == null ? null : line.budget().left());
        }
        table.quantities();
        return table;
    }

    private void quantities() {
        count("costs.calls", CostLine::calls);
        count("costs.tokens-input", CostLine::tokensInput);
        count("costs.tokens-cache", line -> line.tokensCacheRead() + line.tokensCacheWrite());
        count("costs.tokens-output", CostLine::tokensOutput);
        count("costs.runs", CostLine::runs);
    }

    private void cost(Usd total) {
        amount("costs.cost", line -> line.now().cost(), total);
    }

    private void amount(String title, Function<Comparison.Line, @Nullable Usd> value, Usd total) {
        String sum = format.exact(total);
        amount(title, value, sum.length()).setFooter(sum);
    }

    private void amount(String title, Function<Comparison.Line, @Nullable Usd> value) {
        amount(title, value, 0);
    }

    /** As wide as the longest amount: a digit that is cut off is another amount. */
    private Column<Comparison.Line> amount(String title, Function<Comparison.Line, @Nullable Usd> value, int least) {
        Function<Comparison.Line, String> text = line -> {
            Usd amount = value.apply(line);
            return amount == null ? "–" : format.exact(amount);
        };
        int longest = Math.max(
                least, lines.stream().map(text).mapToInt(String::length).max().orElse(0));
        return addColumn(text::apply)
                .setHeader(translate(title))
                .setTextAlign(ColumnTextAlign.END)
                .setComparator(Comparator.comparing(
                        (Comparison.Line line) -> Objects.requireNonNullElse(value.apply(line), Usd.ZERO)))
                .setWidth(Math.max(LEAST_REM, REM_AROUND + longest * REM_A_DIGIT) + "rem")
                .setFlexGrow(1);
    }

    private void count(String title, Function<CostLine, Long> value) {
        addColumn(line -> format.count(value.apply(line.now())))
                .setHeader(translate(title))
                .setComparator(Comparator.comparing((Comparison.Line line) -> value.apply(line.now())))
                .setTextAlign(ColumnTextAlign.END)
                .setWidth("6.5rem")
                .setFlexGrow(1);
    }

    private static Component cell(CostLine line, Dimension dimension, Map<String, String> names, Behind behind) {
        String name = name(line, dimension, names);
        return behind.path(dimension, line)
                .<Component>map(path -> new Link(path, name))
                .orElseGet(() -> new Span(name));
    }

    private static String name(CostLine line, Dimension dimension, Map<String, String> names) {
        String value = line.group().getOrDefault(dimension, "");
        return value.isEmpty()
                ? translate("costs.none." + dimension)
                : names.getOrDefault(dimension == Dimension.TENANT ? team(value) : value, value);
    }
}
