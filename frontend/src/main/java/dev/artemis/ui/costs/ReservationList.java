package dev.artemis.ui.costs;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import dev.artemis.budgets.HeldMoney;
import dev.artemis.budgets.HoldStatus;
import dev.artemis.projects.Project;
import dev.artemis.shared.ReservationId;
import dev.artemis.shared.Role;
import dev.artemis.ui.Paths;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.Badge;
import dev.artemis.ui.parts.Link;
import dev.artemis.ui.parts.Table;
import dev.artemis.ui.parts.Tone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reservations as a table, newest first. */
class ReservationList extends Table<ReservationList.Line> {

    private static final long serialVersionUID = 1;

    /** More are told in hours. */
    private static final long MOST_MINUTES = 120;

    private final transient TeamScope scope;
    private final transient Map<String, String> names = new HashMap<>();
    private final transient List<Line> lines = new ArrayList<>();
    private final transient Format format;

    /**
     * One of them.
     *
     * @param minutesLeft until it expires, begun ones counted; null where it does not, or is held no more
     */
    record Line(Project project, HeldMoney held, @Nullable Long minutesLeft) {

        static Line of(Project project, HeldMoney held, Instant now) {
            Instant end = held.expiresAt();
            return new Line(
                    project,
                    held,
                    held.status() != HoldStatus.HELD || end == null
                            ? null
                            : Math.max(0, Math.ceilDiv(end.getEpochSecond() - now.getEpochSecond(), 60L)));
        }
    }

    ReservationList(TeamScope scope, List<Project> projects) {
        this.scope = scope;
        this.format = scope.format();
        addClassName("artemis-reservation-list");
        setAllRowsVisible(true);
        getElement().setAttribute("aria-label", translate("reservations.title"));
        addColumn(line -> format.dateTime(line.held().createdAt()))
                .setHeader(translate("reservations.since"))
                .setWidth("7.1rem")
                .setFlexGrow(0);
        addColumn(new ComponentRenderer<>(this::what))
                .setHeader(translate("reservations.for"))
                .setWidth("6rem")
                .setFlexGrow(2);
        if (projects.size() > 1) {
            addColumn(line -> line.project().name())
                    .setHeader(translate("project"))
                    .setWidth("4.7rem");
        }
        addColumn(line -> line.held().stage())
                .setHeader(translate("costs.dimension.stage"))
                .setWidth("6.4rem");
        addColumn(line -> line.held().card() == null ? "" : line.held().card())
                .setHeader(translate("costs.dimension.card"))
                .setWidth("7rem");
        addColumn(this::who).setHeader(translate("reservations.who")).setWidth("5.7rem");
        addColumn(line -> format.money(line.held().reserved()))
                .setHeader(translate("reservations.amount"))
                .setTooltipGenerator(line -> format.exact(line.held().reserved()))
                .setTextAlign(ColumnTextAlign.END)
                .setWidth("7.2rem")
                .setFlexGrow(0);
        addColumn(new ComponentRenderer<>(this::state))
                .setHeader(translate("run.status"))
                .setWidth("8.7rem")
                .setFlexGrow(0);
        // minutes pass: a line is still the same
        setItems(lines).setIdentifierProvider(line -> line.held().id());
    }

    /**
     * Shows these in place of those before. Where they are the same and only minutes passed, each stays in its place, and the
     * focus with it.
     *
     * @param called what to call keys and members, by id
     */
    void show(List<Line> newest, Map<String, String> called) {
        List<Line> before = List.copyOf(lines);
        boolean same = ids(before).equals(ids(newest)) && names.equals(called);
        names.clear();
        names.putAll(called);
        lines.clear();
        lines.addAll(newest);
        if (same) {
            newest.stream().filter(line -> !before.contains(line)).forEach(getListDataView()::refreshItem);
        } else {
            getListDataView().refreshAll();
        }
    }

    private static List<ReservationId> ids(List<Line> of) {
        return of.stream().map(line -> line.held().id()).toList();
    }

    /** Offers, with each that is held for a call, to give it back. What a run holds comes back with its end. */
    void mayRelease(Consumer<Line> release) {
        addColumn(new ComponentRenderer<>(
                        line -> releasing(line, release),
                        // whoever stands on it keeps the focus; where lines move, ADR-0034 gives it back
                        (there, line) ->
                                there instanceof Button && isReleasable(line) ? there : releasing(line, release)))
                .setHeader(translate("actions"))
                .setWidth("6.9rem")
                .setFlexGrow(0);
    }

    private static boolean isReleasable(Line line) {
        return line.held().status() == HoldStatus.HELD && line.held().run() == null;
    }

    private Component releasing(Line line, Consumer<Line> release) {
        if (!isReleasable(line)) {
            return new Span();
        }
        var button = new Button(translate("reservations.release"), click -> release.accept(line));
        button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        button.getElement().setAttribute("data-of", line.held().id().toString());
        button.setAriaLabel(translate(
                "reservations.release-of",
                format.exact(line.held().reserved()),
                line.held().model()));
        return button;
    }

    private Component what(Line line) {
        HeldMoney held = line.held();
        if (held.run() == null) {
            return new Span(held.model());
        }
        String run = translate("run");
        return scope.may(Role.OWNER, Role.DEVELOPER, Role.VIEWER)
                ? new Link(Paths.run(scope.slug(), line.project().slug(), held.run()), run)
                : new Span(run);
    }

    private String who(Line line) {
        Object id =
                line.held().key() == null ? line.held().member() : line.held().key();
        return id == null ? translate("costs.none.member") : names.getOrDefault(id.toString(), id.toString());
    }

    private Component state(Line line) {
        HeldMoney held = line.held();
        var state = new Div(new Badge(
                translate("reservations.status." + held.status()),
                switch (held.status()) {
                    case HELD -> Tone.BUSY;
                    case SETTLED -> Tone.GOOD;
                    case RELEASED -> Tone.CALM;
                    case EXPIRED -> Tone.WARN;
                }));
        String more = more(line);
        if (!more.isEmpty()) {
            var words = new Div(more);
            words.addClassName("artemis-quiet");
            state.add(words);
        }
        return state;
    }

    /** When it ends, or what it came to. */
    private String more(Line line) {
        HeldMoney held = line.held();
        if (held.cost() != null) {
            return translate("reservations.cost", format.money(held.cost()));
        }
        if (held.status() != HoldStatus.HELD) {
            return "";
        }
        Long minutes = line.minutesLeft();
        if (minutes == null) {
            return translate("reservations.until-run");
        }
        return minutes > MOST_MINUTES
                ? translate("reservations.expires-hours", format.count(Math.ceilDiv(minutes, 60L)))
                : translate("reservations.expires", format.count(minutes));
    }
}
