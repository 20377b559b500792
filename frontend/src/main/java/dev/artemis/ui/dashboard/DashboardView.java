package dev.artemis.ui.dashboard;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import dev.artemis.notices.Topic;
import dev.artemis.projects.Project;
import dev.artemis.projects.Projects;
import dev.artemis.reports.Dimension;
import dev.artemis.shared.Role;
import dev.artemis.tenants.Tenant;
import dev.artemis.ui.Live;
import dev.artemis.ui.MainLayout;
import dev.artemis.ui.Paths;
import dev.artemis.ui.TeamPage;
import dev.artemis.ui.TeamRoles;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.Viewer;
import dev.artemis.ui.parts.NoProject;
import dev.artemis.ui.parts.Note;
import dev.artemis.ui.parts.PageHead;
import dev.artemis.ui.parts.Panel;
import dev.artemis.ui.parts.Tone;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A team at a glance: what is spent and left, on what, and what runs. Brings itself up to date. */
@Route(value = "teams/:team", layout = MainLayout.class)
@PermitAll
@TeamRoles({Role.OWNER, Role.DEVELOPER, Role.FINANCE, Role.VIEWER})
class DashboardView extends TeamPage {

    private static final long serialVersionUID = 1;

    private final transient TeamFigures figures;
    private final transient Projects projects;
    private final transient Live live;
    private transient @Nullable Opened opened;

    /** What the page was made of. */
    private record Opened(DashboardQuery query, Tenant team, List<Project> projects) {}

    DashboardView(Viewer viewer, TeamFigures figures, Projects projects, Live live) {
        super(viewer);
        this.figures = figures;
        this.projects = projects;
        this.live = live;
    }

    @Override
    protected void show(TeamScope scope, BeforeEnterEvent event) {
        title(translate("nav.dashboard"), scope);
        fill(scope, DashboardQuery.of(event.getLocation().getQueryParameters()), projects.all(scope.id()));
    }

    /** A project that somebody makes is one of all of them, and can be chosen. */
    @Override
    protected void settingsChanged(TeamScope scope) {
        Opened before = opened;
        List<Project> all = projects.all(scope.id());
        if (before != null && !before.equals(new Opened(before.query(), scope.team(), all))) {
            fill(scope, before.query(), all);
        }
    }

    private void fill(TeamScope scope, DashboardQuery query, List<Project> all) {
        removeAll();
        opened = new Opened(query, scope.team(), all);
        PageHead head = new PageHead(scope.team().name()).about(translate("dashboard.about"));
        add(head);
        if (scope.team().suspended()) {
            add(new Note(Tone.WARN, translate("dashboard.suspended")));
        }
        if (all.isEmpty()) {
            add(firstSteps(scope));
            return;
        }
        Project chosen = all.stream()
                .filter(it -> it.slug().value().equals(query.project()))
                .findFirst()
                .orElse(null);
        head.action(choices(scope, all, chosen, query));
        var glance = new Glances(period -> new Glance(scope, chosen, all, query, period));
        TeamFigures.Figures now = figures.of(scope, query, chosen, all);
        glance.show(now);
        live.watch(
                glance,
                scope.id(),
                Set.of(Topic.values()),
                () -> figures.of(scope, query, chosen, all),
                now,
                glance::show);
        add(glance);
    }

    private static Component firstSteps(TeamScope scope) {
        return new Panel(translate("dashboard.first"), NoProject.in(scope, "dashboard.no-project-why"));
    }

    private static Component choices(
            TeamScope scope, List<Project> all, @Nullable Project chosen, DashboardQuery query) {
        var project = new Select<Project>();
        project.setAriaLabel(translate("project"));
        project.setEmptySelectionAllowed(true);
        project.setEmptySelectionCaption(translate("dashboard.all-projects"));
        project.setItemLabelGenerator(it -> it == null ? translate("dashboard.all-projects") : it.name());
        project.setItems(all);
        project.setValue(chosen);
        project.addValueChangeListener(change -> open(
                scope,
                query.withProject(
                        change.getValue() == null
                                ? null
                                : change.getValue().slug().value())));
        var period = new Select<DashboardQuery.Period>();
        period.setAriaLabel(translate("costs.period"));
        period.setItemLabelGenerator(it -> translate("dashboard.period." + it));
        period.setItems(DashboardQuery.Period.values());
        period.setValue(query.period());
        period.addValueChangeListener(change -> open(scope, query.withPeriod(change.getValue())));
        var by = new Select<Dimension>();
        by.setAriaLabel(translate("costs.group"));
        by.setWidth("12.5rem");
        by.setItemLabelGenerator(it -> translate("costs.by." + it));
        by.setItems(DashboardQuery.GROUPS);
        by.setValue(query.by());
        by.addValueChangeListener(change -> open(scope, query.withBy(change.getValue())));
        var choices = new Div(project, period, by);
        choices.addClassName("artemis-filters");
        return choices;
    }

    private static void open(TeamScope scope, DashboardQuery query) {
        UI.getCurrent().navigate(Paths.dashboard(scope.slug()), query.parameters());
    }
}
