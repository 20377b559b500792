package dev.artemis.ui.costs;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.streams.DownloadHandler;
import dev.artemis.exports.ChargebackColumns;
import dev.artemis.exports.Exports;
import dev.artemis.exports.ReportPart;
import dev.artemis.reports.Breakdown;
import dev.artemis.reports.ChargedCosts;
import dev.artemis.reports.Comparison;
import dev.artemis.reports.Comparisons;
import dev.artemis.reports.CostLine;
import dev.artemis.reports.CostQuery;
import dev.artemis.reports.Costs;
import dev.artemis.reports.Dearest;
import dev.artemis.reports.Dimension;
import dev.artemis.shared.Slug;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import dev.artemis.ui.Live;
import dev.artemis.ui.MainLayout;
import dev.artemis.ui.Paths;
import dev.artemis.ui.Viewer;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.Chart;
import dev.artemis.ui.parts.ChartData;
import dev.artemis.ui.parts.EmptyState;
import dev.artemis.ui.parts.Facts;
import dev.artemis.ui.parts.Note;
import dev.artemis.ui.parts.PageHead;
import dev.artemis.ui.parts.Panel;
import dev.artemis.ui.parts.Tone;
import jakarta.annotation.security.RolesAllowed;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All teams' costs by any two groupings, each team in its own days: for administrators and the platform's finance. */
@Route(value = Paths.ALL_COSTS, layout = MainLayout.class)
@RolesAllowed({"ADMIN", "FINANCE"})
class AllCostsView extends Main implements BeforeEnterObserver, HasDynamicTitle {

    private static final long serialVersionUID = 1;

    /** More lines than anybody reads. See ADR-0048. */
    private static final int MOST_LINES = 250;

    private final transient Viewer viewer;
    private final transient Tenants tenants;
    private final transient Costs costs;
    private final transient Comparisons comparisons;
    private final transient ChargedCosts chargedCosts;
    private final transient Exports exports;
    private final transient NamesOfAll names;
    private final transient Live live;
    private final transient Clock clock;
    /** What is shown is what is taken away. */
    private transient @Nullable Seen latest;
    /** On the page, where there is anything to show. */
    private transient @Nullable Content content;

    AllCostsView(
            Viewer viewer,
            Tenants tenants,
            Costs costs,
            Comparisons comparisons,
            ChargedCosts chargedCosts,
            Exports exports,
            NamesOfAll names,
            Live live,
            Clock clock) {
        this.viewer = viewer;
        this.tenants = tenants;
        this.costs = costs;
        this.comparisons = comparisons;
        this.chargedCosts = chargedCosts;
        this.exports = exports;
        this.names = names;
        this.live = live;
        this.clock = clock;
        addClassName("artemis-page");
        setId("content");
    }

    @Override
    public String getPageTitle() {
        return translate("nav.all-costs") + " · Artemis";
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        viewer.platformFinance();
        removeAll();
        Wanted wanted = Wanted.ofAllTeams(event.getLocation().getQueryParameters());
        var shown =
                new Shown(wanted, clock.instant(), new Format(UI.getCurrent().getLocale(), ZoneOffset.UTC));
        var figures = new Div();
        figures.addClassName("artemis-stack");
        Seen now = look(shown);
        content = null;
        latest = now;
        fill(figures, shown, now);
        add(
                new PageHead(translate("nav.all-costs"))
                        .about(translate("finance.all-about"))
                        .action(download(shown)),
                new CostFilters(wanted, shown.period(), now.names()));
        Wanted.note(Wanted.unclearOfAllTeams(event.getLocation().getQueryParameters()))
                .ifPresent(this::add);
        add(figures);
        // beside what is brought up to date: it says how far an export is
        var exported = new Panel(translate("exports.all"), files(shown));
        exported.setVisible(!now.isEmpty());
        add(exported);
        live.watchAllMoney(figures, () -> look(shown), now, later -> {
            latest = later;
            fill(figures, shown, later);
            exported.setVisible(!later.isEmpty());
        });
    }

