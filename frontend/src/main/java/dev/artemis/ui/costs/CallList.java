package dev.artemis.ui.costs;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import dev.artemis.ledger.EntryKind;
import dev.artemis.ledger.EntryView;
import dev.artemis.projects.Project;
import dev.artemis.shared.Role;
import dev.artemis.shared.RunId;
import dev.artemis.ui.Paths;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.Badge;
import dev.artemis.ui.parts.Facts;
import dev.artemis.ui.parts.Link;
import dev.artemis.ui.parts.Table;
import dev.artemis.ui.parts.Tone;
import dev.artemis.ui.parts.Widths;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Entries of the ledger as a table; a line opens to all that is known of it. */
class CallList extends Table<CallLine> {

    private static final long serialVersionUID = 1;

    /** In rem, as all below, with its part of what is around the word. */
    private static final double A_LETTER_OF_A_DATE = 0.6;

    private static final double WIDEST_DATE = 7.1;
    private static final double A_LETTER_OF_A_KIND = 0.52;

    /** Of its cells, against those of other tables. */
    private static final double LESS_PADDING = 0.7;

    private static final double NARROWEST_PROJECT = 4.2;
    private static final double WIDEST_PROJECT = 5.2;
    private static final double NARROWEST_COUNT = 4.45;
    private static final LocalDate A_LONG_DATE = LocalDate.of(2026, 12, 30);

    private final transient TeamScope scope;
    private final transient Map<String, String> names = new HashMap<>();
    private final transient List<CallLine> lines = new ArrayList<>();
    /** What is laid out by the lines. */
    private final transient List<Runnable> layout = new ArrayList<>();

    private final transient Format format;

    CallList(TeamScope scope, List<Project> projects) {
        this.scope = scope;
        this.format = scope.format();
        addClassName("artemis-call-list");
        setAllRowsVisible(true);
        getElement().setAttribute("aria-label", translate("calls.entries"));
        addColumn(line -> format.dateTime(line.entry().recordedAt()))
                .setHeader(translate("calls.at"))
                // in two lines: the date, and the time
                .setWidth(Widths.rem(Math.min(
                        WIDEST_DATE,
                        A_LETTER_OF_A_DATE * (format.date(A_LONG_DATE).length() + 1))))
                .setFlexGrow(0);
        addColumn(new ComponentRenderer<>(this::kind))
                .setHeader(translate("calls.kind"))
                .setWidth(Widths.rem(A_LETTER_OF_A_KIND * longestKind()))
                .setFlexGrow(0);
        if (projects.size() > 1) {
            addColumn(line -> line.project().name())
                    .setHeader(translate("project"))
                    .setWidth(Widths.rem(projects.stream()
                            .mapToDouble(project -> Widths.words(project.name()) - LESS_PADDING / 2)
                            .map(width -> Math.min(width, WIDEST_PROJECT))
                            .reduce(NARROWEST_PROJECT, Math::max)));
        }
        addColumn(line -> line.entry().model())
                .setHeader(translate("costs.dimension.model"))
                .setTooltipGenerator(line -> line.entry().model())
                .setWidth("5.5rem")
                .setFlexGrow(2);
        addColumn(line -> line.entry().stage())
                .setHeader(translate("costs.dimension.stage"))
                .setTooltipGenerator(line -> line.entry().stage())
                // "development" in one line
                .setWidth("6.4rem");
        addColumn(line -> text(line.entry().card()))
                .setHeader(translate("costs.dimension.card"))
                .setTooltipGenerator(line -> text(line.entry().card()))
                .setWidth("6.9rem");
        tokens("costs.tokens-input", entry -> entry.tokens().tokensInput());
        tokens("costs.tokens-output", entry -> entry.tokens().tokensOutput());
        addColumn(new ComponentRenderer<>(line -> cost(line.entry())))
                .setHeader(translate("costs.cost"))
                .setTooltipGenerator(line -> format.exact(line.entry().cost()))
                .setTextAlign(ColumnTextAlign.END)
                .setWidth("7.15rem");
        setItemDetailsRenderer(new ComponentRenderer<>(line -> details(line.entry())));
        layout.forEach(Runnable::run);
        setItems(lines);
    }

    /**
     * Shows these in place of those before. A line that somebody opened stays open, also when newer ones would push it
     * off the page: it is being read.
     *
     * @param newest as they come, newest first
     * @param called what to call keys and members, by id
     */
    void show(List<CallLine> newest, Map<String, String> called) {
        List<CallLine> opened = lines.stream().filter(this::isDetailsVisible).toList();
        names.clear();
        names.putAll(called);
        lines.clear();
        lines.addAll(newest);
        opened.stream().filter(line -> !newest.contains(line)).forEach(lines::add);
        layout.forEach(Runnable::run);
        getListDataView().refreshAll();
        opened.forEach(line -> setDetailsVisible(line, true));
    }

