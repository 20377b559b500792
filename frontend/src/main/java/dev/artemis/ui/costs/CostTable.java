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
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The lines of a breakdown with their sums, and the total below. */
class CostTable extends Grid<Comparison.Line> {

    private static final long serialVersionUID = 1;

    /** A month's days are seen at once; more than these are scrolled through, and the last line says how many there are. */
    private static final int SHOWN_WITHOUT_SCROLLING = 31;

    private static final int PIXELS_A_REM = 16;

    /** Days and months as the calendar has them, all else by what it cost, the dearest first. */
    static final Comparator<Comparison.Line> AS_READ = Comparator.comparing(CostTable::time)
            .thenComparing(line -> line.now().cost(), Comparator.reverseOrder());

    /** What a column takes, in rem: around a value, for each digit, for each letter, and around a title that one sorts by. */
    private static final double AROUND = 1.6;

    private static final double A_DIGIT = 0.53;
    private static final double A_LETTER = 0.49;
    private static final double AROUND_A_TITLE = 2.9;
    private static final double WIDEST_GROUP = 14;

    private final transient Format format;
    private final transient Map<String, String> names;
    private final transient List<Comparison.Line> lines = new ArrayList<>();
    /** What is laid out by the lines: footers, and widths. */
    private final transient List<Runnable> layout = new ArrayList<>();

    private transient TableLines shown;
    private double taken;

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

    private CostTable(TableLines first, List<Dimension> by, Format format, Map<String, String> names, Behind behind) {
        this.shown = first;
        this.format = format;
        this.names = new HashMap<>(names);
        lines.addAll(first.costs().lines());
        addClassName("artemis-cost-table");
        setSelectionMode(SelectionMode.NONE);
        List<Column<Comparison.Line>> groups = by.size() > 1 && Phone.isNarrow()
                ? List.of(together(by, behind))
                : by.stream().map(dimension -> group(dimension, behind)).toList();
        layout.add(() -> groups.getFirst().setFooter(total()));
        setItems(lines);
    }

    private String total() {
        return isWhole() && lines.size() > SHOWN_WITHOUT_SCROLLING
                ? translate("costs.total-of", format.count(lines.size()))
                : translate("costs.total");
    }

    /** Whether its lines are all that there are: those that are compared are never too many. */
    private boolean isWhole() {
        return shown.compared() == TableLines.Compared.YES;
    }

    /** Whether it has the columns for these. */
    boolean fits(TableLines now) {
        return shown.budgetMonths().equals(now.budgetMonths())
                && shown.compared() == now.compared()
                && shown.markups().columns() == now.markups().columns();
    }

    /** Shows these in place of those before: sorted as they were, at the place where one was reading. */
    void show(TableLines now, Map<String, String> called) {
        shown = now;
        names.clear();
        names.putAll(called);
        lines.clear();
        now.costs().lines().stream().sorted(AS_READ).forEach(lines::add);
        setAllRowsVisible(lines.size() <= SHOWN_WITHOUT_SCROLLING);
        setHeight(lines.size() <= SHOWN_WITHOUT_SCROLLING ? null : "34rem");
        layout.forEach(Runnable::run);
        getListDataView().refreshAll();
    }

