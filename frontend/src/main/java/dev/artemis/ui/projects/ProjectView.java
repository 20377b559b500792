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
import dev.artemis.notices.Topic;
import dev.artemis.projects.Project;
import dev.artemis.projects.ProjectChange;
import dev.artemis.projects.Projects;
import dev.artemis.runs.RunQuotaEdit;
import dev.artemis.runs.RunQuotas;
import dev.artemis.runs.Runs;
import dev.artemis.shared.Role;
import dev.artemis.shared.Slug;
import dev.artemis.ui.Live;
import dev.artemis.ui.MainLayout;
import dev.artemis.ui.Paths;
import dev.artemis.ui.Problems;
import dev.artemis.ui.TeamPage;
import dev.artemis.ui.TeamRoles;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.Viewer;
import dev.artemis.ui.budgets.EditLimits;
import dev.artemis.ui.costs.CostPeriod;
import dev.artemis.ui.parts.BudgetBar;
import dev.artemis.ui.parts.Link;
import dev.artemis.ui.parts.Notices;
import dev.artemis.ui.parts.PageHead;
import jakarta.annotation.security.PermitAll;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One project: its budget, its keys, how to begin with it, and what its runs may. */
@Route(value = "teams/:team/projects/:project", layout = MainLayout.class)
@PermitAll
@TeamRoles({Role.OWNER, Role.DEVELOPER, Role.FINANCE, Role.VIEWER})
class ProjectView extends TeamPage {

    private static final long serialVersionUID = 1;

    private final transient Viewer viewer;
    private final transient Projects projects;
    private final transient Budgets budgets;
    private final transient ApiKeys keys;
    private final transient EditLimits editLimits;
    private final transient Runs runs;
    private final transient RunQuotas quotas;
    private final transient CountedSoFar counted;
    private final transient ReachedAt reachedAt;
    private final transient Live live;
    private transient @Nullable Project shown;

    ProjectView(
            Viewer viewer,
            Projects projects,
            Budgets budgets,
            ApiKeys keys,
            EditLimits editLimits,
            Runs runs,
            RunQuotas quotas,
            CountedSoFar counted,
            ReachedAt reachedAt,
            Live live) {
        super(viewer);
        this.viewer = viewer;
        this.projects = projects;
        this.budgets = budgets;
        this.keys = keys;
        this.editLimits = editLimits;
        this.runs = runs;
        this.quotas = quotas;
        this.counted = counted;
        this.reachedAt = reachedAt;
        this.live = live;
    }

    @Override
    protected void show(TeamScope scope, BeforeEnterEvent event) {
        Optional<Slug> slug = slug(event.getRouteParameters(), "project");
        if (slug.isEmpty()) {
            event.rerouteToError(NotFoundException.class);
            return;
        }
        fill(scope, projects.named(scope.id(), slug.get()));
    }

    @Override
    protected void settingsChanged(TeamScope scope) {
        if (shown != null) {
            projects.find(scope.id(), shown.id()).ifPresent(project -> fill(scope, project));
        }
    }

    private void fill(TeamScope scope, Project project) {
        shown = project;
        removeAll();
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
        if (scope.may(Role.OWNER, Role.DEVELOPER)) {
            add(new KeysPanel(viewer, scope, project, keys, budgets, editLimits, reachedAt));
        }
        add(
                new QuickStart(scope, project, reachedAt.address()),
                settings(scope, project),
                quota(scope, project),
                counted.of(scope, project));
    }

    private Component settings(TeamScope scope, Project project) {
        var settings = new SettingsPanel(scope, project);
        if (scope.may(Role.OWNER)) {
            settings.editable(runs.allowed(project), change -> {
                Project after = projects.change(viewer.acting(scope, Role.OWNER), scope.id(), project.id(), change);
                Notices.done(translate("settings.saved"), () -> putBack(scope, project, change));
                fill(scope, after);
            });
        }
        return settings;
    }

    /** What was changed is as it was before; nothing else. */
    private void putBack(TeamScope scope, Project before, ProjectChange change) {
        Problems.attempt(() -> {
            Project after =
                    projects.change(viewer.acting(scope, Role.OWNER), scope.id(), before.id(), change.undone(before));
            Notices.done(translate("settings.undone"));
            fill(scope, after);
        });
    }

    private Component quota(TeamScope scope, Project project) {
        QuotaPanel panel = QuotaPanel.ofProject(quotas.of(scope.id(), project.id()), scope.format());
        return scope.may(Role.OWNER)
                ? panel.editable(edit -> {
                    quotas.change(viewer.acting(scope, Role.OWNER), scope.id(), project.id(), edit);
                    Notices.done(translate("quota.saved"), () -> putBack(scope, project, edit));
                    fill(scope, project);
                })
                : panel;
    }

    /** What the edit touched is as it was before, unless somebody else changed it meanwhile. */
    private void putBack(TeamScope scope, Project project, RunQuotaEdit edit) {
        Problems.attempt(() -> {
            quotas.change(viewer.acting(scope, Role.OWNER), scope.id(), project.id(), edit.undone());
            Notices.done(translate("quota.undone"));
        });
        fill(scope, project);
    }

    private Component budget(TeamScope scope, Project project) {
        var bars = new Div();
        bars.addClassName("artemis-row");
        BudgetStatus now = budgets.status(scope.id(), project.id(), null);
        fill(bars, scope, project, now);
        live.watch(
                bars,
                scope.id(),
                Set.of(Topic.MONEY),
                () -> budgets.status(scope.id(), project.id(), null),
                now,
                later -> fill(bars, scope, project, later));
        return bars;
    }

    private static void fill(Div bars, TeamScope scope, Project project, BudgetStatus status) {
        bars.removeAll();
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
                            scope.format())
                    .spentLeadingTo(Paths.costs(scope.slug()) + "?"
                            + CostPeriod.of(window).query() + "&project=" + project.slug())
                    .reservedLeadingTo(Paths.reservations(scope.slug(), project.slug())));
            panel.addClassName("artemis-panel");
            bars.add(panel);
        }
    }
}
