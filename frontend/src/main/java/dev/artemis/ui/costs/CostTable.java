package dev.artemis.ui.costs;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import dev.artemis.budgets.MonthBudgets;
import dev.artemis.reports.Breakdown;
import dev.artemis.reports.Comparison;
import dev.artemis.reports.CostLine;
import dev.artemis.reports.Dimension;
import dev.artemis.shared.Usd;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.Link;
import dev.artemis.ui.parts.Phone;
import dev.artemis.ui.parts.Widths;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The lines of a breakdown with their sums, and the total below. */
class CostTable extends Grid<Comparison.Line> {

    private static final long serialVersionUID = 1;

    /** A month's days are seen at once; more than these are scrolled through, and the last line says how many there are. */
    private static final int SHOWN_WITHOUT_SCROLLING = 31;

    /** Days and months as the calendar has them, all else by what it cost, the dearest first. */
    static final Comparator<Comparison.Line> AS_READ = Comparator.comparing(CostTable::time)
            .thenComparing(line -> line.now().cost(), Comparator.reverseOrder());

    private static final double NARROW_GROUP = 9;
    private static final double WIDEST_GROUP = 14;
    private static final double A_PHONES_GROUPS = 9.5;

    /** How amounts stand beside each other, from what takes most room to what takes least. */
    private enum Amounts {
        EXACT,
        /** To the last digit of the ledger what it cost; what is charged in cents, and exact for whoever asks. */
        CHARGED_IN_CENTS,
        IN_CENTS,
        /** And without what is the difference of two that are there. */
        FEWER
    }

    /**
     * A column of amounts.
     *
     * @param exact of which the digits are shown where there is room; others are in whole cents, where there are any, and exact for whoever asks
     * @param spared whether two others tell it
     */
    private record Amount(
            String title,
            BiFunction<TableLines, Comparison.Line, @Nullable Usd> value,
            Function<TableLines, @Nullable Usd> total,
            Predicate<Amounts> exact,
            boolean spared) {

        Amount(
                String title,
                Function<Comparison.Line, @Nullable Usd> value,
                Function<Comparison, @Nullable Usd> total,
                boolean spared) {
            this(title, (_, line) -> value.apply(line), all -> total.apply(all.costs()), _ -> false, spared);
        }
    }

    private final transient Format format;
    private final transient Map<String, String> names;
    private final transient List<Comparison.Line> lines = new ArrayList<>();
    /** What is laid out by the lines: footers, and widths. */
    private final transient List<Runnable> layout = new ArrayList<>();

    private final transient List<Dimension> by;
    private final transient Amounts amounts;

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
        this.by = by;
        this.format = format;
        this.names = new HashMap<>(names);
        lines.addAll(first.costs().lines());
        amounts = amounts(first);
        addClassName("artemis-cost-table");
        addThemeVariants(GridVariant.WRAP_CELL_CONTENT);
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

    /** Whether it has the columns for these, and the room. */
    boolean fits(TableLines now) {
        return shown.budgetMonths().equals(now.budgetMonths())
                && shown.compared() == now.compared()
                && shown.markups().columns() == now.markups().columns()
                && amounts(now) == amounts;
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
                .setWidth(take(group(shown, dimension, amounts)))
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
                .setWidth(take(A_PHONES_GROUPS))
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
        table.amountsOf(lines).filter(table::stands).forEach(table::amount);
        table.quantities();
        table.show(lines, names);
        return table;
    }

    private boolean stands(Amount amount) {
        return stands(amount, amounts);
    }

    private static boolean stands(Amount amount, Amounts as) {
        return as != Amounts.FEWER || !amount.spared();
    }

    /** The first that fits beside the groups; on a phone what it cost, which is read beside its group. */
    private Amounts amounts(TableLines of) {
        return Phone.isNarrow()
                ? onAPhone(of)
                : Stream.of(Amounts.values())
                        .filter(as -> Widths.fit(width(of, as)))
                        .findFirst()
                        .orElse(Amounts.FEWER);
    }

    private Amounts onAPhone(TableLines of) {
        double groups = by.size() > 1 ? A_PHONES_GROUPS : group(of, by.getFirst(), Amounts.CHARGED_IN_CENTS);
        Amount cost = amountsOf(of).findFirst().orElseThrow();
        return Widths.fit(groups + width(of, cost, Amounts.CHARGED_IN_CENTS))
                ? Amounts.CHARGED_IN_CENTS
                : Amounts.IN_CENTS;
    }

    /** Of groups and amounts. */
    private double width(TableLines of, Amounts as) {
        return by.stream().mapToDouble(dimension -> group(of, dimension, as)).sum()
                + amountsOf(of)
                        .filter(amount -> stands(amount, as))
                        .mapToDouble(amount -> width(of, amount, as))
                        .sum();
    }

    private Stream<Amount> amountsOf(TableLines of) {
        List<Amount> all = new ArrayList<>();
        all.add(new Amount(
                translate("costs.cost"),
                (_, line) -> line.now().cost(),
                now -> now.costs().total(),
                as -> as.compareTo(Amounts.IN_CENTS) < 0,
                false));
        if (of.markups().areShown()) {
            all.add(charged("finance.markup", TableLines::markup, TableLines::totalMarkup, true));
            all.add(charged("finance.charged", TableLines::charged, TableLines::totalCharged, false));
        }
        if (of.compared() == TableLines.Compared.YES) {
            compared(all);
        }
        if (of.hasBudgets()) {
            budgets(of, all);
        }
        return all.stream();
    }

