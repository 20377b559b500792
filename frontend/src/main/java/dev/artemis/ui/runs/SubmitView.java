package dev.artemis.ui.runs;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.artemis.projects.Project;
import dev.artemis.projects.Projects;
import dev.artemis.runs.Runs;
import dev.artemis.shared.Role;
import dev.artemis.shared.RunId;
import dev.artemis.ui.MainLayout;
import dev.artemis.ui.Paths;
import dev.artemis.ui.TeamPage;
import dev.artemis.ui.TeamRoles;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.Viewer;
import dev.artemis.ui.parts.Link;
import dev.artemis.ui.parts.NoProject;
import dev.artemis.ui.parts.PageHead;
import dev.artemis.ui.parts.Panel;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Code goes in here, and its run's page opens. A run may be taken up again by its id in the address. */
@Route(value = "teams/:team/submit", layout = MainLayout.class)
@PermitAll
@TeamRoles({Role.OWNER, Role.DEVELOPER})
class SubmitView extends TeamPage {

    private static final long serialVersionUID = 1;

    /** The project to submit to, where it is another than that of the run that is taken up again. */
    private static final String INSTEAD = "to";

    private final transient Viewer viewer;
    private final transient Runs runs;
    private final transient Projects projects;
    private @Nullable SubmitForm form;

    SubmitView(Viewer viewer, Runs runs, Projects projects) {
        super(viewer);
        this.viewer = viewer;
        this.runs = runs;
        this.projects = projects;
    }

    @Override
    protected void show(TeamScope scope, BeforeEnterEvent event) {
        title(translate("submit.title"), scope);
        fill(scope, event.getLocation().getQueryParameters());
    }

    /** What was typed stays; the first project that there is brings the form. */
    @Override
    protected void settingsChanged(TeamScope scope) {
        SubmitForm typed = form;
        if (typed == null) {
            fill(scope, QueryParameters.empty());
        } else {
            typed.offer(projects.all(scope.id()));
        }
    }

    private void fill(TeamScope scope, QueryParameters query) {
        removeAll();
        form = null;
        List<Project> all = projects.all(scope.id());
        add(new PageHead(translate("submit.title"))
                .about(translate("submit.about"))
                .under(back(scope)));
        if (all.isEmpty()) {
            add(new Panel(translate("submit.title"), NoProject.in(scope, "runs.no-project-why")));
            return;
        }
        Project project = project(all, query, "project").orElse(all.getFirst());
        Optional<RunId> earlier = query.getSingleParameter("again").flatMap(SubmitView::runId);
        String place = scope.slug() + "/submit" + earlier.map(id -> "/" + id).orElse("");
        var fresh = new SubmitForm(scope, all, project(all, query, INSTEAD).orElse(project), viewer, runs, place);
        fresh.onProject(chosen -> keepInAddress(scope, query, chosen));
        earlier.ifPresent(id -> {
            var caller = scope.caller(project.id());
            fresh.take(runs.summary(caller, id), runs.given(caller, id));
        });
        add(fresh);
        form = fresh;
    }

    private static Optional<Project> project(List<Project> all, QueryParameters query, String name) {
        return query.getSingleParameter(name)
                .flatMap(slug -> all.stream()
                        .filter(it -> it.slug().value().equals(slug))
                        .findFirst());
    }

    /** Whoever must load the page anew finds it chosen. An earlier run is found in its own project all the same. */
    private static void keepInAddress(TeamScope scope, QueryParameters query, Project chosen) {
        String name = query.getSingleParameter("again").isPresent() ? INSTEAD : "project";
        var address = new Location(
                Paths.submit(scope.slug()),
                query.excluding(name).merging(name, chosen.slug().value()));
        UI.getCurrent().getPage().getHistory().replaceState(null, address);
    }

    private static Link back(TeamScope scope) {
        return new Link(Paths.runs(scope.slug()), translate("nav.runs"));
    }

    private static Optional<RunId> runId(String text) {
        try {
            return Optional.of(RunId.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
