package dev.artemis.ui.budgets;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import dev.artemis.budgets.BudgetStatus;
import dev.artemis.budgets.Budgets;
import dev.artemis.budgets.Level;
import dev.artemis.budgets.LimitHistory;
import dev.artemis.budgets.LimitPeriod;
import dev.artemis.budgets.LimitPreviews;
import dev.artemis.budgets.LimitScope;
import dev.artemis.budgets.Limits;
import dev.artemis.notices.Topic;
import dev.artemis.projects.Project;
import dev.artemis.projects.Projects;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Role;
import dev.artemis.ui.Live;
import dev.artemis.ui.MainLayout;
import dev.artemis.ui.Problems;
import dev.artemis.ui.TeamPage;
import dev.artemis.ui.TeamRoles;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.Viewer;
import dev.artemis.ui.parts.BudgetBar;
import dev.artemis.ui.parts.Note;
import dev.artemis.ui.parts.Notices;
import dev.artemis.ui.parts.PageHead;
import dev.artemis.ui.parts.Panel;
import dev.artemis.ui.parts.Tone;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Limits of a team and its projects: an administrator sets the team's, an owner the projects'. */
@Route(value = "teams/:team/budgets", layout = MainLayout.class)
@PermitAll
@TeamRoles({Role.OWNER, Role.DEVELOPER, Role.FINANCE, Role.VIEWER})
class BudgetsView extends TeamPage {

    private static final long serialVersionUID = 1;

    private final transient Viewer viewer;
    private final transient Budgets budgets;
    private final transient LimitPreviews previews;
    private final transient LimitHistory history;
    private final transient Projects projects;
    private final transient Live live;
    private final transient Clock clock;

    BudgetsView(
            Viewer viewer,
            Budgets budgets,
            LimitPreviews previews,
            LimitHistory history,
            Projects projects,
            Live live,
            Clock clock) {
        super(viewer);
        this.viewer = viewer;
        this.budgets = budgets;
        this.previews = previews;
        this.history = history;
        this.projects = projects;
        this.live = live;
        this.clock = clock;
    }

    @Override
    protected void show(TeamScope scope, BeforeEnterEvent event) {
        title(translate("nav.budgets"), scope);
        fill(scope);
    }

    @Override
    protected void settingsChanged(TeamScope scope) {
        fill(scope);
    }

    private void fill(TeamScope scope) {
        removeAll();
        add(new PageHead(translate("nav.budgets")).about(translate("budgets.about")));
        if (!scope.admin()) {
            add(new Note(Tone.CALM, translate("budgets.who")));
        }
        Map<Level, Div> bars = new LinkedHashMap<>();
        var levels = new Div();
        levels.addClassName("artemis-stack");
        levels.add(panel(scope, scope.team().name(), new Level.WholeTenant(), bars, scope.admin()));
        for (Project project : projects.all(scope.id())) {
            levels.add(panel(scope, project.name(), new Level.OfProject(project.id()), bars, scope.may(Role.OWNER)));
        }
        add(levels);
        follow(levels, scope, bars);
    }

    /** Reads all levels together, and again when money moves. */
    private void follow(Div levels, TeamScope scope, Map<Level, Div> bars) {
        Map<Level, BudgetStatus> now = budgets.standing(scope.id(), bars.keySet());
        show(scope, bars, now);
        live.watch(
                levels,
                scope.id(),
                Set.of(Topic.MONEY),
                () -> budgets.standing(scope.id(), bars.keySet()),
                now,
                later -> show(scope, bars, later));
    }

    private static void show(TeamScope scope, Map<Level, Div> bars, Map<Level, BudgetStatus> now) {
        bars.forEach((level, its) -> {
            BudgetStatus status = Objects.requireNonNull(now.get(level));
            its.removeAll();
            for (LimitPeriod period : LimitPeriod.values()) {
                its.add(bar(scope, status.window(level.scope(), period)));
            }
        });
    }

    private Panel panel(TeamScope scope, String name, Level level, Map<Level, Div> allBars, boolean mayEdit) {
        var bars = new Div();
        bars.addClassName("artemis-row");
        allBars.put(level, bars);
        String title = level.scope() == LimitScope.TENANT
                ? translate("budgets.of-team", name)
                : translate("budgets.of-project", name);
        var panel = new Panel(title, bars);
        var past = new Button(
                translate("budgets.history"),
                click -> new HistoryDialog(title, history.of(scope.id(), level), scope.format()).open());
        past.setAriaLabel(translate("budgets.history") + ": " + title);
        past.addThemeVariants(ButtonVariant.TERTIARY);
        var actions = new Div(past);
        actions.addClassName("artemis-actions");
        panel.aside(actions);
        if (mayEdit) {
            var edit =
                    new Button(translate("budgets.edit"), VaadinIcon.EDIT.create(), click -> edit(scope, title, level));
            edit.setAriaLabel(translate("budgets.edit") + ": " + title);
            actions.add(edit);
        }
        return panel;
    }

    private static BudgetBar bar(TeamScope scope, BudgetStatus.Window window) {
        return new BudgetBar(
                new BudgetBar.Standing(
                        translate("budget." + window.period()),
                        window.limit(),
                        window.spent(),
                        window.reserved(),
                        window.remaining(),
                        window.resetsAt()),
                scope.format());
    }

    private void edit(TeamScope scope, String title, Level level) {
        Limits before = budgets.limits(scope.id(), level);
        new LimitsDialog(
                        before,
                        scope.format(),
                        limits -> previews.lastMonth(
                                scope.id(), level, limits, scope.team().timeZone(), clock.instant()))
                .open(title, limits -> {
                    set(scope, level, limits);
                    Notices.done(translate("budgets.saved"), () -> undo(scope, level, before));
                    fill(scope);
                });
    }

    private void undo(TeamScope scope, Level level, Limits before) {
        Problems.attempt(() -> {
            set(scope, level, before);
            Notices.done(translate("budgets.undone"));
        });
        fill(scope);
    }

    private void set(TeamScope scope, Level level, Limits limits) {
        Caller by = level instanceof Level.WholeTenant ? viewer.admin() : viewer.acting(scope, Role.OWNER);
        budgets.setLimits(by, scope.id(), level, limits);
    }
}