    /** Offers, in each line, to put it right. */
    void mayCorrect(Consumer<CallLine> correct) {
        addColumn(new ComponentRenderer<>(line -> {
                    var button = new Button(VaadinIcon.EDIT.create(), click -> correct.accept(line));
                    button.setTooltipText(translate("calls.correct"));
                    button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
                    button.setAriaLabel(translate(
                            "calls.correct-of",
                            format.exact(line.entry().cost()),
                            line.entry().model()));
                    return button;
                }))
                .setHeader(translate("actions"))
                // "Aktionen" in one line
                .setWidth("5.1rem")
                .setFlexGrow(0);
    }

    private void tokens(String title, java.util.function.ToLongFunction<EntryView> count) {
        Column<CallLine> column = addColumn(
                        line -> line.entry().kind() == EntryKind.CALL || count.applyAsLong(line.entry()) > 0
                                ? format.count(count.applyAsLong(line.entry()))
                                : "")
                .setHeader(translate(title))
                .setTextAlign(ColumnTextAlign.END)
                .setFlexGrow(0);
        layout.add(() -> column.setWidth(Widths.rem(lines.stream()
                .mapToDouble(line -> Widths.number(format.count(count.applyAsLong(line.entry()))) - LESS_PADDING)
                .reduce(NARROWEST_COUNT, Math::max))));
    }

    private static int longestKind() {
        return Arrays.stream(EntryKind.values())
                .mapToInt(kind -> translate("calls.kind." + kind).length())
                .max()
                .orElseThrow();
    }

    private Component kind(CallLine line) {
        EntryView entry = line.entry();
        String word = translate("calls.kind." + entry.kind());
        return entry.kind() == EntryKind.RUN
                        && entry.refersTo() != null
                        && scope.may(Role.OWNER, Role.DEVELOPER, Role.VIEWER)
                ? new Link(Paths.run(scope.slug(), line.project().slug(), new RunId(entry.refersTo())), word)
                : new Span(word);
    }

    private Component cost(EntryView entry) {
        var cost = new Span(format.money(entry.cost()));
        cost.addClassName("artemis-number");
        var cell = new Div();
        if (entry.overBudget()) {
            cell.add(new Badge(translate("calls.over-budget"), Tone.WARN), new Span(" "));
        }
        if (!entry.unpriced().isEmpty()) {
            var inPart = new Badge(translate("calls.in-part"), Tone.WARN);
            inPart.setTitle(translate("calls.in-part-why", String.join(", ", entry.unpriced())));
            cell.add(inPart, new Span(" "));
        }
        cell.add(cost);
        return cell;
    }

    private Component details(EntryView entry) {
        var facts = new Facts()
                .fact(translate("calls.id"), entry.id().toString())
                .fact(translate("calls.exact"), format.exact(entry.cost()))
                .fact(translate("costs.dimension.provider"), entry.provider())
                .fact(translate("costs.dimension.key"), named(entry.key(), "costs.none.key"))
                .fact(translate("costs.dimension.member"), named(entry.member(), "costs.none.member"))
                .fact(translate("calls.day"), format.date(entry.day()));
        if (entry.purpose() != null) {
            facts.fact(translate("calls.purpose"), entry.purpose());
        }
        if (entry.tier() != null) {
            facts.fact(translate("prices.tier"), translate("prices.tier." + entry.tier()));
        }
        if (entry.kind() == EntryKind.CALL) {
            facts.fact(
                            translate("calls.cache-read"),
                            format.count(entry.tokens().tokensCacheRead()))
                    .fact(
                            translate("calls.cache-written"),
                            format.count(entry.tokens().tokensCacheWrite5m()
                                    + entry.tokens().tokensCacheWrite1h()));
        }
        if (entry.kind() == EntryKind.RUN) {
            facts.fact(translate("calls.cpu-seconds"), format.number(entry.cpuSeconds()))
                    .fact(translate("calls.gib-seconds"), format.number(entry.gibSeconds()));
        }
        if (entry.occurredAt() != null) {
            facts.fact(translate("calls.occurred"), format.precise(entry.occurredAt()));
        }
        if (entry.refersTo() != null) {
            facts.fact(translate("calls.refers-to"), entry.refersTo().toString());
        }
        EntryView.Words words = entry.words();
        if (words != null) {
            facts.fact(translate("calls.reason"), words.reason());
            if (words.closedMonth() != null) {
                facts.fact(translate("calls.closed-month"), format.month(words.closedMonth()));
            }
        }
        var box = new Div(facts);
        box.addClassName("artemis-details");
        return box;
    }

    private String named(@Nullable Object id, String none) {
        return id == null ? translate(none) : names.getOrDefault(id.toString(), id.toString());
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
