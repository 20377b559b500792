package dev.artemis.ui.runs;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import dev.artemis.projects.Project;
import dev.artemis.runs.RunSummary;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.Role;
import dev.artemis.ui.Paths;
import dev.artemis.ui.Problems;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.EmptyState;
import dev.artemis.ui.parts.Link;
import dev.artemis.ui.parts.Table;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Some runs as a table, newest first; each leads to its page. */
public class RunList extends Div {

    private static final long serialVersionUID = 1;

    private final transient TeamScope scope;
    private final transient Map<ProjectId, Project> projects;
    private final transient Format format;
    private final Grid<RunSummary> grid = new Table<>();
    private final Div nothing = new Div();

    public RunList(TeamScope scope, List<Project> projects) {
        this.scope = scope;
        this.projects = projects.stream().collect(Collectors.toMap(Project::id, Function.identity()));
        this.format = scope.format();
        nothing.add(
                scope.may(Role.OWNER, Role.DEVELOPER)
                        ? new EmptyState(
                                VaadinIcon.PLAY_CIRCLE_O,
                                translate("runs.none"),
                                translate("runs.none-why"),
                                new Link(Paths.submit(scope.slug()), translate("runs.submit")))
                        : new EmptyState(
                                VaadinIcon.PLAY_CIRCLE_O, translate("runs.none"), translate("runs.none-looks")));
        addClassName("artemis-table");
        columns(projects.size() > 1);
        add(grid, nothing);
    }

    /** Says, where nothing is shown, that nothing was found: there may be others. */
    void narrowed() {
        nothing.removeAll();
        nothing.add(new EmptyState(
                VaadinIcon.SEARCH,
                translate("runs.none-found"),
                translate("runs.none-found-why"),
                new Link(Paths.runs(scope.slug()), translate("runs.all"))));
    }

    /** Offers, in each row, to end a run that has not ended and to take up one that has. */
    void mayCancel(Consumer<RunSummary> cancel) {
        grid.addColumn(new ComponentRenderer<>(run -> action(run, cancel)))
                .setHeader(translate("actions"))
                .setWidth("6.9rem")
                .setFlexGrow(0);
    }

    private Component action(RunSummary run, Consumer<RunSummary> cancel) {
        Project project = projects.get(run.project());
        String name = RunWords.title(run.id());
        if (!run.status().ended()) {
            var stop = new Button(translate("run.cancel-short"), click -> Problems.attempt(() -> cancel.accept(run)));
            stop.setAriaLabel(translate("run.cancel") + ": " + name);
            stop.setEnabled(!run.cancelRequested());
            stop.addThemeVariants(ButtonVariant.SMALL, ButtonVariant.TERTIARY);
            return stop;
        }
        var again = new Link(
                Paths.submit(scope.slug(), Objects.requireNonNull(project).slug()) + "&again=" + run.id(),
                translate("run.again"));
        again.getElement().setAttribute("aria-label", translate("run.again") + ": " + name);
        return again.amongButtons();
    }

    /** Shows these in place of those before. */
    public void show(List<RunSummary> runs) {
        grid.setVisible(!runs.isEmpty());
        nothing.setVisible(runs.isEmpty());
        grid.setItems(runs);
    }

    private void columns(boolean severalProjects) {
        grid.addThemeVariants(GridVariant.NO_BORDER);
        grid.addClassName("artemis-run-list");
        grid.setAllRowsVisible(true);
        grid.addColumn(new ComponentRenderer<>(this::name))
                .setHeader(translate("run"))
                .setFlexGrow(2)
                .setWidth("8.5rem");
        grid.addColumn(new ComponentRenderer<>(run -> RunWords.badge(run.status())))
                .setHeader(translate("run.status"))
                // "Abgebrochen" in one line
                .setWidth("7.6rem")
                .setFlexGrow(0);
        if (severalProjects) {
            grid.addColumn(run -> projectName(run.project()))
                    .setHeader(translate("project"))
                    .setWidth("5.5rem");
        }
        grid.addColumn(run -> run.stage() == null ? "" : run.stage())
                .setHeader(translate("run.stage"))
                .setWidth("6.4rem");
        grid.addColumn(run -> seconds(run.executionTime()))
                .setHeader(translate("run.took"))
                .setTextAlign(ColumnTextAlign.END)
                .setWidth("5.6rem")
                .setFlexGrow(0);
        grid.addColumn(run -> run.cost() == null ? "" : format.money(run.cost()))
                .setHeader(translate("costs.cost"))
                .setTextAlign(ColumnTextAlign.END)
                // the least amount that there is, with nine places
                .setWidth("7.5rem")
                .setFlexGrow(0);
        grid.addColumn(run -> format.dateTime(run.createdAt()))
                .setHeader(translate("run.created"))
                .setTextAlign(ColumnTextAlign.END)
                .setWidth("10.7rem")
                .setFlexGrow(0);
    }

    private Component name(RunSummary run) {
        Project project = projects.get(run.project());
        String text = translate("run.language." + run.language()) + " " + RunWords.shortId(run.id());
        return project == null ? new Span(text) : new Link(Paths.run(scope.slug(), project.slug(), run.id()), text);
    }

    private String projectName(ProjectId id) {
        Project project = projects.get(id);
        return project == null ? "" : project.name();
    }

    private String seconds(@org.jspecify.annotations.Nullable BigDecimal seconds) {
        return seconds == null
                ? ""
                : format.duration(Duration.ofMillis(seconds.movePointRight(3).longValue()));
    }
}
