package dev.artemis.ui.runs;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import dev.artemis.projects.Project;
import dev.artemis.runs.RunSummary;
import dev.artemis.sandbox.SandboxFile;
import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.ui.Paths;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.parts.Facts;
import dev.artemis.ui.parts.Link;
import dev.artemis.ui.parts.Panel;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What else is known of a run: what it was given, what it cost, where it belongs. Values of its environment stay unseen. */
class RunFacts extends Panel {

    private static final long serialVersionUID = 1;

    private final transient TeamScope scope;
    private final transient Project project;
    private final transient SandboxSpec given;

    RunFacts(TeamScope scope, Project project, SandboxSpec given) {
        super(translate("run.facts"));
        this.scope = scope;
        this.project = project;
        this.given = given;
    }

    void show(RunSummary run) {
        var format = scope.format();
        clear();
        var list = new Facts()
                .fact(translate("run.exit"), exit(run))
                .fact(translate("costs.cost"), run.cost() == null ? "–" : format.exact(run.cost()))
                .fact(translate("run.created"), format.precise(run.createdAt()))
                .fact(translate("run.backend"), run.backend() == null ? "–" : run.backend())
                .fact(translate("run.stage"), filter("stage", run.stage()))
                .fact(translate("run.card"), filter("card", run.cardId()));
        if (run.priority() != 0) {
            list.fact(translate("submit.priority"), format.count(run.priority()));
        }
        if (!given.files().isEmpty()) {
            list.fact(
                    translate("submit.files"),
                    given.files().stream().map(SandboxFile::path).collect(Collectors.joining(", ")));
        }
        if (given.stdin().length > 0) {
            list.fact(translate("submit.stdin"), format.bytes(given.stdin().length));
        }
        if (!given.env().isEmpty()) {
            list.fact(
                    translate("submit.env"),
                    String.join(", ", new TreeSet<>(given.env().keySet())));
        }
        add(list.fact(translate("run.id"), run.id().toString()));
    }

    private Component filter(String name, @Nullable String value) {
        return value == null ? new Text("–") : new Link(Paths.runs(scope.slug(), project.slug(), name, value), value);
    }

    private static String exit(RunSummary run) {
        return run.exitCode() == null ? "–" : run.exitCode() + (run.signal() == null ? "" : " (" + run.signal() + ")");
    }
}
