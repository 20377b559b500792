package dev.artemis.ui.costs;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import dev.artemis.access.ApiKeys;
import dev.artemis.access.Members;
import dev.artemis.chargeback.ChargebackRates;
import dev.artemis.exports.ChargebackColumns;
import dev.artemis.exports.Exports;
import dev.artemis.exports.ReportPart;
import dev.artemis.projects.Project;
import dev.artemis.projects.Projects;
import dev.artemis.reports.Breakdown;
import dev.artemis.reports.Comparisons;
import dev.artemis.reports.Costs;
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
import dev.artemis.ui.parts.EmptyState;
import dev.artemis.ui.parts.Facts;
import dev.artemis.ui.parts.PageHead;
import dev.artemis.ui.parts.Panel;
import jakarta.annotation.security.PermitAll;
import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A team's costs by any two groupings: chart and table of the same numbers, compared and taken away. */
@Route(value = "teams/:team/costs", layout = MainLayout.class)
@PermitAll
@TeamRoles({Role.OWNER, Role.DEVELOPER, Role.FINANCE, Role.VIEWER})
class CostsView extends TeamPage {

    private static final long serialVersionUID = 1;

    private final transient Costs costs;
    private final transient Comparisons comparisons;
    private final transient Exports exports;
    private final transient ChargebackRates rates;
    private final transient Live live;
    private final transient Projects projects;
    private final transient Names names;
    private final transient Clock clock;

    CostsView(
            Viewer viewer,
            Costs costs,
            Comparisons comparisons,
            Exports exports,
            ChargebackRates rates,
            Live live,
            Projects projects,
            Names names,
            Clock clock) {
        super(viewer);
        this.costs = costs;
        this.comparisons = comparisons;
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

        Map<String, String> of(TeamScope scope, List<Project> projects, List<Dimension> by) {
            Map<String, String> names = new HashMap<>();
            if (by.contains(Dimension.KEY)) {
                projects.forEach(project -> keys.all(scope.id(), project.id())
                        .forEach(key -> names.put(key.id().toString(), key.name())));
            }
            if (by.contains(Dimension.MEMBER)) {
                members.all(scope.id())
                        .forEach(member -> names.put(member.user().toString(), member.email()));
            }
            return names;
        }
    }

    @Override
    protected void show(TeamScope scope, BeforeEnterEvent event) {
        title(translate("nav.costs"), scope);
        Wanted wanted = Wanted.of(event.getLocation().getQueryParameters());
        LocalDate today = LocalDate.ofInstant(clock.instant(), scope.team().timeZone());
        CostPeriod period = wanted.period(today);
        List<Project> all = projects.all(scope.id());
        ProjectId only = project(all, wanted.project()).map(Project::id).orElse(null);
        List<Dimension> by = new ArrayList<>(List.of(wanted.by()));
        if (wanted.then() != null) {
            by.add(wanted.then());
        }
        Breakdown lines = costs.breakdown(scope.id(), only, period.span(), by);
        Format format = scope.format();
        add(
                new PageHead(translate("nav.costs"))
                        .about(translate("costs.about", scope.team().timeZone().getId()))
                        .action(download(scope, period, lines, by)),
                filters(scope, all, wanted, period));
        if (lines.items().isEmpty()) {
            add(new Panel(
                    span(period, format),
                    new EmptyState(
                            VaadinIcon.BAR_CHART_H, translate("costs.nothing"), translate("costs.nothing-why"))));
            return;
        }
        add(sums(scope, only, period, lines, format), chart(scope, only, period, wanted, format));
        Map<String, String> known = names.of(scope, all, by);
        boolean overTime = by.contains(Dimension.DAY) || by.contains(Dimension.MONTH);
        CostTable table = overTime
                ? CostTable.of(lines, by, format, known)
                : CostTable.of(
                        comparisons.compare(List.of(new Comparisons.Part(scope.team(), only, period.span())), by),
                        by,
                        format,
                        known);
        table.getElement().setAttribute("aria-label", translate("costs.table"));
        add(
                new Panel(translate("costs.table"), table),
                new Panel(translate("exports.all"), files(scope, only, period)));
    }

    private ExportLinks files(TeamScope scope, @Nullable ProjectId only, CostPeriod period) {
        return new ExportLinks(
                exports,
                live,
                scope.format(),
                "artemis-costs-%s-%s-%s"
                        .formatted(scope.slug(), period.from(), period.to().minusDays(1)),
                List.of(new ReportPart(scope.team(), only, period.span())),
                rates.byDay(scope.id()).isEmpty() ? ChargebackColumns.LEFT_OUT : ChargebackColumns.SHOWN);
    }

    private static Optional<Project> project(List<Project> all, @Nullable String slug) {
        return all.stream().filter(it -> it.slug().value().equals(slug)).findFirst();
    }

    private Component sums(
            TeamScope scope, @Nullable ProjectId only, CostPeriod period, Breakdown lines, Format format) {
        CostPeriod before = period.before();
        Breakdown earlier = costs.breakdown(scope.id(), only, before.span(), List.of(Dimension.MONTH));
        var facts = new Facts()
                .fact(translate("costs.spent"), format.exact(lines.total()))
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
                .fact(translate("costs.before", span(before, format)), format.exact(earlier.total()));
        if (!earlier.total().isZero()) {
            long change = Format.percentOf(lines.total().minus(earlier.total()), earlier.total());
            facts.fact(translate("costs.change"), (change > 0 ? "+" : "") + format.count(change) + "\u00a0%");
        }
        return new Panel(span(period, format), facts);
    }

