package dev.artemis.ui.finance;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.streams.DownloadHandler;
import dev.artemis.exports.Export;
import dev.artemis.exports.ExportProgress;
import dev.artemis.exports.Exports;
import dev.artemis.notices.Topic;
import dev.artemis.reports.Span;
import dev.artemis.schedules.ReportDelivery;
import dev.artemis.schedules.SavedReport;
import dev.artemis.schedules.SavedReports;
import dev.artemis.shared.Role;
import dev.artemis.ui.Live;
import dev.artemis.ui.MainLayout;
import dev.artemis.ui.Paths;
import dev.artemis.ui.Phrases;
import dev.artemis.ui.Problems;
import dev.artemis.ui.TeamPage;
import dev.artemis.ui.TeamRoles;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.Viewer;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.Ask;
import dev.artemis.ui.parts.Badge;
import dev.artemis.ui.parts.EmptyState;
import dev.artemis.ui.parts.Notices;
import dev.artemis.ui.parts.PageHead;
import dev.artemis.ui.parts.Panel;
import dev.artemis.ui.parts.Table;
import dev.artemis.ui.parts.Tone;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** A team's saved reports, and where their letters are. A letter's link leads here. */
@Route(value = "teams/:team/reports", layout = MainLayout.class)
@PermitAll
@TeamRoles({Role.OWNER, Role.FINANCE})
class SavedReportsView extends TeamPage {

    private static final long serialVersionUID = 1;

    private final transient Viewer viewer;
    private final transient SavedReports reports;
    private final transient Exports exports;
    private final transient Live live;
    private final transient Clock clock;
    private final Div list = new Div();

    SavedReportsView(Viewer viewer, SavedReports reports, Exports exports, Live live, Clock clock) {
        super(viewer);
        this.viewer = viewer;
        this.reports = reports;
        this.exports = exports;
        this.live = live;
        this.clock = clock;
        list.addClassName("artemis-stack");
    }

    /** A report and its letters, newest first. */
    private record Shown(SavedReport report, List<ReportDelivery> letters) {}

    @Override
    protected void show(TeamScope scope, BeforeEnterEvent event) {
        title(translate("finance.reports"), scope);
        Optional<ReportDelivery> linked = event.getLocation()
                .getQueryParameters()
                .getSingleParameter("delivery")
                .flatMap(SavedReportsView::id)
                .flatMap(id -> reports.delivery(scope.id(), id));
        var head = new PageHead(translate("finance.reports")).about(translate("reports.about"));
        if (mayChange(scope)) {
            head.action(saving(scope, linked));
        }
        add(head, new FinanceTabs(scope.slug(), Paths.savedReports(scope.slug())));
        linked.ifPresent(delivery -> reports.find(scope.id(), delivery.report())
                .ifPresent(report -> add(new Panel(
                        report.name(),
                        new Paragraph(period(scope.format(), delivery.from(), delivery.to())),
                        download(scope, report, new Span.Days(delivery.from(), delivery.to()))))));
        List<Shown> now = look(scope);
        var watched = new Div(list);
        live.watch(
                watched,
                scope.id(),
                Set.of(Topic.SETTINGS),
                () -> look(scope),
                now,
                later -> fill(scope, later, linked));
        fill(scope, now, linked);
        var when = new Paragraph(translate("reports.when"));
        when.addClassNames("artemis-quiet", "artemis-small");
        add(watched, when);
    }

    private List<Shown> look(TeamScope scope) {
        return reports.all(scope.id()).stream()
                .map(report -> new Shown(report, reports.deliveries(scope.id(), report.id())))
                .toList();
    }

    private void fill(TeamScope scope, List<Shown> all, Optional<ReportDelivery> linked) {
        list.removeAll();
        if (all.isEmpty()) {
            list.add(new Panel(
                    translate("finance.reports"),
                    new EmptyState(
                            VaadinIcon.ENVELOPE_O,
                            translate("reports.none"),
                            translate("reports.none-why"),
                            mayChange(scope) ? new Component[] {saving(scope, linked)} : new Component[0])));
        }
        all.forEach(one -> list.add(panel(scope, one, linked)));
    }

    private Button saving(TeamScope scope, Optional<ReportDelivery> linked) {
        var save = new Button(
                translate("reports.save"),
                VaadinIcon.PLUS.create(),
                click -> new SaveReport(viewer, reports, scope, () -> fill(scope, look(scope), linked)).open());
        save.addThemeVariants(ButtonVariant.PRIMARY);
        return save;
    }

    private static boolean mayChange(TeamScope scope) {
        return scope.mayChange(Role.OWNER, Role.FINANCE);
    }