    private Column<Comparison.Line> group(Dimension dimension, Behind behind) {
        return addColumn(new ComponentRenderer<>(line -> cell(line.now(), dimension, behind)))
                .setHeader(title(dimension))
                .setComparator(Comparator.comparing(line -> name(line.now(), dimension)))
                .setTooltipGenerator(line -> written(line.now(), dimension))
                .setWidth(take(Math.min(
                        WIDEST_GROUP, width(title(dimension), line -> written(line.now(), dimension), A_LETTER))))
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

    /** Sorted as text it is sorted by time; empty of what is not grouped by it. */
    private static String time(Comparison.Line line) {
        var group = line.now().group();
        return group.getOrDefault(Dimension.MONTH, "") + group.getOrDefault(Dimension.DAY, "");
    }

    private static String title(Dimension dimension) {
        return translate("costs.dimension." + dimension);
    }

    /** Lines of which nothing is known of the time before. */
    static Comparison alone(Breakdown costs) {
        return new Comparison(costs.items().stream().map(CostTable::alone).toList(), costs.total(), Usd.ZERO);
    }

    static Comparison.Line alone(CostLine line) {
        return new Comparison.Line(line, Usd.ZERO, null);
    }

    /**
     * A table of lines, with what each is charged where there are rates, what it cost in the time before where that is
     * compared, and the budget of what has one.
     *
     * @param names what to show for ids, such as the name of a key
     */
    static CostTable of(TableLines lines, List<Dimension> by, Format format, Map<String, String> names, Behind behind) {
        var table = new CostTable(lines, by, format, names, behind);
        table.cost();
        if (lines.markups().areShown()) {
            table.charged();
        }
        if (lines.compared() == TableLines.Compared.YES) {
            table.compared(by);
        }
        if (lines.hasBudgets()) {
            table.budgets();
        }
        table.quantities();
        table.show(lines, names);
        return table;
    }

    /** A day stands beside the day before it, a month beside the month before it: they add up to nothing that is said elsewhere. */
    private void compared(List<Dimension> by) {
        if (by.contains(Dimension.DAY) || by.contains(Dimension.MONTH)) {
            String title = by.contains(Dimension.DAY) ? "costs.day-before" : "costs.month-before";
            about(translate(title), Comparison.Line::before, all -> null);
            about(translate("costs.variance"), Comparison.Line::variance, all -> null);
        } else {
            about(translate("costs.previous"), Comparison.Line::before, Comparison::totalBefore);
            about(translate("costs.variance"), Comparison.Line::variance, Comparison::variance);
        }
    }

    /** Beside what it cost, to the last digit of the ledger. */
    private void charged() {
        amount(translate("finance.markup"), line -> shown.markup(line), _ -> shown.totalMarkup(), format::exact);
        amount(translate("finance.charged"), line -> shown.charged(line), _ -> shown.totalCharged(), format::exact);
    }

    private void budgets() {
        String months = shown.budgetMonths().stream().map(format::month).collect(Collectors.joining(", "));
        about(
                translate("costs.budget") + " " + months,
                line -> line.budget() == null ? null : line.budget().limit(),
                all -> null);
        about(
                translate("costs.used"),
                line -> line.budget() == null ? null : line.budget().used(),
                all -> null);
        about(
                translate("costs.left"),
                line -> line.budget() == null ? null : line.budget().left(),
                all -> null);
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
        Stream.of(all, List.of(calls, runs, tokens), List.of(calls, runs), List.of(calls))
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
        double ofLines = width(
                translate(quantity.title()),
                line -> format.count(quantity.value().applyAsLong(line.now())),
                A_DIGIT);
        return Math.max(ofLines, AROUND + sum(quantity).length() * A_DIGIT);
    }

    /** Of all lines; empty where some are left out. */
    private String sum(Quantity quantity) {
        return isWhole()
                ? format.count(lines.stream()
                        .map(Comparison.Line::now)
                        .mapToLong(quantity.value())
                        .sum())
                : "";
    }

    private void count(Quantity quantity) {
        Column<Comparison.Line> column = addColumn(
                        line -> format.count(quantity.value().applyAsLong(line.now())))
                .setHeader(translate(quantity.title()))
                .setComparator(Comparator.comparing(
                        (Comparison.Line line) -> quantity.value().applyAsLong(line.now())))
                .setTextAlign(ColumnTextAlign.END)
                .setWidth(take(width(quantity)))
                .setFlexGrow(1);
        layout.add(() -> column.setFooter(sum(quantity)).setWidth(rem(width(quantity))));
    }

    /** Exact to the last digit. */
    private void cost() {
        amount(translate("costs.cost"), line -> line.now().cost(), Comparison::total, format::exact);
    }

    /** What the cost is held against: in whole cents, where there are any, and exact for whoever asks. */
    private void about(
            String title, Function<Comparison.Line, @Nullable Usd> value, Function<Comparison, @Nullable Usd> total) {
        amount(title, value, total, amount -> format.money(amount, shown.costs().total()))
                .setTooltipGenerator(line -> text(value.apply(line), format::exact));
    }

    private static String text(@Nullable Usd amount, Function<Usd, String> how) {
        return amount == null ? "–" : how.apply(amount);
    }

    /** As wide as the longest amount: a digit that is cut off is another amount. */
    private Column<Comparison.Line> amount(
            String title,
            Function<Comparison.Line, @Nullable Usd> value,
            Function<Comparison, @Nullable Usd> total,
            Function<Usd, String> how) {
        Function<Comparison.Line, String> text = line -> text(value.apply(line), how);
        Supplier<String> footer = () -> {
            Usd sum = total.apply(shown.costs());
            return sum == null ? "" : how.apply(sum);
        };
        DoubleSupplier width = () ->
                Math.max(width(title, text, A_DIGIT), AROUND + footer.get().length() * A_DIGIT);
        Column<Comparison.Line> column = addColumn(text::apply)
                .setHeader(title)
                .setTextAlign(ColumnTextAlign.END)
                .setComparator(Comparator.comparing(
                        (Comparison.Line line) -> Objects.requireNonNullElse(value.apply(line), Usd.ZERO)))
                .setWidth(take(width.getAsDouble()))
                .setFlexGrow(1);
        layout.add(() -> column.setFooter(footer.get()).setWidth(rem(width.getAsDouble())));
        return column;
    }

    /** In rem. */
    private double width(String title, Function<Comparison.Line, String> text, double each) {
        int longest = lines.stream().map(text).mapToInt(String::length).max().orElse(0);
        return Math.max(AROUND_A_TITLE + title.length() * A_LETTER, AROUND + longest * each);
    }

    private String take(double rem) {
        taken += rem;
        return rem(rem);
    }

    private static String rem(double rem) {
        return String.format(Locale.ROOT, "%.2frem", rem);
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
