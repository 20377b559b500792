package dev.artemis.ui.dashboard;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.Location;
import dev.artemis.budgets.BudgetStatus;
import dev.artemis.budgets.LimitPeriod;
import dev.artemis.budgets.LimitScope;
import dev.artemis.projects.Project;
import dev.artemis.reports.Dimension;
import dev.artemis.reports.Forecast;
import dev.artemis.shared.Role;
import dev.artemis.ui.Paths;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.costs.CostCharts;
import dev.artemis.ui.costs.CostPeriod;
import dev.artemis.ui.costs.SharesPanel;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.BudgetBar;
import dev.artemis.ui.parts.Chart;
import dev.artemis.ui.parts.Facts;
import dev.artemis.ui.parts.Link;
import dev.artemis.ui.parts.Note;
import dev.artemis.ui.parts.Panel;
import dev.artemis.ui.parts.Tone;
import dev.artemis.ui.runs.RunList;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All of a dashboard that changes while one looks. */
class Glance extends Div {

    private static final long serialVersionUID = 1;

    private static final long NEARLY = 80;

    private final transient TeamScope scope;
    private final transient Format format;
    private final transient @Nullable Project project;
    private final transient DashboardQuery query;
    private final transient CostPeriod period;
    private final Div warnings = new Div();
    private final Div bars = new Div();
    private final RunsNow runsNow;
    private final Chart overTime = new Chart();
    private final Facts forecast = Facts.inLine();
    private final AlertList alerts;
    private final SharesPanel byStage;
    private final SharesPanel byModel;
    private final TopList byCard;
    private final TopList byKey;
    private final TopList byMember;
    private final RunList recentRuns;
    private final boolean seesRuns;

    Glance(TeamScope scope, @Nullable Project project, List<Project> all, DashboardQuery query, CostPeriod period) {
        this.scope = scope;
        this.format = scope.format();
        this.project = project;
        this.query = query;
        this.period = period;
        this.seesRuns = scope.may(Role.OWNER, Role.DEVELOPER, Role.VIEWER);
        List<Project> shown = project == null ? all : List.of(project);
        this.runsNow = new RunsNow(scope, project);
        this.byStage = new SharesPanel(
                Dimension.STAGE, format, costs(Dimension.STAGE), stage -> costs(Dimension.STAGE, stage));
        this.byModel = new SharesPanel(
                Dimension.MODEL, format, costs(Dimension.MODEL), model -> costs(Dimension.MODEL, model));
        this.byCard = top(Dimension.CARD);
        this.byKey = top(Dimension.KEY);
        this.byMember = top(Dimension.MEMBER);
        this.recentRuns = new RunList(scope, shown);
        this.alerts = new AlertList(scope, all);
        byStage.aside(new Link(costs(Dimension.STAGE), translate("dashboard.all")));
        byModel.aside(new Link(costs(Dimension.MODEL), translate("dashboard.all")));
        build();
    }

    private void build() {
        addClassName("artemis-stack");
        warnings.addClassName("artemis-stack");
        bars.addClassNames("artemis-row", "artemis-row-small");
        overTime.addClassName("artemis-chart");
        overTime.onSelect(place -> period.at(place)
                .map(column -> new Location(costs(column, query.by())))
                .ifPresent(costs -> UI.getCurrent().navigate(costs.getPath(), costs.getQueryParameters())));
        var shares = new Div(byStage, byModel);
        shares.addClassName("artemis-row");
        var tops = new Div(byCard, byKey, byMember);
        tops.addClassNames("artemis-row", "artemis-row-small");
        add(
                warnings,
                bars,
                new Panel(translate("dashboard.over-time", translate("costs.by." + query.by())), forecast, overTime)
                        .aside(new Link(costs(query.by()), translate("dashboard.to-costs"))),
                shares,
                tops,
                new Panel(translate("dashboard.alerts"), alerts)
                        .aside(new Link(Paths.alerts(scope.slug()), translate("dashboard.all"))));
        if (seesRuns) {
            add(new Panel(translate("dashboard.recent-runs"), recentRuns)
                    .aside(new Link(
                            project == null ? Paths.runs(scope.slug()) : Paths.runs(scope.slug(), project.slug()),
                            translate("dashboard.to-runs"))));
        }
    }

    void show(TeamFigures.Figures now) {
        bars.removeAll();
        LimitScope level = project == null ? LimitScope.TENANT : LimitScope.PROJECT;
        for (LimitPeriod each : LimitPeriod.values()) {
            bars.add(panel(now.budgets().window(level, each), CostPeriod.of(each, now.today())));
        }
        if (seesRuns) {
            bars.add(runsNow);
            runsNow.show(now.runsNow());
        }
        warnings.removeAll();
        now.budgets().windows().forEach(window -> warn(window, now.today()));
        overTime.show(
                new CostCharts(format).overTime(translate("costs.by." + query.by()), now.byDay(), period, query.by()));
        foretell(now, level);
        byStage.show(now.byStage());
        byModel.show(now.byModel());
        byCard.show(now.byCard(), now.names());
        byKey.show(now.byKey(), now.names());
        byMember.show(now.byMember(), now.names());
        alerts.show(now.alerts(), now.names());
        recentRuns.show(now.recentRuns());
    }

