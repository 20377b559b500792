package dev.artemis.ui.dashboard;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.artemis.budgets.BudgetStatus;
import dev.artemis.budgets.LimitPeriod;
import dev.artemis.budgets.LimitScope;
import dev.artemis.projects.Project;
import dev.artemis.projects.Projects;
import dev.artemis.reports.Dimension;
import dev.artemis.shared.Role;
import dev.artemis.ui.Live;
import dev.artemis.ui.MainLayout;
import dev.artemis.ui.Paths;
import dev.artemis.ui.TeamPage;
import dev.artemis.ui.TeamRoles;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.Viewer;
import dev.artemis.ui.costs.CostCharts;
import dev.artemis.ui.costs.CostPeriod;
import dev.artemis.ui.costs.SharesPanel;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.BudgetBar;
import dev.artemis.ui.parts.Chart;
import dev.artemis.ui.parts.EmptyState;
import dev.artemis.ui.parts.Facts;
import dev.artemis.ui.parts.Link;
import dev.artemis.ui.parts.Note;
import dev.artemis.ui.parts.PageHead;
import dev.artemis.ui.parts.Panel;
import dev.artemis.ui.parts.Tone;
import dev.artemis.ui.runs.RunList;
import jakarta.annotation.security.PermitAll;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A team at a glance: what is spent and left, on what, and what runs. Brings itself up to date. */
@Route(value = "teams/:team", layout = MainLayout.class)
@PermitAll
@TeamRoles({Role.OWNER, Role.DEVELOPER, Role.FINANCE, Role.VIEWER})
class DashboardView extends TeamPage {

    private static final long serialVersionUID = 1;

    private static final Duration PAUSE = Duration.ofSeconds(3);

    private final transient TeamFigures figures;
    private final transient Projects projects;
    private final transient Live live;

    DashboardView(Viewer viewer, TeamFigures figures, Projects projects, Live live) {
        super(viewer);
        this.figures = figures;
        this.projects = projects;
        this.live = live;
    }

    @Override
    protected void show(TeamScope scope, BeforeEnterEvent event) {
        title(translate("nav.dashboard"), scope);
        List<Project> all = projects.all(scope.id());
        Project chosen = chosen(event, all).orElse(null);
        PageHead head = new PageHead(scope.team().name()).about(translate("dashboard.about"));
        add(head);
        if (scope.team().suspended()) {
            add(new Note(Tone.WARN, translate("dashboard.suspended")));
        }
        if (all.isEmpty()) {
            add(firstSteps(scope));
            return;
        }
        head.action(projectChoice(scope, all, chosen));
        Glance glance = new Glance(scope, chosen, all, figures.month(scope));
        add(glance);
        TeamFigures.Figures now = figures.of(scope, chosen, all);
        glance.show(now);
        live.watch(glance, PAUSE, () -> figures.of(scope, chosen, all), now, glance::show);
    }

    private static Optional<Project> chosen(BeforeEnterEvent event, List<Project> all) {
        return event.getLocation()
                .getQueryParameters()
                .getSingleParameter("project")
                .flatMap(slug -> all.stream()
                        .filter(it -> it.slug().value().equals(slug))
                        .findFirst());
    }

    private static Component firstSteps(TeamScope scope) {
        return new Panel(
                translate("dashboard.first"),
                new EmptyState(
                        VaadinIcon.ROCKET,
                        translate("dashboard.no-project"),
                        translate("dashboard.no-project-why"),
                        new Link(Paths.projects(scope.slug()), translate("dashboard.to-projects"))));
    }

    private static Select<Project> projectChoice(TeamScope scope, List<Project> all, @Nullable Project chosen) {
        var choice = new Select<Project>();
        choice.setAriaLabel(translate("project"));
        choice.setEmptySelectionAllowed(true);
        choice.setEmptySelectionCaption(translate("dashboard.all-projects"));
        choice.setItemLabelGenerator(it -> it == null ? translate("dashboard.all-projects") : it.name());
        choice.setItems(all);
        choice.setValue(chosen);
        choice.addValueChangeListener(change -> {
            Project project = change.getValue();
            QueryParameters query = project == null
                    ? QueryParameters.empty()
                    : QueryParameters.simple(Map.of("project", project.slug().value()));
            UI.getCurrent().navigate(Paths.dashboard(scope.slug()), query);
        });
        return choice;
    }

