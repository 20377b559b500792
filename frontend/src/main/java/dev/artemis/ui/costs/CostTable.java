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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The lines of a breakdown with their sums, dearest first, and the total below. */
public class CostTable extends Grid<Comparison.Line> {

    private static final long serialVersionUID = 1;
    private static final int SHOWN_WITHOUT_SCROLLING = 25;
    private static final int PIXELS_A_REM = 16;

    /** What a column takes, in rem: around a value, for each digit, for each letter, and around a title that one sorts by. */
    private static final double AROUND = 1.6;

    private static final double A_DIGIT = 0.53;
    private static final double A_LETTER = 0.49;
    private static final double AROUND_A_TITLE = 2.9;
    private static final double WIDEST_GROUP = 14;

    private final transient Format format;
    private final transient List<Comparison.Line> lines;
    private double taken;

    /** Where a group leads. */
    @FunctionalInterface
    interface Behind {

        /** Groups that lead nowhere. */
        Behind NOTHING = (dimension, value) -> Optional.empty();

        /** The address of what is behind a group's value; empty where nothing is. */
        Optional<String> path(Dimension dimension, String value);
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
                .setTooltipGenerator(line -> shown(line.now(), dimension, names))
                .setWidth(take(Math.min(
                        WIDEST_GROUP, width(title(dimension), line -> shown(line.now(), dimension, names), A_LETTER))))
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
    public static CostTable of(Comparison costs, List<Dimension> by, Format format, Map<String, String> names) {
        return of(costs, by, format, names, Behind.NOTHING);
    }

    static CostTable of(Comparison costs, List<Dimension> by, Format format, Map<String, String> names, Behind behind) {
        var table = new CostTable(costs.lines(), by, format, names, behind);
        table.cost(costs.total());
        table.about("costs.previous", Comparison.Line::before).setFooter(format.money(costs.totalBefore()));
        table.about("costs.variance", Comparison.Line::variance).setFooter(format.money(costs.variance()));
        if (costs.lines().stream().anyMatch(line -> line.budget() != null)) {
            table.about(
                    "costs.budget",
                    line -> line.budget() == null ? null : line.budget().limit());
            table.about(
                    "costs.used",
                    line -> line.budget() == null ? null : line.budget().used());
            table.about(
                    "costs.left",
                    line -> line.budget() == null ? null : line.budget().left());
        }
        table.quantities();
        return table;
    }

    /** As many as can be seen at once; on a phone the table is pushed for them. Files and single calls have all. */
    private void quantities() {
        var calls = new Quantity("costs.calls", CostLine::calls);
        var runs = new Quantity("costs.runs", CostLine::runs);
        var tokens = new Quantity("costs.tokens", CostTable::tokens);
        List<Quantity> kinds = List.of(
                new Quantity("costs.tokens-input", CostLine::tokensInput),
                new Quantity("costs.tokens-cache", line -> line.tokensCacheRead() + line.tokensCacheWrite()),
                new Quantity("costs.tokens-output", CostLine::tokensOutput));
        List<Quantity> all = new ArrayList<>(kinds);
        all.addFirst(calls);
        all.addLast(runs);
        Stream.of(all, List.of(calls, tokens, runs), List.of(calls, tokens), List.of(calls))
                .filter(wanted -> Phone.isNarrow() || fits(wanted))
                .findFirst()
                .ifPresent(wanted -> wanted.forEach(this::count));
    }

    private static long tokens(CostLine line) {
        return line.tokensInput() + line.tokensCacheRead() + line.tokensCacheWrite() + line.tokensOutput();
    }

    private record Quantity(String title, ToLongFunction<CostLine> value) {}

    private boolean fits(List<Quantity> more) {
        return (taken + more.stream().mapToDouble(this::width).sum()) * PIXELS_A_REM <= Phone.room();
    }

    private double width(Quantity quantity) {
        return width(
                translate(quantity.title()),
                line -> format.count(quantity.value().applyAsLong(line.now())),
                A_DIGIT);
    }

    private void count(Quantity quantity) {
        addColumn(line -> format.count(quantity.value().applyAsLong(line.now())))
                .setHeader(translate(quantity.title()))
                .setComparator(Comparator.comparing(
                        (Comparison.Line line) -> quantity.value().applyAsLong(line.now())))
                .setTextAlign(ColumnTextAlign.END)
                .setWidth(take(width(quantity)))
                .setFlexGrow(1);
    }

    /** Exact to the last digit. */
    private void cost(Usd total) {
        Function<Comparison.Line, String> text = line -> format.exact(line.now().cost());
        String sum = format.exact(total);
        amount("costs.cost", text, line -> line.now().cost(), sum.length()).setFooter(sum);
    }

    /** What the cost is held against: in whole cents, where there are any, and exact for whoever asks. */
    private Column<Comparison.Line> about(String title, Function<Comparison.Line, @Nullable Usd> value) {
        return amount(title, line -> text(value.apply(line), format::money), value, 0)
                .setTooltipGenerator(line -> text(value.apply(line), format::exact));
    }

    private static String text(@Nullable Usd amount, Function<Usd, String> how) {
        return amount == null ? "–" : how.apply(amount);
    }

    /** As wide as the longest amount: a digit that is cut off is another amount. */
    private Column<Comparison.Line> amount(
            String title,
            Function<Comparison.Line, String> text,
            Function<Comparison.Line, @Nullable Usd> value,
            int least) {
        double width = Math.max(width(translate(title), text, A_DIGIT), AROUND + least * A_DIGIT);
        return addColumn(text::apply)
                .setHeader(translate(title))
                .setTextAlign(ColumnTextAlign.END)
                .setComparator(Comparator.comparing(
                        (Comparison.Line line) -> Objects.requireNonNullElse(value.apply(line), Usd.ZERO)))
                .setWidth(take(width))
                .setFlexGrow(1);
    }

    /** In rem. */
    private double width(String title, Function<Comparison.Line, String> text, double each) {
        int longest = lines.stream().map(text).mapToInt(String::length).max().orElse(0);
        return Math.max(AROUND_A_TITLE + title.length() * A_LETTER, AROUND + longest * each);
    }

    private String take(double rem) {
        taken += rem;
        return String.format(Locale.ROOT, "%.2frem", rem);
    }

    private Component cell(CostLine line, Dimension dimension, Map<String, String> names, Behind behind) {
        String name = shown(line, dimension, names);
        return behind.path(dimension, line.group().getOrDefault(dimension, ""))
                .<Component>map(path -> new Link(path, name))
                .orElseGet(() -> new Span(name));
    }

    /** A day or a month as the reader writes it; sorted it is as it comes. */
    private String shown(CostLine line, Dimension dimension, Map<String, String> names) {
        String name = name(line, dimension, names);
        return switch (dimension) {
            case DAY -> format.date(LocalDate.parse(name));
            case MONTH -> format.month(YearMonth.parse(name));
            case TENANT, PROJECT, STAGE, MODEL, PROVIDER, CARD, KEY, MEMBER -> name;
        };
    }

    private static String name(CostLine line, Dimension dimension, Map<String, String> names) {
        String value = line.group().getOrDefault(dimension, "");
        return value.isEmpty() ? translate("costs.none." + dimension) : names.getOrDefault(value, value);
    }
}
