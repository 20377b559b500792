package dev.artemis.ui.runs;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import dev.artemis.projects.Project;
import dev.artemis.runs.Found;
import dev.artemis.runs.OutputSize;
import dev.artemis.runs.RunStatus;
import dev.artemis.runs.RunSummary;
import dev.artemis.runs.Runs;
import dev.artemis.runs.WaitingFor;
import dev.artemis.sandbox.Channel;
import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.shared.Caller;
import dev.artemis.ui.Incidents;
import dev.artemis.ui.Paths;
import dev.artemis.ui.Problems;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.parts.Badge;
import dev.artemis.ui.parts.CodeEditor;
import dev.artemis.ui.parts.Link;
import dev.artemis.ui.parts.Note;
import dev.artemis.ui.parts.OutputView;
import dev.artemis.ui.parts.PageHead;
import dev.artemis.ui.parts.Panel;
import dev.artemis.ui.parts.Tone;
import java.io.ByteArrayInputStream;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.TaskScheduler;

/** The parts of a run's page, put together; each is brought up to date in place. */
class RunContent extends Div {

    private static final long serialVersionUID = 1;

    private static final int LINE_PIXELS = 21;
    private static final int LEAST_PIXELS = 90;
    private static final int MOST_PIXELS = 560;

    private final transient TeamScope scope;
    private final transient RunSummary first;
    private final PageHead head;
    private final Badge badge = new Badge("", Tone.CALM);
    private final Button cancel = new Button(translate("run.cancel"), VaadinIcon.STOP.create());
    private final Div sentence = new Div();
    private final Note untold = new Note(Tone.WARN, translate("run.untold"));
    private final OutputView output = new OutputView();
    private final Panel outputPanel = new Panel(translate("run.printed"), output);
    private final UsedBars used;
    private final RunFacts facts;
    private final RunTimeline timeline;
    private boolean mayCancel;
    private String said = "";
    private @Nullable WaitingFor waiting;
    private transient @Nullable News news;
    private transient @Nullable FollowRun following;

    RunContent(TeamScope scope, Project project, RunSummary run, SandboxSpec given, Found found) {
        this.scope = scope;
        this.first = run;
        this.used = new UsedBars(given.limits(), scope.format());
        this.facts = new RunFacts(scope, project, given);
        this.timeline = new RunTimeline(scope.format());
        addClassName("artemis-stack");
        cancel.setVisible(false);
        head = new PageHead(RunWords.title(run.id()))
                .under(new Link(Paths.runs(scope.slug(), project.slug()), project.name()))
                .beside(badge);
        sentence.getElement().setAttribute("aria-live", "polite");
        sentence.addClassName("artemis-stack");
        CodeEditor code = code(run, given);
        untold.setVisible(false);
        add(head, sentence, untold);
        if (!found.isEmpty()) {
            add(new FindingsPanel(scope, project, run.status(), found, code));
        }
        outputPanel.setVisible(run.status() != RunStatus.BLOCKED);
        var rows = new Div(used, timeline);
        rows.addClassName("artemis-row");
        rows.setVisible(run.status() != RunStatus.BLOCKED);
        add(outputPanel, rows, facts, new Panel(translate("run.code"), code));
        var again = new Button(
                translate("run.again"),
                VaadinIcon.REFRESH.create(),
                click -> UI.getCurrent()
                        .navigate(
                                Paths.submit(scope.slug()),
                                QueryParameters.simple(Map.of(
                                        "project",
                                        project.slug().value(),
                                        "again",
                                        run.id().toString()))));
        cancel.addClickListener(click -> cancel.setEnabled(false));
        head.action(cancel);
        if (scope.may(dev.artemis.shared.Role.OWNER, dev.artemis.shared.Role.DEVELOPER)) {
            head.action(again);
        }
        show(run);
    }

    /** Lets the viewer end the run. */
    void mayCancel(Runnable action) {
        mayCancel = true;
        cancel.addClickListener(click -> Problems.attempt(action));
        show(first);
    }

