package dev.artemis.ui.runs;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.artemis.projects.Project;
import dev.artemis.projects.Projects;
import dev.artemis.runs.RunRequest;
import dev.artemis.runs.RunView;
import dev.artemis.runs.Runs;
import dev.artemis.runs.Submission;
import dev.artemis.sandbox.Language;
import dev.artemis.shared.Problem;
import dev.artemis.shared.Role;
import dev.artemis.shared.RunId;
import dev.artemis.ui.MainLayout;
import dev.artemis.ui.Paths;
import dev.artemis.ui.Problems;
import dev.artemis.ui.TeamPage;
import dev.artemis.ui.TeamRoles;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.Viewer;
import dev.artemis.ui.parts.CodeEditor;
import dev.artemis.ui.parts.EmptyState;
import dev.artemis.ui.parts.Link;
import dev.artemis.ui.parts.Note;
import dev.artemis.ui.parts.PageHead;
import dev.artemis.ui.parts.Panel;
import dev.artemis.ui.parts.Tone;
import jakarta.annotation.security.PermitAll;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Code goes in here, and its run's page opens. A run may be taken up again by its id in the address. */
@Route(value = "teams/:team/submit", layout = MainLayout.class)
@PermitAll
@TeamRoles({Role.OWNER, Role.DEVELOPER})
class SubmitView extends TeamPage {

    private static final long serialVersionUID = 1;

    private static final String FIRST_CODE = """
        print("hello")
        """;

    private final transient Runs runs;
    private final transient Projects projects;

    SubmitView(Viewer viewer, Runs runs, Projects projects) {
        super(viewer);
        this.runs = runs;
        this.projects = projects;
    }