    private Component chart(
            TeamScope scope, @Nullable ProjectId only, CostPeriod period, Wanted wanted, Format format) {
        boolean time = wanted.by() == Dimension.DAY || wanted.by() == Dimension.MONTH;
        Dimension shown = !time ? wanted.by() : wanted.then() == null ? Dimension.STAGE : wanted.then();
        Breakdown overTime = costs.breakdown(scope.id(), only, period.span(), List.of(period.grain(), shown));
        var chart = new Chart();
        chart.addClassName("artemis-chart");
        String label = translate("costs.by." + shown);
        chart.show(new CostCharts(format).overTime(label, overTime, period, shown));
        return new Panel(label, chart);
    }

    private static String span(CostPeriod period, Format format) {
        return format.date(period.from()) + " – " + format.date(period.to().minusDays(1));
    }

    private static Anchor download(TeamScope scope, CostPeriod period, Breakdown lines, List<Dimension> by) {
        String name = "artemis-costs-%s-%s-%s.csv"
                .formatted(scope.slug(), period.from(), period.to().minusDays(1));
        var link = new Anchor(
                DownloadHandler.fromInputStream(request -> {
                    byte[] bytes = CostFile.of(lines, by);
                    return new DownloadResponse(
                            new ByteArrayInputStream(bytes), name, "text/csv; charset=utf-8", bytes.length);
                }),
                translate("costs.download"));
        link.addClassName("artemis-button-link");
        link.addComponentAsFirst(VaadinIcon.DOWNLOAD_ALT.create());
        return link;
    }

    private static Component filters(TeamScope scope, List<Project> all, Wanted wanted, CostPeriod period) {
        var preset = new Select<Wanted.Preset>();
        preset.setLabel(translate("costs.period"));
        preset.setItemLabelGenerator(it -> translate("costs.period." + it));
        preset.setItems(Wanted.Preset.values());
        preset.setValue(wanted.preset());
        preset.addValueChangeListener(change -> open(
                scope,
                change.getValue() == Wanted.Preset.CUSTOM
                        ? wanted.withDays(period)
                        : wanted.withPreset(change.getValue())));
        var project = new Select<Project>();
        project.setLabel(translate("project"));
        project.setEmptySelectionAllowed(true);
        project.setEmptySelectionCaption(translate("dashboard.all-projects"));
        project.setItemLabelGenerator(it -> it == null ? translate("dashboard.all-projects") : it.name());
        project.setItems(all);
        project.setValue(project(all, wanted.project()).orElse(null));
        project.addValueChangeListener(change -> open(
                scope,
                wanted.withProject(
                        change.getValue() == null
                                ? null
                                : change.getValue().slug().value())));
        var by = new Select<Dimension>();
        by.setLabel(translate("costs.group"));
        by.setItemLabelGenerator(it -> translate("costs.dimension." + it));
        by.setItems(groupings().toList());
        by.setValue(wanted.by());
        by.addValueChangeListener(change -> open(scope, wanted.withBy(change.getValue())));
        var then = new Select<Dimension>();
        then.setLabel(translate("costs.then"));
        then.setEmptySelectionAllowed(true);
        then.setEmptySelectionCaption(translate("costs.then-none"));
        then.setItemLabelGenerator(
                it -> it == null ? translate("costs.then-none") : translate("costs.dimension." + it));
        then.setItems(groupings().filter(it -> it != wanted.by()).toList());
        then.setValue(wanted.then());
        then.addValueChangeListener(change -> open(scope, wanted.withThen(change.getValue())));
        var filters = new Div(preset);
        filters.addClassName("artemis-filters");
        if (wanted.preset() == Wanted.Preset.CUSTOM) {
            filters.add(days(scope, wanted, period));
        }
        filters.add(project, by, then);
        return filters;
    }

    /** A team's page has one team. */
    private static Stream<Dimension> groupings() {
        return Arrays.stream(Dimension.values()).filter(it -> it != Dimension.TENANT);
    }

    private static Component days(TeamScope scope, Wanted wanted, CostPeriod period) {
        var from = new DatePicker(translate("costs.from"), period.from());
        var last = new DatePicker(translate("costs.to"), period.to().minusDays(1));
        last.setMin(period.from());
        from.setMax(period.to().minusDays(1));
        from.addValueChangeListener(change -> {
            if (change.getValue() != null && change.getValue().isBefore(period.to())) {
                open(scope, wanted.withDays(new CostPeriod(change.getValue(), period.to())));
            }
        });
        last.addValueChangeListener(change -> {
            if (change.getValue() != null && !change.getValue().isBefore(period.from())) {
                open(
                        scope,
                        wanted.withDays(
                                new CostPeriod(period.from(), change.getValue().plusDays(1))));
            }
        });
        var both = new Div(from, last);
        both.addClassName("artemis-filters");
        return both;
    }

    private static void open(TeamScope scope, Wanted wanted) {
        UI.getCurrent().navigate(Paths.costs(scope.slug()), wanted.query());
    }
}
