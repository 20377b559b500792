package dev.artemis.ui.projects;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.artemis.access.ApiKeys;
import dev.artemis.budgets.BudgetStatus;
import dev.artemis.budgets.Budgets;
import dev.artemis.budgets.LimitPeriod;
import dev.artemis.budgets.LimitScope;
import dev.artemis.projects.Project;
import dev.artemis.projects.Projects;
import dev.artemis.shared.Role;
import dev.artemis.shared.Slug;
import dev.artemis.ui.MainLayout;
import dev.artemis.ui.Paths;
import dev.artemis.ui.TeamPage;
import dev.artemis.ui.TeamRoles;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.Viewer;
import dev.artemis.ui.parts.BudgetBar;
import dev.artemis.ui.parts.Link;
import dev.artemis.ui.parts.PageHead;
import jakarta.annotation.security.PermitAll;
import java.util.Optional;

/** One project: its budget, its keys, and how to begin with it. */
@Route(value = "teams/:team/projects/:project", layout = MainLayout.class)
@PermitAll
@TeamRoles({Role.OWNER, Role.DEVELOPER, Role.FINANCE, Role.VIEWER})
class ProjectView extends TeamPage {

    private static final long serialVersionUID = 1;

    private final transient Projects projects;
    private final transient Budgets budgets;
    private final transient ApiKeys keys;

    ProjectView(Viewer viewer, Projects projects, Budgets budgets, ApiKeys keys) {
        super(viewer);
        this.projects = projects;
        this.budgets = budgets;
        this.keys = keys;
    }

    @Override
    protected void show(TeamScope scope, BeforeEnterEvent event) {
        Optional<Slug> slug = slug(event.getRouteParameters(), "project");
        if (slug.isEmpty()) {
            event.rerouteToError(NotFoundException.class);
            return;
        }
        Project project = projects.named(scope.id(), slug.get());
        title(project.name(), scope);
        PageHead head = new PageHead(project.name())
                .about(scope.slug() + "/" + project.slug())
                .under(new Link(Paths.projects(scope.slug()), translate("nav.projects")));
        if (scope.may(Role.OWNER, Role.DEVELOPER)) {
            var submit = new Button(
                    translate("runs.submit"),
                    VaadinIcon.PLAY.create(),
                    click -> UI.getCurrent()
                            .navigate(
                                    Paths.submit(scope.slug()),
                                    QueryParameters.of("project", project.slug().value())));
            submit.addThemeVariants(ButtonVariant.PRIMARY);
            head.action(submit);
        }
        add(head, budget(scope, project));
        if (scope.may(Role.OWNER)) {
            add(new KeysPanel(scope, project, keys));
        }
        add(new QuickStart(scope, project));
    }

    private Component budget(TeamScope scope, Project project) {
        BudgetStatus status = budgets.status(scope.id(), project.id(), null);
        var bars = new Div();
        bars.addClassName("artemis-row");
        for (LimitPeriod period : LimitPeriod.values()) {
            BudgetStatus.Window window = status.window(LimitScope.PROJECT, period);
            var panel = new Div(new BudgetBar(
                    new BudgetBar.Standing(
                            translate("budget." + period),
                            window.limit(),
                            window.spent(),
                            window.reserved(),
                            window.remaining(),
                            window.resetsAt()),
                    scope.format()));
            panel.addClassName("artemis-panel");
            bars.add(panel);
        }
        return bars;
    }
}