    @Override
    protected void show(TeamScope scope, BeforeEnterEvent event) {
        title(translate("submit.title"), scope);
        List<Project> all = projects.all(scope.id());
        add(new PageHead(translate("submit.title"))
                .about(translate("submit.about"))
                .under(back(scope)));
        if (all.isEmpty()) {
            add(new Panel(
                    translate("submit.title"),
                    new EmptyState(
                            VaadinIcon.FOLDER_O,
                            translate("dashboard.no-project"),
                            translate("dashboard.no-project-why"),
                            new Link(Paths.projects(scope.slug()), translate("dashboard.to-projects")))));
            return;
        }
        QueryParameters query = event.getLocation().getQueryParameters();
        Project project = query.getSingleParameter("project")
                .flatMap(slug -> all.stream()
                        .filter(it -> it.slug().value().equals(slug))
                        .findFirst())
                .orElse(all.getFirst());
        var form = new Form(scope, all, project);
        query.getSingleParameter("again")
                .flatMap(SubmitView::runId)
                .ifPresent(id -> form.take(runs.get(scope.caller(project.id()), id)));
        add(form);
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

    /** What can be said about a run before it starts. */
    private final class Form extends Div {

        private static final long serialVersionUID = 1;

        private final transient TeamScope scope;
        private final Select<Project> project = new Select<>();
        private final Select<Language> language = new Select<>();
        private final TextField stage = new TextField(translate("run.stage"));
        private final TextField card = new TextField(translate("run.card"));
        private final CodeEditor code = new CodeEditor(translate("submit.code"));
        private final IntegerField timeout = number("submit.timeout", "timeout_seconds");
        private final IntegerField cpu = number("submit.cpu-seconds", "cpu_seconds");
        private final IntegerField memory = number("submit.memory", "memory_mb");
        private final IntegerField output = number("submit.processes", "processes");
        private final TextArea stdin = new TextArea(translate("submit.stdin"));
        private final Div refusal = new Div();

        Form(TeamScope scope, List<Project> all, Project chosen) {
            this.scope = scope;
            addClassName("artemis-stack");
            project.setLabel(translate("project"));
            project.setItemLabelGenerator(Project::name);
            project.setItems(all);
            project.addValueChangeListener(change -> showMaxima(change.getValue()));
            project.setValue(chosen);
            language.setLabel(translate("submit.language"));
            language.setItemLabelGenerator(it -> translate("run.language." + it.id()));
            language.setItems(Language.all());
            language.addValueChangeListener(
                    change -> code.setLanguage(change.getValue().id()));
            language.setValue(Language.PYTHON);
            stage.setPlaceholder(translate("submit.stage-example"));
            card.setPlaceholder(translate("submit.card-example"));
            code.setValue(FIRST_CODE);
            code.setHint(translate("submit.code-hint"));
            code.setHeight("22rem");
            code.onSubmit(this::submit);
            stdin.setWidthFull();
            stdin.setMaxLength(1_000_000);
            var fields = new Div(project, language, stage, card);
            fields.addClassName("artemis-fields");
            var submit = new Button(translate("submit.run"), VaadinIcon.PLAY.create(), click -> submit());
            submit.addThemeVariants(ButtonVariant.PRIMARY);
            submit.setDisableOnClick(false);
            var buttons = new Div(submit);
            buttons.addClassName("artemis-actions");
            add(refusal, new Panel(translate("submit.what"), fields, code, limits(), buttons));
        }

        void take(RunView run) {
            Language.named(run.summary().language()).ifPresent(language::setValue);
            stage.setValue(Objects.requireNonNullElse(run.summary().stage(), ""));
            card.setValue(Objects.requireNonNullElse(run.summary().cardId(), ""));
            code.setValue(run.code());
        }

        private Component limits() {
            var fields = new Div(timeout, cpu, memory, output);
            fields.addClassName("artemis-fields");
            var all = new Div(fields, stdin);
            all.addClassName("artemis-stack");
            return new Details(translate("submit.limits"), all);
        }

        private void showMaxima(@Nullable Project chosen) {
            if (chosen == null) {
                return;
            }
            Map<String, IntegerField> fields =
                    Map.of("timeout_seconds", timeout, "cpu_seconds", cpu, "memory_mb", memory, "processes", output);
            fields.forEach((name, field) -> {
                Long usual = chosen.defaultLimits().get(name);
                Long most = chosen.maximumLimits().get(name);
                field.setPlaceholder(usual == null ? translate("submit.default") : String.valueOf(usual));
                field.setHelperText(
                        most == null
                                ? ""
                                : translate("submit.at-most", scope.format().count(most)));
            });
        }

        private void submit() {
            refusal.removeAll();
            code.setError("");
            if (code.getValue().isBlank()) {
                code.setError(translate("submit.code-missing"));
                return;
            }
            Map<String, HasValidation> fields = new LinkedHashMap<>();
            fields.put("stage", stage);
            fields.put("card_id", card);
            fields.put("limits.timeout_seconds", timeout);
            fields.put("limits.cpu_seconds", cpu);
            fields.put("limits.memory_mb", memory);
            fields.put("limits.processes", output);
            fields.put("stdin", stdin);
            Problems.attempt(
                    fields,
                    () -> open(runs.submit(scope.caller(project.getValue().id()), request())));
        }

        private RunRequest request() {
            var limits = new RunRequest.LimitsRequest(
                    null,
                    memory.getValue() == null ? null : memory.getValue().longValue(),
                    decimal(cpu),
                    decimal(timeout),
                    null,
                    null,
                    output.getValue() == null ? null : output.getValue().longValue(),
                    null,
                    null);
            return new RunRequest(
                    language.getValue().id(),
                    code.getValue(),
                    orNull(stage.getValue()),
                    orNull(card.getValue()),
                    limits,
                    null,
                    stdin.isEmpty() ? null : stdin.getValue(),
                    null,
                    null,
                    null);
        }

        private void open(Submission submission) {
            switch (submission) {
                case Submission.Queued queued -> open(queued.run());
                case Submission.Blocked blocked -> open(blocked.run());
                case Submission.OverBudget over -> refusal.add(new Note(Tone.BAD, overBudget(over.problem())));
            }
        }

        private String overBudget(Problem problem) {
            Object level = problem.properties().get("scope");
            Object period = problem.properties().get("period");
            return level == null || period == null
                    ? Problems.text(problem)
                    : translate("submit.over-budget." + level + "." + period);
        }

        private void open(RunView run) {
            UI.getCurrent()
                    .navigate(Paths.run(
                            scope.slug(),
                            project.getValue().slug(),
                            run.summary().id()));
        }

        private static @Nullable BigDecimal decimal(IntegerField field) {
            return field.getValue() == null ? null : BigDecimal.valueOf(field.getValue());
        }

        private static @Nullable String orNull(String text) {
            return text.isBlank() ? null : text.strip();
        }

        private static IntegerField number(String key, String id) {
            var field = new IntegerField(translate(key));
            field.setMin(1);
            field.setId("limit-" + id);
            field.setWidthFull();
            return field;
        }
    }
}