    /**
     * What the address asks for.
     *
     * @param opened when: the days stay what they were then
     */
    private record Shown(Wanted wanted, Instant opened, Format format) {

        /** That of a team in UTC. */
        private CostPeriod period() {
            return period(ZoneOffset.UTC);
        }

        private CostPeriod period(ZoneId zone) {
            return wanted.period(LocalDate.ofInstant(opened, zone));
        }

        private List<Dimension> groups() {
            return Dimension.acrossTeams(wanted.groups());
        }

        /** Projects of two teams that are called the same are two: a chart has their teams. */
        private Dimension stacked() {
            Dimension stacked = wanted.stacked(Dimension.TENANT);
            return stacked == Dimension.PROJECT ? Dimension.TENANT : stacked;
        }

        private String span(CostPeriod of) {
            return format.date(of.from()) + " – " + format.date(of.to().minusDays(1));
        }

        private String file() {
            return "artemis-costs-all-%s-%s%s"
                    .formatted(period().from(), period().to().minusDays(1), wanted.narrowed());
        }
    }

    /**
     * All that changes while one looks.
     *
     * @param before what it is compared with, of a team in UTC
     * @param by what the lines are grouped by
     * @param stacked by what the chart's columns are made up
     * @param large there are more lines than the table shows: it has the dearest, and they stand alone
     */
    private record Seen(
            List<Comparisons.Part> parts,
            CostPeriod before,
            List<Dimension> by,
            TableLines table,
            boolean large,
            Breakdown overTime,
            Dimension stacked,
            ChargedCosts.Charged charged,
            Map<String, String> names) {

        private Seen called(Map<String, String> people) {
            return new Seen(parts, before, by, table, large, overTime, stacked, charged, people);
        }

        private List<Tenant> teams() {
            return parts.stream().map(Comparisons.Part::tenant).toList();
        }

        private boolean isEmpty() {
            return table.costs().lines().isEmpty();
        }
    }

    private Seen look(Shown shown) {
        Instant at = clock.instant();
        List<Tenant> all = tenants.all();
        List<Comparisons.Part> parts = all.stream()
                .map(team -> new Comparisons.Part(
                        team,
                        null,
                        shown.period(team.timeZone()).span(),
                        shown.wanted().only()))
                .toList();
        Seen seen = comparisons.atOneMoment(parts, () -> look(shown, parts, at));
        return seen.called(names.of(all, seen.table().costs(), shown.wanted()));
    }

    private Seen look(Shown shown, List<Comparisons.Part> parts, Instant at) {
        CostPeriod before = shown.period().earlier(LocalDate.ofInstant(at, ZoneOffset.UTC));
        ChargedCosts.Charged charged = chargedCosts.sum(parts, List.of(Dimension.TENANT));
        if (shown.groups().contains(Dimension.CARD)) {
            Dearest dearest = comparisons.dearest(parts, shown.groups(), MOST_LINES + 1);
            if (dearest.items().size() > MOST_LINES) {
                return large(shown, parts, before, dearest, charged);
            }
        }
        Markups markups = charged.rated() ? Markups.of(chargedCosts.sum(parts, shown.groups())) : Markups.NONE;
        return new Seen(
                parts,
                before,
                shown.groups(),
                new TableLines(comparisons.compare(parts, shown.groups(), at), TableLines.Compared.YES, markups),
                false,
                comparisons.sum(parts, List.of(shown.period().grain(), shown.stacked())),
                shown.stacked(),
                charged,
                Map.of());
    }

    /** Cards come in tens of thousands: what nobody reads is neither asked for nor kept with the page. */
    private Seen large(
            Shown shown,
            List<Comparisons.Part> parts,
            CostPeriod before,
            Dearest dearest,
            ChargedCosts.Charged charged) {
        var lines = new Breakdown(dearest.items().subList(0, MOST_LINES), dearest.total());
        return new Seen(
                parts,
                before,
                Comparisons.withTeam(parts, shown.groups()),
                new TableLines(CostTable.alone(lines), TableLines.Compared.NO, Markups.NONE),
                true,
                comparisons.sum(parts, List.of(shown.period().grain(), Dimension.TENANT)),
                Dimension.TENANT,
                charged,
                Map.of());
    }

