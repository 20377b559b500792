package dev.artemis.ui.runs;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import dev.artemis.projects.Project;
import dev.artemis.projects.Projects;
import dev.artemis.runs.Finding;
import dev.artemis.runs.RunStatus;
import dev.artemis.runs.RunSummary;
import dev.artemis.runs.RunView;
import dev.artemis.runs.Runs;
import dev.artemis.runs.Subscription;
import dev.artemis.sandbox.Channel;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Role;
import dev.artemis.shared.RunId;
import dev.artemis.shared.Slug;
import dev.artemis.ui.MainLayout;
import dev.artemis.ui.Paths;
import dev.artemis.ui.Problems;
import dev.artemis.ui.TeamPage;
import dev.artemis.ui.TeamRoles;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.Viewer;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.Badge;
import dev.artemis.ui.parts.CodeEditor;
import dev.artemis.ui.parts.Facts;
import dev.artemis.ui.parts.Link;
import dev.artemis.ui.parts.Note;
import dev.artemis.ui.parts.PageHead;
import dev.artemis.ui.parts.Panel;
import dev.artemis.ui.parts.Tone;
import jakarta.annotation.security.PermitAll;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One run: how it stands, what it printed, what the scanner found, what it used and cost. Live until it ended. */
@Route(value = "teams/:team/projects/:project/runs/:run", layout = MainLayout.class)
@PermitAll
@TeamRoles({Role.OWNER, Role.DEVELOPER, Role.VIEWER})
class RunPage extends TeamPage {

    private static final long serialVersionUID = 1;

    /** More of an output would slow the page; the rest is in the download. */
    private static final int MOST_SHOWN = 200_000;

    private final transient Runs runs;
    private final transient Projects projects;

    RunPage(Viewer viewer, Runs runs, Projects projects) {
        super(viewer);
        this.runs = runs;
        this.projects = projects;
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
        RunView run = runs.get(caller, id.get());
        String text = id.get().toString();
        title(translate("run.title", text.substring(text.length() - 8)), scope);
        add(new Content(scope, project, caller, run));
    }