    /** Offers what was kept of both streams, unchanged. */
    void downloads(Runs runs, Caller.ForProject caller) {
        for (Channel channel : Channel.values()) {
            String name = channel.name().toLowerCase(Locale.ROOT);
            var link = new Anchor(
                    DownloadHandler.fromInputStream(request -> {
                        byte[] bytes = runs.output(caller, first.id(), channel);
                        return new DownloadResponse(
                                new ByteArrayInputStream(bytes),
                                first.id() + "." + name,
                                "application/octet-stream",
                                bytes.length);
                    }),
                    translate("run.download"));
            link.getElement().setAttribute("aria-label", translate("run.download-of", translate("run." + name)));
            link.addClassNames("artemis-link", "artemis-action");
            output.beside(name, link);
        }
    }

    /** What happened to the run, at once or as it comes. */
    private record News(FollowRun.Source source, TaskScheduler scheduler) {}

    /** Brings itself up to date from there while it is on the page. */
    void live(FollowRun.Source source, TaskScheduler scheduler) {
        this.news = new News(source, scheduler);
    }

    @Override
    protected void onAttach(AttachEvent event) {
        UI ui = event.getUI();
        output.clear();
        timeline.empty();
        if (news == null) {
            return;
        }
        if (first.status().ended()) {
            try {
                show(FollowRun.whole(news.source()));
                return;
            } catch (RuntimeException fault) {
                Incidents.record(fault);
                untold.setVisible(true);
            }
        }
        timeline.loading();
        output.remark(translate("loading"), translate("loading"));
        following = FollowRun.begin(news.source(), news.scheduler(), update -> arrived(ui, update));
    }

    @Override
    protected void onDetach(DetachEvent event) {
        if (following != null) {
            following.close();
            following = null;
        }
    }

    private void arrived(UI ui, RunUpdate update) {
        try {
            var _ = ui.access(() -> show(update));
        } catch (UIDetachedException gone) {
            // nobody looks any more
        }
    }

    private void show(RunUpdate update) {
        untold.setVisible(false);
        if (update.fresh()) {
            output.clear();
        }
        if (!update.pieces().isEmpty()) {
            output.append(update.pieces());
        }
        timeline.add(update.moves());
        waiting = update.waiting();
        show(update.run());
        output.remark(
                remark(update.size().stdout(), update.run()),
                remark(update.size().stderr(), update.run()));
        used.show(update.run(), update.size());
    }

    private void show(RunSummary run) {
        badge.show(RunWords.word(run.status()), RunWords.tone(run.status()));
        cancel.setVisible(mayCancel && !run.status().ended());
        cancel.setEnabled(!run.cancelRequested());
        say(RunWords.tone(run.status()), RunWords.sentence(run, waiting));
        facts.show(run);
        used.show(run, null);
    }

    /** What is put there anew is read out anew: only other words are. */
    private void say(Tone tone, String words) {
        if (!words.equals(said)) {
            said = words;
            sentence.removeAll();
            sentence.add(new Note(tone, words));
        }
    }

    private String remark(OutputSize.Stream stream, RunSummary run) {
        if (stream.total() == 0) {
            return translate(run.status().ended() ? "run.printed-nothing" : "run.printed-nothing-yet");
        }
        return stream.truncated() ? translate("run.truncated", scope.format().bytes(stream.total())) : "";
    }

    private static CodeEditor code(RunSummary run, SandboxSpec given) {
        var code = new CodeEditor(translate("submit.code"));
        code.setReadOnly(true);
        code.hideLabel();
        code.setLanguage(run.language());
        code.setValue(given.code());
        code.setHeight(Math.clamp(given.code().lines().count() * LINE_PIXELS + 50, LEAST_PIXELS, MOST_PIXELS) + "px");
        code.setMinHeight("0");
        return code;
    }
}