    /**
     * What is on the page, to be brought up to date in its place.
     *
     * @param leftOut what the table has not; empty: nothing
     */
    private record Content(Component sums, Chart chart, CostTable table, Component charged, String leftOut) {}

    private static String leftOut(Shown shown, Seen seen) {
        return seen.large() ? DearestNote.text(shown.format().count(MOST_LINES), columns(seen)) : "";
    }

    private static ChargebackColumns columns(Seen seen) {
        return seen.charged().rated() ? ChargebackColumns.SHOWN : ChargebackColumns.LEFT_OUT;
    }

    /** The table and the chart stay: what one sorted, and where one reads, is not lost when money moves. */
    private void fill(Div figures, Shown shown, Seen seen) {
        Content there = content;
        TableLines lines = seen.table();
        String leftOut = leftOut(shown, seen);
        if (seen.isEmpty()) {
            content = null;
            figures.removeAll();
            figures.add(new Panel(
                    shown.span(shown.period()),
                    new EmptyState(
                            VaadinIcon.BAR_CHART_H, translate("costs.nothing"), translate("finance.nothing-why"))));
        } else if (there != null && there.table().fits(lines) && there.leftOut().equals(leftOut)) {
            var now = new Content(sums(shown, seen), there.chart(), there.table(), charged(shown, seen), leftOut);
            content = now;
            figures.replace(there.sums(), now.sums());
            figures.replace(there.charged(), now.charged());
            now.chart().show(chartData(shown, seen));
            now.table().show(lines, seen.names());
        } else {
            var fresh = new Content(
                    sums(shown, seen), chart(shown, seen), table(shown, seen), charged(shown, seen), leftOut);
            content = fresh;
            figures.removeAll();
            var table = new Panel(translate("costs.table"));
            if (!leftOut.isEmpty()) {
                table.add(new Note(Tone.CALM, leftOut));
            }
            table.add(fresh.table());
            figures.add(
                    fresh.sums(),
                    new Panel(translate("costs.by." + seen.stacked()), fresh.chart()),
                    table,
                    fresh.charged());
        }
    }

    /** What chargeback rates make of it, where there are any. */
    private static Component charged(Shown shown, Seen seen) {
        var charged = new ChargedPanel(
                seen.charged(), shown.format(), slug -> seen.names().getOrDefault(CostTable.team(slug), slug));
        charged.setVisible(seen.charged().rated());
        return charged;
    }

    private static Panel sums(Shown shown, Seen seen) {
        Format format = shown.format();
        Comparison compared = seen.table().costs();
        var facts = new Facts().amount(translate("costs.spent"), compared.total(), format);
        if (seen.table().compared() == TableLines.Compared.YES) {
            facts.amount(
                            translate(
                                    seen.before().equals(shown.period().before())
                                            ? "costs.before"
                                            : "costs.before-same",
                                    shown.span(seen.before())),
                            compared.totalBefore(),
                            format)
                    .amount(translate("costs.variance"), compared.variance(), format);
        }
        return new Panel(shown.span(shown.period()), facts);
    }

    private static Chart chart(Shown shown, Seen seen) {
        var chart = new Chart();
        chart.addClassName("artemis-chart");
        chart.show(chartData(shown, seen));
        chart.onSelect(place -> shown.period()
                .at(place)
                .ifPresent(column -> UI.getCurrent()
                        .navigate(
                                Paths.ALL_COSTS,
                                shown.wanted()
                                        .withDays(column)
                                        .withBy(seen.stacked())
                                        .query())));
        return chart;
    }

