package dev.artemis.ui.runs;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.artemis.projects.Project;
import dev.artemis.projects.Projects;
import dev.artemis.runs.RunFilter;
import dev.artemis.runs.RunStatus;
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
import dev.artemis.ui.parts.EmptyState;
import dev.artemis.ui.parts.Link;
import dev.artemis.ui.parts.PageHead;
import dev.artemis.ui.parts.Panel;
import jakarta.annotation.security.PermitAll;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The runs of a project, newest first, with live states. Filters and page are in the address. */
@Route(value = "teams/:team/runs", layout = MainLayout.class)
@PermitAll
@TeamRoles({Role.OWNER, Role.DEVELOPER, Role.VIEWER})
class RunsView extends TeamPage {

    private static final long serialVersionUID = 1;

    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final int SIZE = 50;

    private final transient Runs runs;
    private final transient Projects projects;
    private final transient Live live;

    RunsView(Viewer viewer, Runs runs, Projects projects, Live live) {
        super(viewer);
        this.runs = runs;
        this.projects = projects;
        this.live = live;
    }

    /** What the address asks for. */
    private record Wanted(
            Project project,
            @Nullable RunStatus status,
            @Nullable String stage,
            @Nullable String card,
            @Nullable String cursor) {

        RunFilter filter() {
            return new RunFilter(status == null ? Set.of() : Set.of(status), stage, card);
        }

        void open(TeamScope scope) {
            Map<String, String> query = new LinkedHashMap<>();
            query.put("project", project.slug().value());
            if (status != null) {
                query.put("status", status.name());
            }
            if (stage != null) {
                query.put("stage", stage);
            }
            if (card != null) {
                query.put("card", card);
            }
            if (cursor != null) {
                query.put("after", cursor);
            }
            UI.getCurrent().navigate(Paths.runs(scope.slug()), QueryParameters.simple(query));
        }
    }

    @Override
    protected void show(TeamScope scope, BeforeEnterEvent event) {
        title(translate("nav.runs"), scope);
        List<Project> all = projects.all(scope.id());
        PageHead head = new PageHead(translate("nav.runs")).about(translate("runs.about"));
        add(head);
        if (all.isEmpty()) {
            add(new Panel(
                    translate("nav.runs"),
                    new EmptyState(
                            VaadinIcon.FOLDER_O,
                            translate("dashboard.no-project"),
                            translate("dashboard.no-project-why"),
                            new Link(Paths.projects(scope.slug()), translate("dashboard.to-projects")))));
            return;
        }
        Wanted wanted = wanted(event, all);
        if (scope.may(Role.OWNER, Role.DEVELOPER)) {
            var submit = new Button(translate("runs.submit"), VaadinIcon.PLUS.create());
            submit.addThemeVariants(ButtonVariant.PRIMARY);
            submit.addClickListener(click -> UI.getCurrent()
                    .navigate(
                            Paths.submit(scope.slug()),
                            QueryParameters.of(
                                    "project", wanted.project().slug().value())));
            head.action(submit);
        }
        var caller = scope.caller(wanted.project().id());
        Page<RunSummary> page = runs.list(caller, wanted.filter(), wanted.cursor(), SIZE);
        var list = new RunList(scope, List.of(wanted.project()));
        list.show(page.items());
        var panel = new Panel(wanted.project().name(), list);
        if (page.next() != null) {
            panel.add(older(scope, wanted, page.next()));
        }
        add(filters(scope, all, wanted), panel);
        live.watch(
                list,
                PAUSE,
                () -> runs.list(caller, wanted.filter(), wanted.cursor(), SIZE).items(),
                page.items(),
                list::show);
    }

    private static Wanted wanted(BeforeEnterEvent event, List<Project> all) {
        QueryParameters query = event.getLocation().getQueryParameters();
        Project project = query.getSingleParameter("project")
                .flatMap(slug -> all.stream()
                        .filter(it -> it.slug().value().equals(slug))
                        .findFirst())
                .orElse(all.getFirst());
        return new Wanted(
                project,
                query.getSingleParameter("status").flatMap(RunsView::status).orElse(null),
                query.getSingleParameter("stage").orElse(null),
                query.getSingleParameter("card").orElse(null),
                query.getSingleParameter("after").orElse(null));
    }

    private static Optional<RunStatus> status(String text) {
        return Arrays.stream(RunStatus.values())
                .filter(it -> it.name().equals(text))
                .findFirst();
    }

    private static Component filters(TeamScope scope, List<Project> all, Wanted wanted) {
        var project = new Select<Project>();
        project.setLabel(translate("project"));
        project.setItemLabelGenerator(Project::name);
        project.setItems(all);
        project.setValue(wanted.project());
        project.addValueChangeListener(change ->
                new Wanted(change.getValue(), wanted.status(), wanted.stage(), wanted.card(), null).open(scope));
        var status = new Select<RunStatus>();
        status.setLabel(translate("run.status"));
        status.setEmptySelectionAllowed(true);
        status.setEmptySelectionCaption(translate("runs.any-status"));
        status.setItemLabelGenerator(it -> it == null ? translate("runs.any-status") : RunWords.word(it));
        status.setItems(RunStatus.values());
        status.setValue(wanted.status());
        status.addValueChangeListener(change ->
                new Wanted(wanted.project(), change.getValue(), wanted.stage(), wanted.card(), null).open(scope));
        TextField stage = text(translate("run.stage"), wanted.stage());
        stage.addValueChangeListener(
                change -> new Wanted(wanted.project(), wanted.status(), orNull(change.getValue()), wanted.card(), null)
                        .open(scope));
        TextField card = text(translate("run.card"), wanted.card());
        card.addValueChangeListener(
                change -> new Wanted(wanted.project(), wanted.status(), wanted.stage(), orNull(change.getValue()), null)
                        .open(scope));
        var filters = new Div(project, status, stage, card);
        filters.addClassName("artemis-filters");
        return filters;
    }

    private static TextField text(String label, @Nullable String value) {
        var field = new TextField(label);
        field.setClearButtonVisible(true);
        field.setValue(value == null ? "" : value);
        field.setValueChangeMode(ValueChangeMode.ON_CHANGE);
        return field;
    }

    private static @Nullable String orNull(String text) {
        return text.isBlank() ? null : text.strip();
    }

    private static Button older(TeamScope scope, Wanted wanted, String next) {
        var older = new Button(translate("runs.older"));
        older.addClickListener(click ->
                new Wanted(wanted.project(), wanted.status(), wanted.stage(), wanted.card(), next).open(scope));
        return older;
    }
}