    private static Amount charged(
            String title,
            BiFunction<TableLines, Comparison.Line, @Nullable Usd> value,
            Function<TableLines, @Nullable Usd> total,
            boolean spared) {
        return new Amount(translate(title), value, total, as -> as == Amounts.EXACT, spared);
    }

    /** A day stands beside the day before it, a month beside the month before it: they add up to nothing that is said elsewhere. */
    private void compared(List<Amount> all) {
        if (by.contains(Dimension.DAY) || by.contains(Dimension.MONTH)) {
            String title = by.contains(Dimension.DAY) ? "costs.day-before" : "costs.month-before";
            all.add(new Amount(translate(title), Comparison.Line::before, _ -> null, true));
            all.add(new Amount(translate("costs.variance"), Comparison.Line::variance, _ -> null, false));
        } else {
            all.add(new Amount(translate("costs.previous"), Comparison.Line::before, Comparison::totalBefore, true));
            all.add(new Amount(translate("costs.variance"), Comparison.Line::variance, Comparison::variance, false));
        }
    }

    private void budgets(TableLines of, List<Amount> all) {
        String months = of.budgetMonths().stream().map(format::month).collect(Collectors.joining(", "));
        all.add(budget(translate("costs.budget") + " " + months, MonthBudgets.MonthBudget::limit, false));
        all.add(budget(translate("costs.used"), MonthBudgets.MonthBudget::used, true));
        all.add(budget(translate("costs.left"), MonthBudgets.MonthBudget::left, false));
    }

    private static Amount budget(String title, Function<MonthBudgets.MonthBudget, Usd> value, boolean spared) {
        return new Amount(title, line -> line.budget() == null ? null : value.apply(line.budget()), _ -> null, spared);
    }

    private double group(TableLines of, Dimension dimension, Amounts as) {
        List<String> texts = of.costs().lines().stream()
                .map(line -> written(line.now(), dimension))
                .toList();
        double oneLine = widest(texts, Widths::line);
        double words = widest(texts, Widths::words);
        double wanted = as == Amounts.EXACT ? oneLine : Math.max(words, Math.min(oneLine, NARROW_GROUP));
        return Math.max(Widths.title(title(dimension)), Math.min(WIDEST_GROUP, wanted));
    }

    private static double widest(List<String> texts, ToDoubleFunction<String> width) {
        return texts.stream().mapToDouble(width).max().orElse(0);
    }

    private double width(TableLines of, Amount amount, Amounts as) {
        double lines = of.costs().lines().stream()
                .mapToDouble(line -> Widths.number(text(amount.value().apply(of, line), of, amount, as)))
                .max()
                .orElse(0);
        return Math.max(Math.max(Widths.title(amount.title()), lines), Widths.number(footer(of, amount, as)));
    }

    private String footer(TableLines of, Amount amount, Amounts as) {
        Usd sum = amount.total().apply(of);
        return sum == null ? "" : text(sum, of, amount, as);
    }

    private String text(@Nullable Usd value, TableLines of, Amount amount, Amounts as) {
        return value == null
                ? "–"
                : amount.exact().test(as)
                        ? format.exact(value)
                        : format.money(value, of.costs().total());
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
        return Widths.fit(taken + more.stream().mapToDouble(this::width).sum());
    }

    private double width(Quantity quantity) {
        double ofLines = lines.stream()
                .mapToDouble(line -> Widths.number(format.count(quantity.value().applyAsLong(line.now()))))
                .max()
                .orElse(0);
        return Math.max(Math.max(Widths.title(translate(quantity.title())), ofLines), Widths.number(sum(quantity)));
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
        layout.add(() -> column.setFooter(sum(quantity)).setWidth(Widths.rem(width(quantity))));
    }

    /** As wide as the longest amount: a digit that is cut off is another amount. */
    private void amount(Amount amount) {
        Function<Comparison.Line, @Nullable Usd> value = line -> amount.value().apply(shown, line);
        Column<Comparison.Line> column = addColumn(line -> text(value.apply(line), shown, amount, amounts))
                .setHeader(amount.title())
                .setTextAlign(ColumnTextAlign.END)
                .setComparator(Comparator.comparing(
                        (Comparison.Line line) -> Objects.requireNonNullElse(value.apply(line), Usd.ZERO)))
                .setWidth(take(width(shown, amount, amounts)))
                .setFlexGrow(1);
        if (!amount.exact().test(amounts)) {
            column.setTooltipGenerator(line -> exact(value.apply(line)));
        }
        layout.add(() -> {
            sum(column, amount);
            column.setWidth(Widths.rem(width(shown, amount, amounts)));
        });
    }

    /** Where it is not exact, it is for whoever points at it. */
    private void sum(Column<Comparison.Line> column, Amount amount) {
        String words = footer(shown, amount, amounts);
        Usd sum = amount.total().apply(shown);
        if (sum == null || amount.exact().test(amounts)) {
            column.setFooter(words);
        } else {
            var cell = new Span(words);
            cell.setTitle(format.exact(sum));
            column.setFooter(cell);
        }
    }

    private String exact(@Nullable Usd amount) {
        return amount == null ? "–" : format.exact(amount);
    }

    private String take(double rem) {
        taken += rem;
        return Widths.rem(rem);
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