    private static ChartData chartData(Shown shown, Seen seen) {
        Dimension stacked = seen.stacked();
        var charts = new CostCharts(shown.format(), group -> CostTable.called(stacked, group, seen.names()));
        return charts.overTime(translate("costs.by." + stacked), seen.overTime(), shown.period(), stacked);
    }

    private static CostTable table(Shown shown, Seen seen) {
        var behind = new BehindAll(shown.wanted());
        CostTable table = CostTable.of(seen.table(), seen.by(), shown.format(), seen.names(), behind);
        table.getElement().setAttribute("aria-label", translate("costs.table"));
        return table;
    }

    /** A team, and what is a team's own, leads to the team's costs; what several have to it alone, by team. */
    private record BehindAll(Wanted wanted) implements CostTable.Behind {

        @Override
        public Optional<String> path(Dimension dimension, CostLine line) {
            String team = line.group().getOrDefault(Dimension.TENANT, "");
            String value = line.group().getOrDefault(dimension, "");
            return switch (dimension) {
                case TENANT -> Optional.of(ofTeam(team, wanted));
                case PROJECT -> Optional.of(ofTeam(team, wanted.withProject(value)));
                case STAGE, MODEL, PROVIDER, CARD, KEY, MEMBER, DAY, MONTH -> path(dimension, value);
            };
        }

        @Override
        public Optional<String> path(Dimension dimension, String value) {
            return CostQuery.NARROWING.contains(dimension) && !wanted.only().containsKey(dimension)
                    ? Optional.of(Paths.ALL_COSTS + "?"
                            + wanted.with(dimension, value)
                                    .withBy(Dimension.TENANT)
                                    .withThen(null)
                                    .query()
                                    .getQueryString())
                    : Optional.empty();
        }

        private static String ofTeam(String team, Wanted wanted) {
            return Paths.costs(new Slug(team)) + "?"
                    + wanted.withBy(Dimension.STAGE)
                            .withThen(Dimension.MODEL)
                            .query()
                            .getQueryString();
        }
    }

    private Anchor download(Shown shown) {
        DownloadHandler handler = event -> {
            event.setFileName(shown.file() + ".csv");
            event.setContentType("text/csv; charset=utf-8");
            write(event.getOutputStream(), Objects.requireNonNull(latest));
        };
        var link = new Anchor(handler, translate("costs.download"));
        link.addClassName("artemis-button-link");
        link.addComponentAsFirst(VaadinIcon.DOWNLOAD_ALT.create());
        return link;
    }

    /** What is shown; where the table leaves lines out, all of them, as the database hands them over. */
    private void write(OutputStream to, Seen seen) throws IOException {
        if (!seen.large()) {
            CostFile.write(to, seen.table(), seen.by(), seen.names());
            return;
        }
        WrittenFirst.send(
                to,
                file -> comparisons.atOneMoment(seen.parts(), () -> {
                    writeAll(file, seen);
                    return true;
                }));
    }

    private void writeAll(OutputStream to, Seen seen) {
        ChargebackColumns charged = columns(seen);
        var file = new CostFile(to, new CostFile.Columns(seen.by(), charged, TableLines.Compared.NO), seen.names());
        for (Comparisons.Part part : seen.parts()) {
            CostQuery all = part.by(seen.by());
            switch (charged) {
                case LEFT_OUT -> costs.stream(all, line -> file.line(line, BigDecimal.ZERO));
                case SHOWN -> chargedCosts.stream(all, line -> file.line(line.line(), line.markup()));
            }
        }
        file.end();
    }

    private ExportLinks files(Shown shown) {
        return new ExportLinks(
                exports, live, shown.format(), shown.file(), () -> parts(shown), ChargebackColumns.SHOWN);
    }

    /** Of the teams that are shown by then. */
    private List<ReportPart> parts(Shown shown) {
        return Objects.requireNonNull(latest).teams().stream()
                .map(team -> new ReportPart(
                        team,
                        null,
                        shown.period(team.timeZone()).span(),
                        shown.wanted().only()))
                .toList();
    }
}
