package dev.artemis.ui.costs;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.streams.DownloadHandler;
import dev.artemis.access.ApiKeys;
import dev.artemis.access.Members;
import dev.artemis.chargeback.ChargebackRates;
import dev.artemis.exports.ChargebackColumns;
import dev.artemis.exports.Exports;
import dev.artemis.exports.ReportPart;
import dev.artemis.notices.Topic;
import dev.artemis.projects.Project;
import dev.artemis.projects.Projects;
import dev.artemis.reports.Breakdown;
import dev.artemis.reports.ChargedCosts;
import dev.artemis.reports.Comparisons;
import dev.artemis.reports.CostQuery;
import dev.artemis.reports.Costs;
import dev.artemis.reports.Dearest;
import dev.artemis.reports.Dimension;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.Role;
import dev.artemis.ui.Live;
import dev.artemis.ui.MainLayout;
import dev.artemis.ui.Paths;
import dev.artemis.ui.TeamPage;
import dev.artemis.ui.TeamRoles;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.Viewer;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.Chart;
import dev.artemis.ui.parts.ChartData;
import dev.artemis.ui.parts.EmptyState;
import dev.artemis.ui.parts.Facts;
import dev.artemis.ui.parts.Link;
import dev.artemis.ui.parts.NoProject;
import dev.artemis.ui.parts.Note;
import dev.artemis.ui.parts.PageHead;
import dev.artemis.ui.parts.Panel;
import dev.artemis.ui.parts.Tone;
import jakarta.annotation.security.PermitAll;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A team's costs by any two groupings: chart and table of the same numbers, compared and taken away. */
@Route(value = "teams/:team/costs", layout = MainLayout.class)
@PermitAll
@TeamRoles({Role.OWNER, Role.DEVELOPER, Role.FINANCE, Role.VIEWER})
class CostsView extends TeamPage {

    private static final long serialVersionUID = 1;

    /** More lines than anybody reads. See ADR-0048. */
    private static final int MOST_LINES = 250;

    private static final Set<Topic> SPENDING = Set.of(Topic.MONEY, Topic.RUNS);

    private final transient Costs costs;
    private final transient Comparisons comparisons;
    private final transient ChargedCosts chargedCosts;
    private final transient Exports exports;
    private final transient ChargebackRates rates;
    private final transient Live live;
    private final transient Projects projects;
    private final transient Names names;
    private final transient Clock clock;
    /** What is shown is what is taken away. */
    private transient @Nullable Numbers latest;

    private transient List<Project> offered = List.of();
    private transient Map<String, String> known = Map.of();
    private transient @Nullable Content content;

    CostsView(
            Viewer viewer,
            Costs costs,
            Comparisons comparisons,
            ChargedCosts chargedCosts,
            Exports exports,
            ChargebackRates rates,
            Live live,
            Projects projects,
            Names names,
            Clock clock) {
        super(viewer);
        this.costs = costs;
        this.comparisons = comparisons;
        this.chargedCosts = chargedCosts;
        this.exports = exports;
        this.rates = rates;
        this.live = live;
        this.projects = projects;
        this.names = names;
        this.clock = clock;
    }

    /** What people call the ids that costs are grouped by. */
    @org.springframework.stereotype.Component
    static class Names {

        private final ApiKeys keys;
        private final Members members;

        Names(ApiKeys keys, Members members) {
            this.keys = keys;
            this.members = members;
        }

        Map<String, String> of(TeamScope scope, List<Project> projects, Set<Dimension> by) {
            Map<String, String> names = new HashMap<>();
            if (by.contains(Dimension.KEY)) {
                names.putAll(KeyNames.of(keys.all(scope.id()), projects));
            }
            if (by.contains(Dimension.MEMBER)) {
                members.all(scope.id())
                        .forEach(member -> names.put(member.user().toString(), member.email()));
            }
            return names;
        }
    }

    /** What is shown, and to whom. */
    private record Shown(
            TeamScope scope, @Nullable ProjectId project, CostPeriod period, Wanted wanted, Format format) {

        CostQuery by(CostPeriod when, List<Dimension> by) {
            return new CostQuery(scope.id(), project, when.span(), by, wanted.only());
        }

        List<Comparisons.Part> parts() {
            return List.of(new Comparisons.Part(scope.team(), project, period.span(), wanted.only()));
        }

        /** By what the chart's columns are made up. */
        Dimension stacked() {
            return wanted.stacked(Dimension.STAGE);
        }

        String span(CostPeriod of) {
            return format.date(of.from()) + " – " + format.date(of.to().minusDays(1));
        }

        String file() {
            return "artemis-costs-%s-%s-%s%s"
                    .formatted(scope.slug(), period.from(), period.to().minusDays(1), wanted.narrowed());
        }
    }

