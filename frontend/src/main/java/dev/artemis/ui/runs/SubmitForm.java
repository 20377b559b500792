package dev.artemis.ui.runs;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.artemis.projects.Project;
import dev.artemis.runs.Finding;
import dev.artemis.runs.RunRequest;
import dev.artemis.runs.RunSummary;
import dev.artemis.runs.RunView;
import dev.artemis.runs.Runs;
import dev.artemis.runs.Submission;
import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.scanning.ScanReport;
import dev.artemis.scanning.Telling;
import dev.artemis.shared.Language;
import dev.artemis.shared.Problem;
import dev.artemis.shared.Role;
import dev.artemis.ui.Paths;
import dev.artemis.ui.Problems;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.Viewer;
import dev.artemis.ui.parts.Checks;
import dev.artemis.ui.parts.CodeEditor;
import dev.artemis.ui.parts.Keep;
import dev.artemis.ui.parts.Note;
import dev.artemis.ui.parts.Panel;
import dev.artemis.ui.parts.Tone;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What can be said about a run before it starts. The code is scanned while it is typed. */
class SubmitForm extends Div {

    private static final long serialVersionUID = 1;

    private static final String FIRST_CODE = """
        print("hello")
        """;
    private static final int MOST_INPUT = 1_000_000;
    private static final int MOST_PRIORITY = 10;
    private static final int MOST_FINDINGS = 50;

    private final transient TeamScope scope;
    private final transient Viewer viewer;
    private final transient Runs runs;
    private final Select<Project> project = new Select<>();
    private final Select<Language> language = Keep.field(new Select<>(), "language");
    private final TextField stage = Keep.field(new TextField(translate("run.stage")), "stage");
    private final TextField card = Keep.field(new TextField(translate("run.card")), "card");
    private final CodeEditor code = Keep.field(new CodeEditor(translate("submit.code")), "code");
    private final Div scan = new Div();
    private final Div findings = new Div();
    private transient List<Finding> found = List.of();
    private int leftOutBefore;
    private final LimitFields limits = new LimitFields();
    private final TextArea stdin = Keep.field(new TextArea(translate("submit.stdin")), "stdin");
    private final TextArea env = Keep.field(new TextArea(translate("submit.env")), "env");
    private final IntegerField priority = Keep.field(new IntegerField(translate("submit.priority")), "priority");
    private final Checkbox unscanned = Keep.field(new Checkbox(translate("submit.unscanned")), "unscanned");
    private final InputFiles files;
    private final Details more;
    private final Keep keep;
    private final Div refusal = new Div();

    SubmitForm(TeamScope scope, List<Project> all, Project chosen, Viewer viewer, Runs runs, String place) {
        this.scope = scope;
        this.viewer = viewer;
        this.runs = runs;
        this.files = new InputFiles(scope.format());
        this.keep = new Keep(place);
        addClassName("artemis-stack");
        keep.addClassName("artemis-stack");
        refusal.addClassName("artemis-stack");
        choices(all, chosen);
        editor();
        stdin.setWidthFull();
        stdin.setMaxLength(MOST_INPUT);
        env.setWidthFull();
        env.setHelperText(translate("submit.env-help"));
        var fields = new Div(project, language, stage, card);
        fields.addClassName("artemis-fields");
        var input = new Div(stdin, env);
        input.addClassName("artemis-fields");
        priority.setMin(-MOST_PRIORITY);
        priority.setMax(MOST_PRIORITY);
        priority.setPlaceholder("0");
        priority.setHelperText(translate("submit.priority-help"));
        priority.setStepButtonsVisible(true);
        unscanned.setHelperText(translate("submit.unscanned-help"));
        var queue = new Div(priority, unscanned);
        queue.addClassName("artemis-fields");
        var hidden = new Div(limits, input, files, queue);
        hidden.addClassName("artemis-stack");
        more = new Details(translate("submit.limits"), hidden);
        var submit = new Button(translate("submit.run"), VaadinIcon.PLAY.create());
        // on a slow network it is seen that this was pressed, and a second press is none
        submit.setDisableOnClick(true);
        submit.addClickListener(click -> {
            try {
                submit();
            } finally {
                submit.setEnabled(true);
            }
        });
        submit.addThemeVariants(ButtonVariant.PRIMARY);
        var buttons = new Div(submit);
        buttons.addClassName("artemis-actions");
        keep.add(fields, code, scan, findings, more, buttons);
        add(refusal, new Panel(translate("submit.what"), keep));
        look();
    }

