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
import dev.artemis.budgets.LimitScope;
import dev.artemis.projects.Project;
import dev.artemis.projects.Projects;
import dev.artemis.shared.Role;
import dev.artemis.ui.MainLayout;
import dev.artemis.ui.TeamPage;
import dev.artemis.ui.TeamRoles;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.Viewer;
import dev.artemis.ui.parts.BudgetBar;
import dev.artemis.ui.parts.Note;
import dev.artemis.ui.parts.PageHead;
import dev.artemis.ui.parts.Panel;
import dev.artemis.ui.parts.Tone;
import jakarta.annotation.security.PermitAll;

/** Limits of a team and its projects: an administrator sets the team's, an owner the projects'. */
@Route(value = "teams/:team/budgets", layout = MainLayout.class)
@PermitAll
@TeamRoles({Role.OWNER, Role.DEVELOPER, Role.FINANCE, Role.VIEWER})
class BudgetsView extends TeamPage {

    private static final long serialVersionUID = 1;

    private final transient Budgets budgets;
    private final transient EditLimits edit;
    private final transient LimitHistory history;
    private final transient Projects projects;

    BudgetsView(Viewer viewer, Budgets budgets, EditLimits edit, LimitHistory history, Projects projects) {
        super(viewer);
        this.budgets = budgets;
        this.edit = edit;
        this.history = history;
        this.projects = projects;
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
        BudgetStatus status = budgets.status(scope.id(), null, null);
        add(panel(scope, scope.team().name(), new Level.WholeTenant(), status, scope.admin()));
        for (Project project : projects.all(scope.id())) {
            BudgetStatus ofProject = budgets.status(scope.id(), project.id(), null);
            add(panel(scope, project.name(), new Level.OfProject(project.id()), ofProject, scope.may(Role.OWNER)));
        }
    }

    private Panel panel(TeamScope scope, String name, Level level, BudgetStatus status, boolean mayEdit) {
        var bars = new Div();
        bars.addClassName("artemis-row");
        for (LimitPeriod period : LimitPeriod.values()) {
            bars.add(bar(scope, status.window(level.scope(), period)));
        }
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
            var change = new Button(
                    translate("budgets.edit"), VaadinIcon.EDIT.create(), click -> edit.open(scope, level, title, () -> fill(scope)));
            change.setAriaLabel(translate("budgets.edit") + ": " + title);
            actions.add(change);
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
}
