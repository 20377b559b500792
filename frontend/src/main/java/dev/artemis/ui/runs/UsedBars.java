package dev.artemis.ui.runs;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.artemis.runs.OutputSize;
import dev.artemis.runs.RunSummary;
import dev.artemis.sandbox.Limits;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.Facts;
import dev.artemis.ui.parts.Panel;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a run used, against what it was allowed. */
class UsedBars extends Panel {

    private static final long serialVersionUID = 1;

    private static final long NEARLY = 90;

    private final transient Limits limits;
    private final transient Format format;
    private final Div bars = new Div();
    private transient @Nullable OutputSize printed;
    private boolean ended;

    UsedBars(Limits limits, Format format) {
        super(translate("run.used"));
        this.limits = limits;
        this.format = format;
        bars.addClassName("artemis-stack");
        add(bars, others(), note());
    }

    /** What is not measured but held: a run that meets one of these is told so by the system, or is ended. */
    private Facts others() {
        return Facts.inLine()
                .fact(translate("run.limit.cpu"), format.number(BigDecimal.valueOf(limits.cpuMillicores(), 3)))
                .fact(translate("run.limit.open-files"), format.count(limits.openFiles()));
    }

    private static Paragraph note() {
        var note = new Paragraph(translate("run.limits-held"));
        note.addClassNames("artemis-quiet", "artemis-small");
        return note;
    }

    /** Shows a run; without a size the one before stays. */
    void show(RunSummary run, @Nullable OutputSize size) {
        printed = size == null ? printed : size;
        ended = run.status().ended();
        bars.removeAll();
        time("run.took", run.executionTime(), limits.wallTimeout());
        time("run.cpu", run.cpuTime(), limits.cpuTime());
        bytes("run.memory", run.maxMemoryBytes(), limits.memoryBytes());
        bytes("run.limit.disk", run.maxDiskBytes(), limits.diskBytes());
        count("run.limit.inodes", run.maxInodes(), limits.inodes());
        bytes("run.limit.file-size", run.maxFileBytes(), limits.fileSizeBytes());
        count("run.limit.processes", run.maxProcesses(), limits.processes());
        bytes("run.stdout", printed == null ? null : printed.stdout().total(), limits.outputBytes());
        bytes("run.stderr", printed == null ? null : printed.stderr().total(), limits.outputBytes());
        if (run.memoryKills() != null && run.memoryKills() > 0) {
            bars.add(new Paragraph(translate("run.memory-kills", format.count(run.memoryKills()))));
        }
    }

    private void time(String name, @Nullable BigDecimal seconds, Duration allowed) {
        Long used = seconds == null ? null : seconds.movePointRight(3).longValue();
        bar(
                name,
                used,
                allowed.toMillis(),
                used == null ? "–" : format.duration(Duration.ofMillis(used)),
                format.duration(allowed));
    }

    private void bytes(String name, @Nullable Long used, long allowed) {
        bar(name, used, allowed, used == null ? "–" : format.bytes(used), format.bytes(allowed));
    }

    private void count(String name, @Nullable Long used, long allowed) {
        bar(name, used, allowed, used == null ? "–" : format.count(used), format.count(allowed));
    }

    private void bar(String name, @Nullable Long used, long allowed, String usedText, String allowedText) {
        long percent = used == null ? 0 : Math.min(100, used * 100 / allowed);
        String of = used == null && ended
                ? translate("run.used-unknown", allowedText)
                : translate("run.used-of", usedText, allowedText);
        String said = percent >= 100
                ? translate("run.used-all", of)
                : percent >= NEARLY ? translate("run.used-nearly", of) : of;
        var words = new Div(new Span(translate(name)), new Span(said));
        words.addClassName("artemis-used-words");
        var part = new Span();
        part.addClassName("artemis-bar-spent");
        part.getStyle().set("inline-size", percent + "%");
        var bar = new Div(part);
        bar.addClassName("artemis-bar");
        bar.getElement().setAttribute("role", "meter");
        bar.getElement().setAttribute("aria-label", translate(name));
        bar.getElement().setAttribute("aria-valuemin", "0");
        bar.getElement().setAttribute("aria-valuemax", "100");
        bar.getElement().setAttribute("aria-valuenow", String.valueOf(percent));
        bar.getElement().setAttribute("aria-valuetext", said);
        var both = new Div(words, bar);
        both.addClassName("artemis-budget");
        both.getElement().setAttribute("data-state", percent >= 100 ? "over" : percent >= NEARLY ? "warn" : "good");
        bars.add(both);
    }
}