    @Override
    protected void show(TeamScope scope, BeforeEnterEvent event) {
        title(translate("nav.costs"), scope);
        Wanted wanted = Wanted.of(event.getLocation().getQueryParameters());
        List<Project> all = projects.all(scope.id());
        offered = all;
        if (all.isEmpty()) {
            add(head(scope), new Panel(translate("dashboard.first"), NoProject.in(scope, "costs.no-project-why")));
            return;
        }
        Optional<Project> only = ProjectChoice.find(all, wanted.project());
        LocalDate today = LocalDate.ofInstant(clock.instant(), scope.team().timeZone());
        var shown = new Shown(scope, only.map(Project::id).orElse(null), wanted.period(today), wanted, scope.format());
        List<Dimension> by = new ArrayList<>(List.of(wanted.by()));
        if (wanted.then() != null) {
            by.add(wanted.then());
        }
        Set<Dimension> named = EnumSet.copyOf(by);
        named.addAll(wanted.only().keySet());
        known = names.of(scope, all, named);
        Numbers now = numbers(shown, by);
        var found = new Div();
        found.addClassName("artemis-stack");
        content = null;
        fill(found, shown, by, now);
        // what is new may be of a key or a member that was not known before
        live.watch(found, scope.id(), SPENDING, () -> numbers(shown, by), now, changed -> {
            known = names.of(scope, all, named);
            fill(found, shown, by, changed);
        });
        List<String> unclear =
                new ArrayList<>(Wanted.unclear(event.getLocation().getQueryParameters()));
        if (wanted.project() != null && only.isEmpty()) {
            unclear.add("project");
        }
        add(
                head(scope)
                        .action(new Link(
                                        CallsQuery.path(scope.slug(), wanted.project(), shown.period(), wanted.only()),
                                        translate("costs.to-calls"))
                                .quiet())
                        .action(download(shown, by)),
                new CostFilters(scope, all, wanted, shown.period(), known));
        Wanted.note(unclear).ifPresent(this::add);
        add(found);
        add(new Panel(translate("exports.all"), files(shown)));
    }

    private static PageHead head(TeamScope scope) {
        return new PageHead(translate("nav.costs"))
                .about(translate("costs.about", scope.team().timeZone().getId()));
    }

    /** With its first project there is something to choose and to count. */
    @Override
    protected void settingsChanged(TeamScope scope) {
        if (offered.isEmpty() && !projects.all(scope.id()).isEmpty()) {
            UI.getCurrent().refreshCurrentRoute(false);
        }
    }

    /**
     * All that the page counts.
     *
     * @param all its sums, by whatever
     * @param lines those of the table
     * @param large there are more than the table shows: it has the dearest, and they stand alone
     * @param before what it is compared with
     * @param charged whether files have what is charged
     */
    private record Numbers(
            Breakdown all,
            TableLines lines,
            boolean large,
            CostPeriod before,
            Breakdown earlier,
            Breakdown overTime,
            Dimension stacked,
            ChargebackColumns charged) {}

    /** As of one moment, so that all of it belongs together. */
    private Numbers numbers(Shown shown, List<Dimension> by) {
        Instant at = clock.instant();
        return comparisons.atOneMoment(shown.parts(), () -> numbers(shown, by, at));
    }

    private Numbers numbers(Shown shown, List<Dimension> by, Instant at) {
        CostPeriod before = shown.period()
                .earlier(LocalDate.ofInstant(at, shown.scope().team().timeZone()));
        Breakdown earlier = costs.breakdown(shown.by(before, List.of(Dimension.MONTH)));
        ChargebackColumns charged = charged(shown);
        CostQuery asked = shown.by(shown.period(), by);
        if (by.contains(Dimension.CARD)) {
            Breakdown byStage = costs.breakdown(
                    shown.by(shown.period(), List.of(shown.period().grain(), Dimension.STAGE)));
            Dearest dearest = costs.dearest(asked, MOST_LINES + 1, byStage.total());
            if (dearest.items().size() > MOST_LINES) {
                return large(byStage, dearest, new Earlier(before, earlier), charged);
            }
        }
        Breakdown overTime =
                costs.breakdown(shown.by(shown.period(), List.of(shown.period().grain(), shown.stacked())));
        Breakdown lines = costs.breakdown(asked);
        Markups markups =
                charged == ChargebackColumns.SHOWN ? Markups.of(chargedCosts.sum(shown.parts(), by)) : Markups.NONE;
        var table = new TableLines(comparisons.compare(shown.parts(), by, at), TableLines.Compared.YES, markups);
        return new Numbers(lines, table, false, before, earlier, overTime, shown.stacked(), charged);
    }