    /** Begins with what an earlier run was given. */
    void take(RunSummary run, SandboxSpec given) {
        language.setValue(given.language());
        stage.setValue(Objects.requireNonNullElse(run.stage(), ""));
        card.setValue(Objects.requireNonNullElse(run.cardId(), ""));
        code.setValue(given.code());
        limits.take(given.limits());
        stdin.setValue(new String(given.stdin(), StandardCharsets.UTF_8));
        env.setValue(EnvText.of(given.env()));
        priority.setValue(run.priority() == 0 ? null : run.priority());
        files.take(given.files());
        more.setOpened(run.priority() != 0
                || given.stdin().length > 0
                || !given.files().isEmpty()
                || !given.env().isEmpty());
        look();
    }

    private void choices(List<Project> all, Project chosen) {
        project.setLabel(translate("project"));
        project.setItemLabelGenerator(Project::name);
        project.setItems(all);
        project.addValueChangeListener(change -> {
            if (change.getValue() != null) {
                limits.allow(runs.allowed(change.getValue()), scope.format());
                unscanned.setVisible(change.getValue().allowUnscanned());
                look();
            }
        });
        project.setValue(chosen);
        language.setLabel(translate("submit.language"));
        language.setItemLabelGenerator(it -> translate("run.language." + it.id()));
        language.setItems(Language.all());
        language.setValue(Language.PYTHON);
        language.addValueChangeListener(change -> {
            code.setLanguage(change.getValue().id());
            look();
        });
        stage.setPlaceholder(translate("submit.stage-example"));
        card.setPlaceholder(translate("submit.card-example"));
    }

    private void editor() {
        code.setValue(FIRST_CODE);
        code.setHint(translate("submit.code-hint"));
        code.setHeight("22rem");
        code.onSubmit(this::submit);
        code.addValueChangeListener(change -> look());
        scan.getElement().setAttribute("role", "status");
        scan.addClassName("artemis-small");
        findings.getElement().setAttribute("role", "group");
        findings.getElement().setAttribute("aria-label", translate("run.findings"));
    }

    /** Calls with the project that was chosen instead. */
    void onProject(Consumer<Project> chosen) {
        project.addValueChangeListener(change -> {
            if (change.isFromClient()) {
                chosen.accept(change.getValue());
            }
        });
    }

    /** These projects from now on; the one that was chosen stays so while it is there. */
    void offer(List<Project> all) {
        Project chosen = project.getValue();
        project.setItems(all);
        all.stream()
                .filter(it -> chosen != null && it.id().equals(chosen.id()))
                .findFirst()
                .ifPresent(project::setValue);
    }

    /** What the scanner says to what stands there now. */
    private void look() {
        if (project.getValue() == null || language.getValue() == null) {
            return;
        }
        ScanReport report = runs.scan(project.getValue(), language.getValue().id(), code.getValue());
        List<Finding> all = seen(report.findings());
        code.mark(all.stream().map(FindingsPanel::mark).toList());
        List<Finding> now =
                seen(Telling.by(project.getValue().scanPolicy().block()).of(report.findings(), MOST_FINDINGS));
        int leftOut = all.size() - now.size() + report.leftOut();
        // who stands in the list keeps the place while nothing else was found
        if (!now.equals(found) || leftOut != leftOutBefore) {
            found = now;
            leftOutBefore = leftOut;
            findings.removeAll();
            if (!now.isEmpty()) {
                findings.add(FindingsPanel.list(now, code));
            }
            if (leftOut > 0) {
                findings.add(new Paragraph(
                        translate("submit.findings-more", scope.format().count(leftOut))));
            }
        }
        String verdict = verdict(report);
        // what is set anew is read out anew
        if (!verdict.equals(scan.getText())) {
            scan.setText(verdict);
        }
        scan.getElement().setAttribute("data-tone", report.verdict().blocks() ? "warn" : "calm");
    }

