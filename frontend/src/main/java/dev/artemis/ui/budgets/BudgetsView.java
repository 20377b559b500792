package dev.artemis.ui.budgets;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import dev.artemis.access.ApiKey;
import dev.artemis.access.ApiKeys;
import dev.artemis.budgets.BudgetStatus;
import dev.artemis.budgets.Budgets;
import dev.artemis.budgets.Level;
import dev.artemis.budgets.LimitHistory;
import dev.artemis.budgets.LimitPeriod;
import dev.artemis.budgets.LimitScope;
import dev.artemis.projects.Project;
import dev.artemis.projects.Projects;
import dev.artemis.shared.KeyId;
import dev.artemis.shared.Role;
import dev.artemis.ui.MainLayout;
import dev.artemis.ui.TeamPage;
import dev.artemis.ui.TeamRoles;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.Viewer;
import dev.artemis.ui.parts.BudgetBar;
import dev.artemis.ui.parts.NoProject;
import dev.artemis.ui.parts.Note;
import dev.artemis.ui.parts.PageHead;
import dev.artemis.ui.parts.Panel;
import dev.artemis.ui.parts.Tone;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Limits of a team, its projects and their keys: an administrator sets the team's, an owner the others. */
@Route(value = "teams/:team/budgets", layout = MainLayout.class)
@PermitAll
@TeamRoles({Role.OWNER, Role.DEVELOPER, Role.FINANCE, Role.VIEWER})
class BudgetsView extends TeamPage {

    private static final long serialVersionUID = 1;

    private final transient Budgets budgets;
    private final transient EditLimits edit;
    private final transient LimitHistory history;
    private final transient Projects projects;
    private final transient ApiKeys keys;

    BudgetsView(
            Viewer viewer, Budgets budgets, EditLimits edit, LimitHistory history, Projects projects, ApiKeys keys) {
        super(viewer);
        this.budgets = budgets;
        this.edit = edit;
        this.history = history;
        this.projects = projects;
        this.keys = keys;
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
        List<Project> all = projects.all(scope.id());
        if (all.isEmpty()) {
            add(new Panel(translate("nav.projects"), NoProject.in(scope)));
        }
        for (Project project : all) {
            BudgetStatus ofProject = budgets.status(scope.id(), project.id(), null);
            Panel panel =
                    panel(scope, project.name(), new Level.OfProject(project.id()), ofProject, scope.may(Role.OWNER));
            List<ApiKey> its = keys.all(scope.id(), project.id());
            if (!its.isEmpty()) {
                panel.add(keys(scope, project, its));
            }
            add(panel);
        }
    }

    /** Open where a key has a limit of its own: a call that it refuses is looked for here. */
    private Details keys(TeamScope scope, Project project, List<ApiKey> all) {
        Map<KeyId, BudgetStatus> standing =
                budgets.statusOfKeys(scope.id(), all.stream().map(ApiKey::id).toList());
        var list = new Div();
        list.addClassName("artemis-stack");
        all.forEach(key -> list.add(ofKey(scope, project, key, Objects.requireNonNull(standing.get(key.id())))));
        var details = new Details(translate("budgets.keys", scope.format().count(all.size())), list);
        details.setOpened(standing.values().stream()
                .anyMatch(status -> status.windows().stream().anyMatch(window -> window.limit() != null)));
        return details;
    }

    private Div ofKey(TeamScope scope, Project project, ApiKey key, BudgetStatus status) {
        String title = translate("budgets.of-key", key.name(), project.name());
        var head = new Div(new H3(key.name()), actions(scope, title, new Level.OfKey(key.id()), scope.may(Role.OWNER)));
        head.addClassName("artemis-key-head");
        var bars = bars(scope, LimitScope.KEY, status);
        bars.addClassName("artemis-row-small");
        var one = new Div(head, bars);
        one.getElement().setAttribute("role", "group");
        one.getElement().setAttribute("aria-label", title);
        return one;
    }

    private Panel panel(TeamScope scope, String name, Level level, BudgetStatus status, boolean mayEdit) {
        String title = level.scope() == LimitScope.TENANT
                ? translate("budgets.of-team", name)
                : translate("budgets.of-project", name);
        var panel = new Panel(title, bars(scope, level.scope(), status));
        panel.aside(actions(scope, title, level, mayEdit));
        return panel;
    }

    private static Div bars(TeamScope scope, LimitScope of, BudgetStatus status) {
        var bars = new Div();
        bars.addClassName("artemis-row");
        for (LimitPeriod period : LimitPeriod.values()) {
            bars.add(bar(scope, status.window(of, period)));
        }
        return bars;
    }

    private Div actions(TeamScope scope, String title, Level level, boolean mayEdit) {
        var past = new Button(
                translate("budgets.history"),
                click -> new HistoryDialog(title, history.of(scope.id(), level), scope.format()).open());
        past.setAriaLabel(translate("budgets.history") + ": " + title);
        past.addThemeVariants(ButtonVariant.TERTIARY);
        var actions = new Div(past);
        actions.addClassName("artemis-actions");
        if (mayEdit) {
            var change = new Button(
                    translate("budgets.edit"),
                    VaadinIcon.EDIT.create(),
                    click -> edit.open(scope, level, title, () -> fill(scope)));
            change.setAriaLabel(translate("budgets.edit") + ": " + title);
            actions.add(change);
        }
        return actions;
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