    private void foretell(TeamFigures.Figures now, LimitScope level) {
        forecast.removeAll();
        foretell(
                translate("dashboard.per-day"),
                format.money(now.forecast().perDay()),
                costs(CostPeriod.lastDays(Forecast.DAYS, now.today().minusDays(1)), query.by()));
        foretell(
                translate("dashboard.by-month-end"),
                format.money(now.forecast().byMonthEnd()),
                costs(CostPeriod.monthOf(now.today()), query.by()));
        BudgetStatus.Window month = now.budgets().window(level, LimitPeriod.MONTHLY);
        if (month.limit() != null) {
            BudgetStatus.Window day = now.budgets().window(level, LimitPeriod.DAILY);
            foretell(
                    translate("dashboard.limit-reached", format.money(month.limit())),
                    expected(
                            Outlook.of(
                                    now.today(),
                                    month.limit(),
                                    month.spent().plus(month.reserved()),
                                    now.forecast().perDay(),
                                    day.spent()),
                            now.usedUp()),
                    Paths.budgets(scope.slug()));
        }
    }

    private String expected(Outlook outlook, @Nullable LocalDate usedUp) {
        return switch (outlook) {
            case Outlook.Reached _ ->
                usedUp == null
                        ? translate("dashboard.limit-passed")
                        : translate("dashboard.limit-passed-on", format.date(usedUp));
            case Outlook.On(LocalDate day) -> translate("dashboard.limit-expected", format.date(day));
            case Outlook.Kept _ -> translate("dashboard.limit-kept");
        };
    }

    /** @param behind the address of what it was reckoned from */
    private void foretell(String name, String value, String behind) {
        var link = new Link(behind, value).quiet();
        link.getElement().setAttribute("aria-label", name + ": " + value);
        forecast.fact(name, link);
    }

    private void warn(BudgetStatus.Window window, LocalDate today) {
        if (window.limit() == null) {
            return;
        }
        long used = Format.percentOf(window.spent().plus(window.reserved()), window.limit());
        if (used >= NEARLY) {
            String key = "dashboard.warning." + window.scope() + "." + window.period();
            warnings.add(new Note(
                    used >= 100 ? Tone.BAD : Tone.WARN,
                    translate(key, format.count(used), format.money(window.limit())),
                    new Link(
                            costs(
                                    window.scope() == LimitScope.TENANT ? null : project,
                                    CostPeriod.of(window.period(), today),
                                    Dimension.STAGE),
                            translate("dashboard.to-costs")),
                    new Text(" · "),
                    new Link(Paths.budgets(scope.slug()), translate("nav.budgets"))));
        }
    }

    private Component panel(BudgetStatus.Window window, CostPeriod when) {
        var bar = new BudgetBar(
                new BudgetBar.Standing(
                        translate("budget." + window.period()),
                        window.limit(),
                        window.spent(),
                        window.reserved(),
                        window.remaining(),
                        window.resetsAt()),
                format);
        var panel = new Div(bar.leadingTo(Paths.budgets(scope.slug()))
                .spentLeadingTo(costs(when, Dimension.STAGE))
                .reservedLeadingTo(
                        project == null
                                ? Paths.reservations(scope.slug())
                                : Paths.reservations(scope.slug(), project.slug())));
        panel.addClassName("artemis-panel");
        return panel;
    }

    private TopList top(Dimension by) {
        return new TopList(by, costs(by), format, one -> costs(by, one));
    }

    /** The costs of one stage, model, card, key or member, by what one would ask next. */
    private String costs(Dimension of, String value) {
        String by = switch (of) {
            case STAGE -> costs(Dimension.MODEL);
            // as finely as cards are summed up
            case CARD -> costs(Dimension.DAY) + "&then=" + Dimension.PROJECT;
            case TENANT, PROJECT, MODEL, PROVIDER, KEY, MEMBER, DAY, MONTH -> costs(Dimension.STAGE);
        };
        return by + "&" + of + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** The costs that a number here is the sum of. */
    private String costs(Dimension by) {
        return costs(period, by);
    }

    private String costs(CostPeriod of, Dimension by) {
        return costs(project, of, by);
    }

    private String costs(@Nullable Project whose, CostPeriod of, Dimension by) {
        return Paths.costs(scope.slug()) + "?" + of.query() + "&by=" + by
                + (whose == null ? "" : "&project=" + whose.slug());
    }
}
