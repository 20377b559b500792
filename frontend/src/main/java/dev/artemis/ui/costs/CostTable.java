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
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
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
    private final transient Map<String, String> names;
    private final transient List<Comparison.Line> lines = new ArrayList<>();
    /** What is laid out by the lines: footers, and widths. */
    private final transient List<Runnable> layout = new ArrayList<>();

    private transient Comparison shown;

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

    /** What a group's value is called; the value itself where nobody named it. */
    static String called(Dimension dimension, String value, Map<String, String> names) {
        return names.getOrDefault(dimension == Dimension.TENANT ? team(value) : value, value);
    }

    /** As what a team's slug stands among the names: a stage or a model may be called like it. */
    static String team(String slug) {
        return Dimension.TENANT + " " + slug;
    }

    private CostTable(Comparison first, List<Dimension> by, Format format, Map<String, String> names, Behind behind) {
        this.shown = first;
        this.format = format;
        this.names = new HashMap<>(names);
        addClassName("artemis-cost-table");
        setSelectionMode(SelectionMode.NONE);
        List<Column<Comparison.Line>> groups = by.size() > 1 && Phone.isNarrow()
                ? List.of(together(by, behind))
                : by.stream().map(dimension -> group(dimension, behind)).toList();
        groups.getFirst().setFooter(translate("costs.total"));
        setItems(lines);
    }

    /** Whether it has the columns for these. */
    boolean fits(Comparison now) {
        return hasBudgets(shown) == hasBudgets(now);
    }

    /** Shows these in place of those before: sorted as they were, at the place where one was reading. */
    void show(Comparison now, Map<String, String> called) {
        shown = now;
        names.clear();
        names.putAll(called);
        lines.clear();
        now.lines().stream()
                .sorted(Comparator.comparing(
                                (Comparison.Line line) -> line.now().cost())
                        .reversed())
                .forEach(lines::add);
        setAllRowsVisible(lines.size() <= SHOWN_WITHOUT_SCROLLING);
        setHeight(lines.size() <= SHOWN_WITHOUT_SCROLLING ? null : "34rem");
        layout.forEach(Runnable::run);
        getListDataView().refreshAll();
    }

    private static boolean hasBudgets(Comparison costs) {
        return costs.lines().stream().anyMatch(line -> line.budget() != null);
    }

    private Column<Comparison.Line> group(Dimension dimension, Behind behind) {
        return addColumn(new ComponentRenderer<>(line -> cell(line.now(), dimension, behind)))
                .setHeader(title(dimension))
                .setComparator(Comparator.comparing(line -> name(line.now(), dimension)))
                .setTooltipGenerator(line -> written(line.now(), dimension))
                .setWidth("10rem")
                .setFlexGrow(2);
    }

    /** All groups in one column, below each other: what they cost has to be seen beside them. */
    private Column<Comparison.Line> together(List<Dimension> by, Behind behind) {
        return addColumn(new ComponentRenderer<>(line -> new Div(by.stream()
                        .map(dimension -> new Div(cell(line.now(), dimension, behind)))
                        .toArray(Component[]::new))))
                .setHeader(by.stream().map(CostTable::title).collect(Collectors.joining(", ")))
                .setComparator(Comparator.comparing(line -> by.stream()
                        .map(dimension -> name(line.now(), dimension))
                        .collect(Collectors.joining("\n"))))
                .setWidth("9.5rem")
                .setFlexGrow(2);
    }

    private static String title(Dimension dimension) {
        return translate("costs.dimension." + dimension);
    }

    /** Lines of which nothing is known of the time before. */
    static Comparison alone(Breakdown costs) {
        return new Comparison(
                costs.items().stream()
                        .map(line -> new Comparison.Line(line, Usd.ZERO, null))
                        .toList(),
                costs.total(),
                Usd.ZERO);
    }

    /**
     * A table of lines alone.
     *
     * @param names what to show for ids, such as the name of a key
     */
    static CostTable ofLines(
            Comparison costs, List<Dimension> by, Format format, Map<String, String> names, Behind behind) {
        var table = new CostTable(costs, by, format, names, behind);
        table.cost();
        table.quantities();
        table.show(costs, names);
        return table;
    }

    /** The same, with what each cost in the time before, and the budget of what has one. */
    static CostTable of(Comparison costs, List<Dimension> by, Format format, Map<String, String> names, Behind behind) {
        var table = new CostTable(costs, by, format, names, behind);
        table.cost();
        table.amount("costs.previous", Comparison.Line::before, Comparison::totalBefore);
        table.amount("costs.variance", Comparison.Line::variance, Comparison::variance);
        if (hasBudgets(costs)) {
            table.amount(
                    "costs.budget",
                    line -> line.budget() == null ? null : line.budget().limit(),
                    all -> null);
            table.amount(
                    "costs.used",
                    line -> line.budget() == null ? null : line.budget().used(),
                    all -> null);
            table.amount(
                    "costs.left",
                    line -> line.budget() == null ? null : line.budget().left(),
                    all -> null);
        }
        table.quantities();
        table.show(costs, names);
        return table;
    }

    private void quantities() {
        count("costs.calls", CostLine::calls);
        count("costs.tokens-input", CostLine::tokensInput);
        count("costs.tokens-cache", line -> line.tokensCacheRead() + line.tokensCacheWrite());
        count("costs.tokens-output", CostLine::tokensOutput);
        count("costs.runs", CostLine::runs);
    }

    private void cost() {
        amount("costs.cost", line -> line.now().cost(), Comparison::total);
    }

    /** As wide as the longest amount: a digit that is cut off is another amount. */
    private void amount(
            String title, Function<Comparison.Line, @Nullable Usd> value, Function<Comparison, @Nullable Usd> total) {
        Function<Comparison.Line, String> text = line -> {
            Usd amount = value.apply(line);
            return amount == null ? "–" : format.exact(amount);
        };
        Column<Comparison.Line> column = addColumn(text::apply)
                .setHeader(translate(title))
                .setTextAlign(ColumnTextAlign.END)
                .setComparator(Comparator.comparing(
                        (Comparison.Line line) -> Objects.requireNonNullElse(value.apply(line), Usd.ZERO)))
                .setFlexGrow(1);
        layout.add(() -> {
            Usd sum = total.apply(shown);
            String footer = sum == null ? "" : format.exact(sum);
            int longest = Math.max(
                    footer.length(),
                    lines.stream().map(text).mapToInt(String::length).max().orElse(0));
            column.setFooter(footer);
            column.setWidth(Math.max(LEAST_REM, REM_AROUND + longest * REM_A_DIGIT) + "rem");
        });
    }

    private void count(String title, Function<CostLine, Long> value) {
        addColumn(line -> format.count(value.apply(line.now())))
                .setHeader(translate(title))
                .setComparator(Comparator.comparing((Comparison.Line line) -> value.apply(line.now())))
                .setTextAlign(ColumnTextAlign.END)
                .setWidth("6.5rem")
                .setFlexGrow(1);
    }

    private Component cell(CostLine line, Dimension dimension, Behind behind) {
        String name = written(line, dimension);
        return behind.path(dimension, line)
                .<Component>map(path -> new Link(path, name))
                .orElseGet(() -> new Span(name));
    }

    /** A day or a month as the reader writes it; sorted it is as it comes. */
    private String written(CostLine line, Dimension dimension) {
        return switch (dimension) {
            case DAY -> format.date(LocalDate.parse(line.group().getOrDefault(dimension, "")));
            case MONTH -> format.month(YearMonth.parse(line.group().getOrDefault(dimension, "")));
            case TENANT, PROJECT, STAGE, MODEL, PROVIDER, CARD, KEY, MEMBER -> name(line, dimension);
        };
    }

    private String name(CostLine line, Dimension dimension) {
        String value = line.group().getOrDefault(dimension, "");
        return value.isEmpty() ? translate("costs.none." + dimension) : called(dimension, value, names);
    }
}
