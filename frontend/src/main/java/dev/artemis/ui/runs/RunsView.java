package dev.artemis.ui.runs;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.artemis.notices.Topic;
import dev.artemis.projects.Project;
import dev.artemis.projects.Projects;
import dev.artemis.runs.RunSummary;
import dev.artemis.runs.Runs;
import dev.artemis.shared.Page;
import dev.artemis.shared.Role;
import dev.artemis.ui.Live;
import dev.artemis.ui.MainLayout;
import dev.artemis.ui.Paths;
import dev.artemis.ui.TeamPage;
import dev.artemis.ui.TeamRoles;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.Viewer;
import dev.artemis.ui.parts.NoProject;
import dev.artemis.ui.parts.PageHead;
import dev.artemis.ui.parts.Panel;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The runs of a project or of all, newest first, with live states. Filters and page are in the address. */
@Route(value = "teams/:team/runs", layout = MainLayout.class)
@PermitAll
@TeamRoles({Role.OWNER, Role.DEVELOPER, Role.VIEWER})
class RunsView extends TeamPage {

    private static final long serialVersionUID = 1;

    private static final int SIZE = 50;

    private final transient Viewer viewer;
    private final transient Runs runs;
    private final transient Projects projects;
    private final transient Live live;
    private transient RunsQuery query = RunsQuery.of(QueryParameters.empty());
    private transient List<Project> known = List.of();
    private @Nullable RunFilters filters;
    private final Div content = new Div();

    RunsView(Viewer viewer, Runs runs, Projects projects, Live live) {
        super(viewer);
        this.viewer = viewer;
        this.runs = runs;
        this.projects = projects;
        this.live = live;
    }

    @Override
    protected void show(TeamScope scope, BeforeEnterEvent event) {
        title(translate("nav.runs"), scope);
        query = RunsQuery.of(event.getLocation().getQueryParameters());
        fill(scope, projects.all(scope.id()));
    }

    @Override
    protected boolean narrow(TeamScope scope, BeforeEnterEvent event) {
        RunFilters there = filters;
        if (there == null || !projects.all(scope.id()).equals(known)) {
            return false;
        }
        query = RunsQuery.of(event.getLocation().getQueryParameters());
        there.show(query);
        find(scope);
        return true;
    }

    /** A project that somebody makes is one of all of them, and can be chosen. */
    @Override
    protected void settingsChanged(TeamScope scope) {
        List<Project> all = projects.all(scope.id());
        if (!all.equals(known)) {
            fill(scope, all);
        }
    }

    private void fill(TeamScope scope, List<Project> all) {
        removeAll();
        known = all;
        filters = null;
        PageHead head = new PageHead(translate("nav.runs")).about(translate("runs.about"));
        add(head);
        if (all.isEmpty()) {
            add(new Panel(translate("nav.runs"), NoProject.in(scope, "runs.no-project-why")));
            return;
        }
        if (scope.may(Role.OWNER, Role.DEVELOPER)) {
            head.action(submit(scope));
        }
        var shown = new RunFilters(all, query, wanted -> open(scope, wanted));
        filters = shown;
        content.addClassName("artemis-stack");
        add(shown, content);
        find(scope);
    }

    private void find(TeamScope scope) {
        content.removeAll();
        content.add(list(scope, known, chosen().orElse(null)));
    }

    private Optional<Project> chosen() {
        return known.stream()
                .filter(it -> it.slug().value().equals(query.project()))
                .findFirst();
    }

    private Panel list(TeamScope scope, List<Project> all, @Nullable Project chosen) {
        List<Project> shown = chosen == null ? all : List.of(chosen);
        RunsQuery asked = query;
        Page<RunSummary> page = page(scope, shown, asked);
        var list = new RunList(scope, shown);
        if (asked.narrows()) {
            list.narrowed();
        }
        if (scope.may(Role.OWNER, Role.DEVELOPER)) {
            list.mayCancel(run -> {
                viewer.acting(scope, Role.OWNER, Role.DEVELOPER);
                runs.cancel(scope.caller(run.project()), run.id());
            });
        }
        list.show(page.items());
        live.watch(
                list,
                scope.id(),
                Set.of(Topic.RUNS),
                () -> page(scope, shown, asked).items(),
                page.items(),
                list::show);
        var panel = new Panel(chosen == null ? translate("dashboard.all-projects") : chosen.name(), list);
        String next = page.next();
        if (next != null) {
            panel.add(new Button(translate("runs.older"), click -> open(scope, asked.after(next))));
        }
        return panel;
    }

    private Page<RunSummary> page(TeamScope scope, List<Project> shown, RunsQuery query) {
        return runs.list(scope.id(), shown.stream().map(Project::id).toList(), query.filter(), query.cursor(), SIZE);
    }

    private Button submit(TeamScope scope) {
        var submit = new Button(
                translate("runs.submit"),
                VaadinIcon.PLUS.create(),
                click -> UI.getCurrent()
                        .navigate(
                                Paths.submit(scope.slug()),
                                QueryParameters.of(
                                        "project",
                                        chosen().orElse(known.getFirst()).slug().value())));
        submit.addThemeVariants(ButtonVariant.PRIMARY);
        return submit;
    }

    private static void open(TeamScope scope, RunsQuery query) {
        UI.getCurrent().navigate(Paths.runs(scope.slug()), query.parameters());
    }
}