    private Panel panel(TeamScope scope, Shown shown, Optional<ReportDelivery> linked) {
        SavedReport report = shown.report();
        LocalDate today = LocalDate.ofInstant(clock.instant(), scope.team().timeZone());
        var remove = new Button(
                translate("reports.delete"),
                click -> Ask.before(translate("reports.delete") + ": " + report.name())
                        .saying(translate("reports.delete-why"))
                        .then(translate("reports.delete"), () -> {
                            reports.delete(viewer.acting(scope, Role.OWNER, Role.FINANCE), scope.id(), report.id());
                            Notices.done(
                                    translate("reports.deleted", report.name()), () -> putBack(scope, report, linked));
                            fill(scope, look(scope), linked);
                        }));
        remove.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.ERROR);
        remove.setAriaLabel(translate("reports.delete") + ": " + report.name());
        String what = translate("exports.format." + report.format()) + groupings(report) + " · "
                + translate("reports.rhythm." + report.rhythm())
                + (report.recipients().isEmpty()
                        ? ""
                        : " · " + translate("reports.way." + report.delivery()) + " · "
                                + String.join(", ", report.recipients()));
        var panel = new Panel(
                report.name(),
                new Paragraph(what),
                download(scope, report, report.rhythm().period(today)));
        if (mayChange(scope)) {
            panel.aside(remove);
        }
        if (!shown.letters().isEmpty()) {
            panel.add(deliveries(scope, shown.letters(), linked));
        }
        return panel;
    }

    /** It is sent again from its next period on; of its earlier letters the list is gone. */
    private void putBack(TeamScope scope, SavedReport report, Optional<ReportDelivery> linked) {
        Problems.attempt(() -> {
            reports.save(viewer.acting(scope, Role.OWNER, Role.FINANCE), scope.id(), report);
            Notices.done(translate("reports.put-back", report.name()));
        });
        fill(scope, look(scope), linked);
    }

    private static String groupings(SavedReport report) {
        return report.by().isEmpty()
                ? ""
                : " · "
                        + report.by().stream()
                                .map(dimension -> translate("costs.dimension." + dimension))
                                .collect(Collectors.joining(", "));
    }

    private Component download(TeamScope scope, SavedReport report, Span.Days days) {
        DownloadHandler handler = event -> {
            Export export = reports.export(scope.id(), report, days);
            event.setFileName("artemis-%s-%s.%s"
                    .formatted(scope.slug(), days.from(), report.format().extension()));
            event.setContentType(report.format().mediaType());
            exports.write(export, new ExportProgress(), event.getOutputStream());
        };
        var link = new Anchor(handler, translate("reports.download", period(scope.format(), days.from(), days.to())));
        link.addClassName("artemis-button-link");
        link.getElement().setAttribute("download", true);
        return new Div(link);
    }

    private Grid<ReportDelivery> deliveries(
            TeamScope scope, List<ReportDelivery> deliveries, Optional<ReportDelivery> linked) {
        Format format = scope.format();
        var grid = new Table<ReportDelivery>();
        grid.setAllRowsVisible(true);
        grid.addColumn(delivery -> period(format, delivery.from(), delivery.to()))
                .setHeader(translate("finance.period"))
                .setWidth("13.5rem")
                .setFlexGrow(0);
        grid.addColumn(new ComponentRenderer<>(
                        delivery -> new Badge(translate("reports.state." + delivery.state()), tone(delivery.state()))))
                .setHeader(translate("run.status"));
        grid.addColumn(delivery -> format.dateTime(delivery.at())).setHeader(translate("reports.at"));
        grid.addColumn(delivery -> delivery.detail() == null ? "" : Phrases.say(delivery.detail()))
                .setHeader(translate("reports.detail"))
                .setFlexGrow(2);
        grid.addColumn(new ComponentRenderer<>(delivery -> again(scope, delivery, linked)))
                .setHeader(translate("actions"))
                .setWidth("12rem")
                .setFlexGrow(0);
        grid.setItems(deliveries);
        grid.getElement().setAttribute("aria-label", translate("reports.deliveries"));
        return grid;
    }

    private Component again(TeamScope scope, ReportDelivery delivery, Optional<ReportDelivery> linked) {
        if (!mayChange(scope)) {
            return new Div();
        }
        return switch (delivery.state()) {
            case WAITING, SENDING, SENT -> new Div();
            case FAILED, UNCERTAIN -> {
                var again = new Button(
                        translate("reports.again"),
                        click -> Problems.attempt(() -> {
                            reports.sendAgain(
                                    viewer.acting(scope, Role.OWNER, Role.FINANCE), scope.id(), delivery.id());
                            Notices.done(translate("reports.again-done"));
                            fill(scope, look(scope), linked);
                        }));
                again.addThemeVariants(ButtonVariant.TERTIARY);
                yield again;
            }
        };
    }

    private static Tone tone(ReportDelivery.State state) {
        return switch (state) {
            case WAITING, SENDING -> Tone.BUSY;
            case SENT -> Tone.GOOD;
            case FAILED -> Tone.BAD;
            case UNCERTAIN -> Tone.WARN;
        };
    }

    private static String period(Format format, LocalDate from, LocalDate to) {
        return format.date(from) + " – " + format.date(to.minusDays(1));
    }

    private static Optional<UUID> id(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