    /** All that changes while one looks. */
    private static final class Glance extends Div {

        private static final long serialVersionUID = 1;

        private static final long NEARLY = 80;

        private final transient Format format;
        private final Div warnings = new Div();
        private final Div bars = new Div();
        private final Chart overTime = new Chart();
        private final Facts forecast = Facts.inLine();
        private final AlertList alerts;
        private final SharesPanel byStage;
        private final SharesPanel byModel;
        private final RunList recentRuns;
        private final boolean ofProject;
        private final transient CostPeriod month;

        Glance(TeamScope scope, @Nullable Project project, List<Project> all, CostPeriod month) {
            this.format = scope.format();
            this.ofProject = project != null;
            this.byStage = new SharesPanel(Dimension.STAGE, format);
            this.byModel = new SharesPanel(Dimension.MODEL, format);
            this.recentRuns = new RunList(scope, all);
            this.alerts = new AlertList(scope, all);
            this.month = month;
            addClassName("artemis-stack");
            warnings.addClassName("artemis-stack");
            bars.addClassName("artemis-row");
            overTime.addClassName("artemis-chart");
            var shares = new Div(byStage, byModel);
            shares.addClassName("artemis-row");
            add(
                    warnings,
                    bars,
                    new Panel(translate("dashboard.over-time"), forecast, overTime)
                            .aside(new Link(Paths.costs(scope.slug()), translate("dashboard.to-costs"))),
                    shares,
                    new Panel(translate("dashboard.alerts"), alerts));
            if (scope.may(Role.OWNER, Role.DEVELOPER, Role.VIEWER)) {
                add(new Panel(translate("dashboard.recent-runs"), recentRuns)
                        .aside(new Link(Paths.runs(scope.slug()), translate("dashboard.to-runs"))));
            }
        }

        void show(TeamFigures.Figures now) {
            bars.removeAll();
            List<BudgetStatus.Window> shown = windows(now.budgets());
            shown.forEach(window -> bars.add(panel(window)));
            warnings.removeAll();
            now.budgets().windows().forEach(this::warn);
            overTime.show(new CostCharts(format)
                    .overTime(translate("dashboard.over-time"), now.byDay(), month, Dimension.STAGE));
            forecast.removeAll();
            forecast.fact(
                            translate("dashboard.per-day"),
                            format.money(now.forecast().perDay()))
                    .fact(
                            translate("dashboard.by-month-end"),
                            format.money(now.forecast().byMonthEnd()));
            byStage.show(now.byStage());
            byModel.show(now.byModel());
            alerts.show(now.alerts());
            recentRuns.show(now.recentRuns());
        }

        private void warn(BudgetStatus.Window window) {
            if (window.limit() == null) {
                return;
            }
            long used = Format.percentOf(window.spent().plus(window.reserved()), window.limit());
            if (used >= NEARLY) {
                String key = "dashboard.warning." + window.scope() + "." + window.period();
                warnings.add(new Note(
                        used >= 100 ? Tone.BAD : Tone.WARN,
                        translate(key, format.count(used), format.money(window.limit()))));
            }
        }

        private List<BudgetStatus.Window> windows(BudgetStatus status) {
            List<BudgetStatus.Window> windows = new ArrayList<>();
            LimitScope level = ofProject ? LimitScope.PROJECT : LimitScope.TENANT;
            windows.add(status.window(level, LimitPeriod.DAILY));
            windows.add(status.window(level, LimitPeriod.MONTHLY));
            return windows;
        }

        private Component panel(BudgetStatus.Window window) {
            String title = translate("budget." + window.period());
            var bar = new BudgetBar(
                    new BudgetBar.Standing(
                            title,
                            window.limit(),
                            window.spent(),
                            window.reserved(),
                            window.remaining(),
                            window.resetsAt()),
                    format);
            var panel = new Div(bar);
            panel.addClassName("artemis-panel");
            return panel;
        }
    }
}
