package dev.artemis.ui.dashboard;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.artemis.projects.Project;
import dev.artemis.runs.RunStatus;
import dev.artemis.shared.Slug;
import dev.artemis.ui.Paths;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.parts.Link;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How many runs run and wait at this moment; each number leads to them. */
class RunsNow extends Div {

    private static final long serialVersionUID = 1;

    private final transient TeamScope scope;
    private final @Nullable Slug project;

    RunsNow(TeamScope scope, @Nullable Project project) {
        this.scope = scope;
        this.project = project == null ? null : project.slug();
        addClassNames("artemis-panel", "artemis-now");
        getElement().setAttribute("role", "group");
        getElement().setAttribute("aria-label", translate("dashboard.now"));
    }

    /** @param runs how many have not ended, by status */
    void show(Map<RunStatus, Long> runs) {
        removeAll();
        var title = new Span(translate("dashboard.now"));
        title.addClassName("artemis-budget-title");
        add(title, count(runs, RunStatus.RUNNING));
        if (runs.containsKey(RunStatus.SUBMITTING)) {
            add(count(runs, RunStatus.SUBMITTING));
        }
        add(count(runs, RunStatus.QUEUED));
    }

    private Link count(Map<RunStatus, Long> runs, RunStatus status) {
        var link = new Link(
                project == null
                        ? Paths.runs(scope.slug(), "status", status.name())
                        : Paths.runs(scope.slug(), project, "status", status.name()),
                scope.format().count(runs.getOrDefault(status, 0L)));
        link.addClassName("artemis-now-count");
        link.add(new Span(translate("run.status." + status)));
        return link;
    }
}