    private record Earlier(CostPeriod when, Breakdown costs) {}

    /** Cards come in tens of thousands: what nobody reads is neither asked for nor kept with the page. */
    private static Numbers large(Breakdown byStage, Dearest dearest, Earlier earlier, ChargebackColumns charged) {
        var lines = new Breakdown(dearest.items().subList(0, MOST_LINES), dearest.total());
        return new Numbers(
                byStage,
                new TableLines(CostTable.alone(lines), TableLines.Compared.NO, Markups.NONE),
                true,
                earlier.when(),
                earlier.costs(),
                byStage,
                Dimension.STAGE,
                charged);
    }

    /**
     * What is on the page, to be brought up to date in its place.
     *
     * @param leftOut what the table has not; empty: nothing
     */
    private record Content(Component sums, Chart chart, CostTable table, String leftOut) {}

    private static String leftOut(Shown shown, Numbers now) {
        return now.large() ? DearestNote.text(shown.format().count(MOST_LINES), now.charged()) : "";
    }

    /** The table and the chart stay while they fit: what one sorted, and where one reads, is not lost when money moves. */
    private void fill(Div found, Shown shown, List<Dimension> by, Numbers now) {
        latest = now;
        Content there = content;
        String leftOut = leftOut(shown, now);
        if (now.lines().costs().lines().isEmpty()) {
            content = null;
            found.removeAll();
            found.add(new Panel(
                    shown.span(shown.period()),
                    new EmptyState(
                            VaadinIcon.BAR_CHART_H, translate("costs.nothing"), translate("costs.nothing-why"))));
        } else if (there != null
                && there.table().fits(now.lines())
                && there.leftOut().equals(leftOut)) {
            Component sums = sums(shown, now);
            found.replace(there.sums(), sums);
            there.chart().show(chartData(shown, now, known));
            there.table().show(now.lines(), known);
            content = new Content(sums, there.chart(), there.table(), leftOut);
        } else {
            var fresh = new Content(sums(shown, now), chart(shown, now, known), table(shown, now, by), leftOut);
            content = fresh;
            found.removeAll();
            var lines = new Panel(translate("costs.table"));
            if (!leftOut.isEmpty()) {
                lines.add(new Note(Tone.CALM, leftOut));
            }
            lines.add(fresh.table());
            found.add(fresh.sums(), new Panel(translate("costs.by." + now.stacked()), fresh.chart()), lines);
        }
    }

    private CostTable table(Shown shown, Numbers now, List<Dimension> by) {
        CostTable.Behind behind = (dimension, value) -> behind(shown, by, dimension, value);
        CostTable table = CostTable.of(now.lines(), by, shown.format(), known, behind);
        table.getElement().setAttribute("aria-label", translate("costs.table"));
        return table;
    }

    /** A group's costs alone, by what one would ask next. */
    private static Optional<String> behind(Shown shown, List<Dimension> by, Dimension dimension, String value) {
        Wanted wanted = shown.wanted();
        if (dimension == Dimension.PROJECT) {
            return Optional.of(path(shown, wanted.withProject(value).withBy(Dimension.STAGE)));
        }
        if (dimension == Dimension.DAY || dimension == Dimension.MONTH) {
            return CostPeriod.named(dimension, value)
                    .within(shown.period())
                    .filter(days -> !days.equals(shown.period()))
                    .map(days -> path(
                            shown,
                            wanted.withDays(days).withBy(next(by, dimension)).withThen(null)));
        }
        if (!CostQuery.NARROWING.contains(dimension) || wanted.only().containsKey(dimension)) {
            return Optional.empty();
        }
        return Optional.of(path(
                shown, wanted.with(dimension, value).withBy(next(by, dimension)).withThen(null)));
    }

