package dev.artemis.ui.finance;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.artemis.exports.ChargebackColumns;
import dev.artemis.exports.Exports;
import dev.artemis.exports.ReportPart;
import dev.artemis.reports.ChargedCosts;
import dev.artemis.reports.Comparison;
import dev.artemis.reports.Comparisons;
import dev.artemis.reports.Dimension;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import dev.artemis.ui.Live;
import dev.artemis.ui.MainLayout;
import dev.artemis.ui.Paths;
import dev.artemis.ui.Viewer;
import dev.artemis.ui.costs.CostPeriod;
import dev.artemis.ui.costs.CostTable;
import dev.artemis.ui.costs.ExportLinks;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.EmptyState;
import dev.artemis.ui.parts.Facts;
import dev.artemis.ui.parts.PageHead;
import dev.artemis.ui.parts.Panel;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** All teams' costs, each in its own days: for administrators and the platform's finance. */
@Route(value = Paths.ALL_COSTS, layout = MainLayout.class)
@RolesAllowed({"ADMIN", "FINANCE"})
class AllCostsView extends Main implements BeforeEnterObserver, HasDynamicTitle {

    private static final long serialVersionUID = 1;

    private final transient Viewer viewer;
    private final transient Tenants tenants;
    private final transient Comparisons comparisons;
    private final transient ChargedCosts chargedCosts;
    private final transient Exports exports;
    private final transient Live live;
    private final transient Clock clock;

    AllCostsView(
            Viewer viewer,
            Tenants tenants,
            Comparisons comparisons,
            ChargedCosts chargedCosts,
            Exports exports,
            Live live,
            Clock clock) {
        this.viewer = viewer;
        this.tenants = tenants;
        this.comparisons = comparisons;
        this.chargedCosts = chargedCosts;
        this.exports = exports;
        this.live = live;
        this.clock = clock;
        addClassName("artemis-page");
        setId("content");
    }

    /** Stretches of time that finance asks for. */
    enum Preset {
        MONTH,
        LAST_MONTH,
        YEAR;

        CostPeriod period(LocalDate today) {
            return switch (this) {
                case MONTH -> CostPeriod.monthOf(today);
                case LAST_MONTH -> CostPeriod.monthOf(today).before();
                case YEAR -> CostPeriod.lastYear(today);
            };
        }
    }

    @Override
    public String getPageTitle() {
        return translate("nav.all-costs") + " · Artemis";
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        viewer.platformFinance();
        removeAll();
        QueryParameters query = event.getLocation().getQueryParameters();
        Preset preset = chosen(query, "period", Preset.values(), Preset.MONTH);
        Dimension by = chosen(query, "by", groupings().toArray(Dimension[]::new), Dimension.TENANT);
        var shown = new Shown(preset, by);
        var figures = new Div();
        figures.addClassName("artemis-stack");
        add(
                new PageHead(translate("nav.all-costs")).about(translate("finance.all-about")),
                filters(preset, by),
                figures);
        var format = new Format(UI.getCurrent().getLocale(), ZoneOffset.UTC);
        Seen now = look(shown);
        fill(figures, shown, now, format);
        // beside what is brought up to date: it says how far an export is
        var exported = new Panel(translate("exports.all"), files(preset, now.teams(), format));
        exported.setVisible(!now.costs().lines().isEmpty());
        add(exported);
        live.watchAllMoney(figures, () -> look(shown), now, later -> {
            fill(figures, shown, later, format);
            exported.setVisible(!later.costs().lines().isEmpty());
        });
    }

    /** What the address asks for. */
    private record Shown(Preset preset, Dimension by) {

        private List<Dimension> groups() {
            return by == Dimension.TENANT ? List.of(by) : List.of(by, Dimension.TENANT);
        }
    }

    /** All that changes while one looks. */
    private record Seen(List<Tenant> teams, Comparison costs, ChargedCosts.Charged charged) {}

    private Seen look(Shown shown) {
        List<Tenant> all = tenants.all();
        List<Comparisons.Part> parts = all.stream()
                .map(team -> new Comparisons.Part(
                        team, null, period(shown.preset(), team.timeZone()).span()))
                .toList();
        return new Seen(
                all, comparisons.compare(parts, shown.groups()), chargedCosts.sum(parts, List.of(Dimension.TENANT)));
    }

    private void fill(Div figures, Shown shown, Seen seen, Format format) {
        figures.removeAll();
        Comparison costs = seen.costs();
        if (costs.lines().isEmpty()) {
            figures.add(new Panel(
                    translate("costs.period." + shown.preset()),
                    new EmptyState(
                            VaadinIcon.BAR_CHART_H, translate("costs.nothing"), translate("finance.nothing-why"))));
            return;
        }
        CostTable table = CostTable.of(costs, shown.groups(), format, Map.of());
        table.getElement().setAttribute("aria-label", translate("costs.table"));
        figures.add(
                new Panel(
                        translate("costs.period." + shown.preset()),
                        new Facts()
                                .fact(translate("costs.spent"), format.exact(costs.total()))
                                .fact(translate("costs.previous"), format.exact(costs.totalBefore()))
                                .fact(translate("costs.variance"), format.exact(costs.variance()))),
                new Panel(translate("costs.table"), table));
        if (seen.charged().markup().signum() != 0) {
            figures.add(new ChargedPanel(seen.charged(), format));
        }
    }

    private ExportLinks files(Preset preset, List<Tenant> all, Format format) {
        List<ReportPart> parts = all.stream()
                .map(team -> new ReportPart(
                        team, null, period(preset, team.timeZone()).span()))
                .toList();
        String name = "artemis-costs-all-" + period(preset, ZoneOffset.UTC).from();
        return new ExportLinks(exports, live, format, name, parts, ChargebackColumns.SHOWN);
    }

    private CostPeriod period(Preset preset, ZoneId zone) {
        return preset.period(LocalDate.ofInstant(clock.instant(), zone));
    }

    private static Component filters(Preset preset, Dimension by) {
        var filters = new Div(
                select("costs.period", Preset.values(), preset, it -> "costs.period." + it, it -> query(it, by)),
                select(
                        "costs.group",
                        groupings().toArray(Dimension[]::new),
                        by,
                        it -> "costs.dimension." + it,
                        it -> query(preset, it)));
        filters.addClassName("artemis-filters");
        return filters;
    }

    private static <T> Select<T> select(
            String label, T[] choices, T chosen, Function<T, String> key, Function<T, QueryParameters> query) {
        var select = new Select<T>();
        select.setLabel(translate(label));
        select.setItemLabelGenerator(it -> translate(key.apply(it)));
        select.setItems(choices);
        select.setValue(chosen);
        select.addValueChangeListener(
                change -> UI.getCurrent().navigate(Paths.ALL_COSTS, query.apply(change.getValue())));
        return select;
    }

    private static QueryParameters query(Preset preset, Dimension by) {
        return QueryParameters.simple(Map.of("period", preset.name().toLowerCase(Locale.ROOT), "by", by.toString()));
    }

    /** Keys and members are a team's own; days are of each team's zone. */
    private static Stream<Dimension> groupings() {
        return Stream.of(
                Dimension.TENANT,
                Dimension.PROJECT,
                Dimension.STAGE,
                Dimension.MODEL,
                Dimension.PROVIDER,
                Dimension.CARD);
    }

    private static <T extends Enum<T>> T chosen(QueryParameters query, String name, T[] choices, T otherwise) {
        return query.getSingleParameter(name).stream()
                .flatMap(text -> Arrays.stream(choices).filter(it -> it.name().equalsIgnoreCase(text)))
                .findFirst()
                .orElse(otherwise);
    }
}