    private static Optional<RunId> runId(String text) {
        try {
            return Optional.of(RunId.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private final class Content extends Div {

        private static final long serialVersionUID = 1;

        private final transient TeamScope scope;
        private final transient Project project;
        private final transient Caller.ForProject caller;
        private final transient Format format;
        private final RunId id;
        private final Badge badge = new Badge("", Tone.CALM);
        private final Button cancel = new Button(translate("run.cancel"), VaadinIcon.STOP.create());
        private final Div sentence = new Div();
        private final Panel findings = new Panel(translate("run.findings"));
        private final Div outputs = new Div();
        private final Output stdout;
        private final Output stderr;
        private final Panel facts = new Panel(translate("run.facts"));
        private final CodeEditor code = new CodeEditor(translate("submit.code"));
        private transient RunView shown;
        private transient @Nullable Subscription watching;

        Content(TeamScope scope, Project project, Caller.ForProject caller, RunView run) {
            this.scope = scope;
            this.project = project;
            this.caller = caller;
            this.format = scope.format();
            this.id = run.summary().id();
            this.shown = run;
            this.stdout = new Output("run.stdout", Channel.STDOUT);
            this.stderr = new Output("run.stderr", Channel.STDERR);
            addClassName("artemis-stack");
            String name = id.toString();
            var head = new PageHead(translate("run.title", name.substring(name.length() - 8)))
                    .under(new Link(Paths.runs(scope.slug(), project.slug()), project.name()))
                    .beside(badge);
            if (scope.may(Role.OWNER, Role.DEVELOPER)) {
                cancel.addClickListener(click -> Problems.attempt(() -> show(runs.cancel(caller, id))));
                var again = new Button(translate("run.again"), VaadinIcon.REFRESH.create(), click -> again());
                head.action(cancel).action(again);
            }
            sentence.getElement().setAttribute("aria-live", "polite");
            sentence.addClassName("artemis-stack");
            code.setReadOnly(true);
            code.hideLabel();
            code.setLanguage(run.summary().language());
            code.setValue(run.code());
            code.setHeight(Math.clamp(run.code().lines().count() * 21 + 50, 90, 560) + "px");
            code.setMinHeight("0");
            outputs.add(stdout, stderr);
            outputs.addClassName("artemis-row");
            add(head, sentence, findings, outputs, facts, new Panel(translate("run.code"), code));
            show(run);
        }

        @Override
        protected void onAttach(AttachEvent event) {
            if (!shown.summary().status().ended()) {
                UI ui = event.getUI();
                watching = runs.watch(caller, id, run -> arrived(ui, run));
            }
        }

        @Override
        protected void onDetach(DetachEvent event) {
            if (watching != null) {
                watching.close();
                watching = null;
            }
        }

        private void arrived(UI ui, RunView run) {
            try {
                var _ = ui.access(() -> show(run));
            } catch (UIDetachedException gone) {
                // nobody looks any more
            }
        }

        private void again() {
            UI.getCurrent()
                    .navigate(
                            Paths.submit(scope.slug()),
                            QueryParameters.simple(
                                    java.util.Map.of("project", project.slug().value(), "again", id.toString())));
        }

        private void show(RunView run) {
            shown = run;
            RunSummary summary = run.summary();
            badge.show(RunWords.word(summary.status()), RunWords.tone(summary.status()));
            cancel.setVisible(!summary.status().ended());
            cancel.setEnabled(!summary.cancelRequested());
            sentence.removeAll();
            sentence.add(new Note(RunWords.tone(summary.status()), RunWords.sentence(summary)));
            showFindings(run);
            outputs.setVisible(summary.status() != RunStatus.BLOCKED);
            stdout.show(run.stdout(), summary.status());
            stderr.show(run.stderr(), summary.status());
            showFacts(summary);
        }

        private void showFindings(RunView run) {
            findings.setVisible(!run.findings().isEmpty());
            findings.clear();
            var list = new UnorderedList();
            list.addClassName("artemis-findings");
            for (Finding finding : run.findings()) {
                var line = new Span(translate("run.finding-line", String.valueOf(finding.line())));
                line.addClassNames("artemis-quiet", "artemis-number");
                var rule = new Span(finding.rule());
                rule.addClassName("artemis-mono");
                list.add(new ListItem(
                        new Badge(
                                translate("run.severity." + finding.severity()),
                                finding.severity().equals("high") ? Tone.BAD : Tone.WARN),
                        line,
                        new Span(finding.message()),
                        rule));
            }
            findings.add(list);
            code.mark(run.findings().stream()
                    .map(it -> new CodeEditor.Mark(
                            it.line(), Math.max(0, it.column() - 1), it.severity(), it.rule() + ": " + it.message()))
                    .toList());
        }

        private void showFacts(RunSummary run) {
            facts.clear();
            var list = new Facts()
                    .fact(translate("run.took"), seconds(run.executionTime()))
                    .fact(translate("run.cpu"), seconds(run.cpuTime()))
                    .fact(
                            translate("run.memory"),
                            run.maxMemoryBytes() == null ? "–" : format.bytes(run.maxMemoryBytes()))
                    .fact(translate("run.exit"), exit(run))
                    .fact(translate("costs.cost"), run.cost() == null ? "–" : format.exact(run.cost()))
                    .fact(translate("run.backend"), run.backend() == null ? "–" : run.backend())
                    .fact(translate("run.attempt"), String.valueOf(run.attempt()))
                    .fact(translate("run.created"), format.precise(run.createdAt()));
            if (run.stage() != null) {
                list.fact(translate("run.stage"), run.stage());
            }
            if (run.cardId() != null) {
                list.fact(translate("run.card"), run.cardId());
            }
            list.fact(translate("run.id"), id.toString());
            facts.add(list);
        }

        private static String exit(RunSummary run) {
            return run.exitCode() == null
                    ? "–"
                    : run.exitCode() + (run.signal() == null ? "" : " (" + run.signal() + ")");
        }

        private String seconds(@Nullable BigDecimal seconds) {
            return seconds == null
                    ? "–"
                    : format.duration(
                            Duration.ofMillis(seconds.movePointRight(3).longValue()));
        }

        /** What was printed to one stream: as text that cannot become markup, and as a download of the bytes. */
        private final class Output extends Panel {

            private static final long serialVersionUID = 1;

            private final Pre text = new Pre();
            private final Div notes = new Div();
            private @Nullable String last;

            Output(String title, Channel channel) {
                super(translate(title));
                text.addClassName("artemis-output");
                text.getElement().setAttribute("tabindex", "0");
                text.getElement().setAttribute("aria-label", translate(title));
                text.getElement().setAttribute("data-channel", channel.name().toLowerCase(java.util.Locale.ROOT));
                notes.addClassNames("artemis-quiet", "artemis-small");
                var download = new Anchor(
                        DownloadHandler.fromInputStream(request -> {
                            byte[] bytes = runs.output(caller, id, channel);
                            return new DownloadResponse(
                                    new ByteArrayInputStream(bytes),
                                    id + "." + channel.name().toLowerCase(java.util.Locale.ROOT),
                                    "application/octet-stream",
                                    bytes.length);
                        }),
                        translate("run.download"));
                download.addClassNames("artemis-link", "artemis-small");
                aside(download);
                add(text, notes);
            }

            void show(RunView.OutputText output, RunStatus status) {
                String cut = SafeText.shortened(output.text(), MOST_SHOWN);
                if (!cut.equals(last)) {
                    last = cut;
                    text.setText(SafeText.of(cut));
                }
                boolean silent = output.text().isEmpty();
                text.setVisible(!silent);
                String note =
                        silent ? translate(status.ended() ? "run.printed-nothing" : "run.printed-nothing-yet") : "";
                if (output.truncated()) {
                    note = translate("run.truncated", format.bytes(output.totalBytes()));
                } else if (cut.length() < output.text().length()) {
                    note = translate("run.shortened", format.bytes(output.totalBytes()));
                }
                notes.setText(note);
                notes.setVisible(!note.isEmpty());
            }
        }
    }
}