    /** By what one would ask next: what else is asked for already, or the usual. */
    private static Dimension next(List<Dimension> by, Dimension after) {
        return by.stream()
                .filter(it -> it != after)
                .findFirst()
                .orElse(after == Dimension.STAGE ? Dimension.MODEL : Dimension.STAGE);
    }

    private static String path(Shown shown, Wanted wanted) {
        return Paths.costs(shown.scope().slug()) + "?" + wanted.query().getQueryString();
    }

    private ExportLinks files(Shown shown) {
        return new ExportLinks(
                exports,
                live,
                shown.format(),
                shown.file(),
                () -> List.of(new ReportPart(
                        shown.scope().team(),
                        shown.project(),
                        shown.period().span(),
                        shown.wanted().only())),
                charged(shown));
    }

    private static Component sums(Shown shown, Numbers now) {
        Format format = shown.format();
        Breakdown lines = now.all();
        Breakdown earlier = now.earlier();
        var facts = new Facts()
                .amount(translate("costs.spent"), lines.total(), format)
                .fact(
                        translate("costs.calls"),
                        format.count(lines.items().stream()
                                .mapToLong(it -> it.calls())
                                .sum()))
                .fact(
                        translate("costs.runs"),
                        format.count(lines.items().stream()
                                .mapToLong(it -> it.runs())
                                .sum()))
                .amount(
                        translate(
                                now.before().equals(shown.period().before()) ? "costs.before" : "costs.before-same",
                                shown.span(now.before())),
                        earlier.total(),
                        format);
        if (!earlier.total().isZero()) {
            long change = Format.percentOf(lines.total().minus(earlier.total()), earlier.total());
            facts.fact(translate("costs.change"), (change > 0 ? "+" : "") + format.count(change) + "\u00a0%");
        }
        return new Panel(shown.span(shown.period()), facts);
    }

    private static ChartData chartData(Shown shown, Numbers now, Map<String, String> known) {
        return new CostCharts(shown.format(), group -> CostTable.called(now.stacked(), group, known))
                .overTime(translate("costs.by." + now.stacked()), now.overTime(), shown.period(), now.stacked());
    }

    private static Chart chart(Shown shown, Numbers now, Map<String, String> known) {
        var chart = new Chart();
        chart.addClassName("artemis-chart");
        chart.show(chartData(shown, now, known));
        chart.onSelect(place -> shown.period()
                .at(place)
                .ifPresent(column -> UI.getCurrent()
                        .navigate(
                                Paths.costs(shown.scope().slug()),
                                shown.wanted()
                                        .withDays(column)
                                        .withBy(now.stacked())
                                        .query())));
        return chart;
    }

    private Anchor download(Shown shown, List<Dimension> by) {
        DownloadHandler handler = event -> {
            event.setFileName(shown.file() + ".csv");
            event.setContentType("text/csv; charset=utf-8");
            write(event.getOutputStream(), shown, by);
        };
        var link = new Anchor(handler, translate("costs.download"));
        link.addClassName("artemis-button-link");
        link.addComponentAsFirst(VaadinIcon.DOWNLOAD_ALT.create());
        return link;
    }

    /** What is shown; where the table leaves lines out, all of them, as the database hands them over. */
    private void write(OutputStream to, Shown shown, List<Dimension> by) throws IOException {
        Numbers now = latest;
        if (now != null && !now.large()) {
            CostFile.write(to, now.lines(), by, known);
            return;
        }
        WrittenFirst.send(
                to,
                file -> comparisons.atOneMoment(shown.parts(), () -> {
                    writeAll(file, shown, by);
                    return true;
                }));
    }

    private void writeAll(OutputStream to, Shown shown, List<Dimension> by) {
        ChargebackColumns charged = charged(shown);
        var file = new CostFile(to, new CostFile.Columns(by, charged, TableLines.Compared.NO), known);
        CostQuery all = shown.by(shown.period(), by);
        switch (charged) {
            case LEFT_OUT -> costs.stream(all, line -> file.line(line, BigDecimal.ZERO));
            case SHOWN -> chargedCosts.stream(all, line -> file.line(line.line(), line.markup()));
        }
        file.end();
    }

    private ChargebackColumns charged(Shown shown) {
        return rates.byDay(shown.scope().id()).isEmpty() ? ChargebackColumns.LEFT_OUT : ChargebackColumns.SHOWN;
    }
}
