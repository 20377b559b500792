package dev.artemis.ui.runs;

import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import dev.artemis.projects.Project;
import dev.artemis.projects.Projects;
import dev.artemis.runs.RunSummary;
import dev.artemis.runs.Runs;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Role;
import dev.artemis.shared.RunId;
import dev.artemis.shared.Slug;
import dev.artemis.ui.MainLayout;
import dev.artemis.ui.TeamPage;
import dev.artemis.ui.TeamRoles;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.Viewer;
import jakarta.annotation.security.PermitAll;
import java.util.Optional;
import org.springframework.scheduling.TaskScheduler;

/** One run: how it stands, what it printed, what the scanner found, what it used and cost. Live until it ended. */
@Route(value = "teams/:team/projects/:project/runs/:run", layout = MainLayout.class)
@PermitAll
@TeamRoles({Role.OWNER, Role.DEVELOPER, Role.VIEWER})
class RunPage extends TeamPage {

    private static final long serialVersionUID = 1;

    private final transient Viewer viewer;
    private final transient Runs runs;
    private final transient Projects projects;
    private final transient TaskScheduler scheduler;

    RunPage(Viewer viewer, Runs runs, Projects projects, TaskScheduler scheduler) {
        super(viewer);
        this.viewer = viewer;
        this.runs = runs;
        this.projects = projects;
        this.scheduler = scheduler;
    }

    @Override
    protected void show(TeamScope scope, BeforeEnterEvent event) {
        Optional<Slug> slug = slug(event.getRouteParameters(), "project");
        Optional<RunId> id = event.getRouteParameters().get("run").flatMap(RunPage::runId);
        if (slug.isEmpty() || id.isEmpty()) {
            event.rerouteToError(NotFoundException.class);
            return;
        }
        Project project = projects.named(scope.id(), slug.get());
        Caller.ForProject caller = scope.caller(project.id());
        RunSummary run = runs.summary(caller, id.get());
        title(RunWords.title(id.get()), scope);
        var content = new RunContent(scope, project, run, runs.given(caller, run.id()), runs.found(caller, run.id()));
        content.downloads(runs, caller);
        if (scope.may(Role.OWNER, Role.DEVELOPER)) {
            content.mayCancel(() -> {
                viewer.acting(scope, Role.OWNER, Role.DEVELOPER);
                runs.cancel(caller, run.id());
            });
        }
        content.live(FollowRun.Source.of(runs, caller, run.id()), scheduler);
        add(content);
    }

    private static Optional<RunId> runId(String text) {
        try {
            return Optional.of(RunId.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