    private static List<Finding> seen(List<dev.artemis.scanning.Finding> findings) {
        return findings.stream()
                .map(it -> new Finding(it.rule(), it.severity().toString(), it.line(), it.column(), it.message()))
                .toList();
    }

    private String verdict(ScanReport report) {
        String found = scope.format().count(report.findings().size() + report.leftOut());
        return switch (report.verdict()) {
            case CLEAN ->
                report.findings().isEmpty() ? translate("submit.scan-clean") : translate("submit.scan-found", found);
            case BLOCKED -> translate("submit.scan-blocked", found);
            case UNPARSABLE -> translate("submit.scan-unparsable");
        };
    }

    private void submit() {
        refusal.removeAll();
        code.setError("");
        if (code.getValue().isBlank()) {
            code.setError(translate("submit.code-missing"));
            return;
        }
        Optional<Map<String, String>> variables = EnvText.parsed(env.getValue());
        env.setInvalid(false);
        if (variables.isEmpty()) {
            Problems.fault(env, translate("submit.env-wrong"));
        }
        if (!limits.check() | !Checks.whole(priority) | variables.isEmpty() | !files.check()) {
            more.setOpened(true);
            return;
        }
        submit(request(variables.orElseThrow()));
    }

    private void submit(RunRequest request) {
        Map<String, HasValidation> fields = new LinkedHashMap<>(limits.byName());
        fields.putAll(files.fields());
        fields.put("scan", unscanned);
        fields.put("stdin", stdin);
        fields.put("env", env);
        fields.put("priority", priority);
        List<HasValidation> folded = List.copyOf(fields.values());
        fields.put("code", code);
        fields.put("language", language);
        fields.put("stage", stage);
        fields.put("card_id", card);
        Problems.attempt(fields, () -> {
            viewer.acting(scope, Role.OWNER, Role.DEVELOPER);
            answer(runs.submit(scope.caller(project.getValue().id()), request));
        });
        if (folded.stream().anyMatch(HasValidation::isInvalid)) {
            more.setOpened(true);
        }
    }

    private RunRequest request(Map<String, String> variables) {
        return new RunRequest(
                language.getValue().id(),
                code.getValue(),
                orNull(stage.getValue()),
                orNull(card.getValue()),
                limits.request(),
                files.request(),
                stdin.isEmpty() ? null : stdin.getValue(),
                variables,
                unscanned.isVisible() && unscanned.getValue() ? false : null,
                priority.getValue());
    }

    private void answer(Submission submission) {
        switch (submission) {
            case Submission.Queued queued -> open(queued.run());
            case Submission.Blocked blocked -> open(blocked.run());
            case Submission.OverBudget over -> refusal.add(new Note(Tone.BAD, overBudget(over.problem())));
        }
    }

    private static String overBudget(Problem problem) {
        Object level = problem.properties().get("scope");
        Object period = problem.properties().get("period");
        return level == null || period == null
                ? Problems.text(problem)
                : translate("submit.over-budget." + level + "." + period);
    }

    private void open(RunView run) {
        keep.forget();
        UI.getCurrent()
                .navigate(Paths.run(
                        scope.slug(), project.getValue().slug(), run.summary().id()));
    }

    private static @Nullable String orNull(String text) {
        return text.isBlank() ? null : text.strip();
    }
}
