package dev.artemis.ui.runs;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.artemis.runs.RunStatus;
import dev.artemis.runs.RunSummary;
import dev.artemis.shared.RunId;
import dev.artemis.ui.parts.Badge;
import dev.artemis.ui.parts.Tone;

/** How a run stands, in a word and in a sentence. */
final class RunWords {

    private static final int SHORT = 8;

    private RunWords() {}

    /** "Run 892cbfc0". */
    static String title(RunId run) {
        return translate("run.title", shortId(run));
    }

    /** The end of an id: enough to know it again, and not the part that all runs of an hour share. */
    static String shortId(RunId run) {
        String text = run.toString();
        return text.substring(text.length() - SHORT);
    }

    static Badge badge(RunStatus status) {
        return new Badge(word(status), tone(status));
    }

    static String word(RunStatus status) {
        return translate("run.status." + status);
    }

    static Tone tone(RunStatus status) {
        return switch (status) {
            case QUEUED -> Tone.CALM;
            case SUBMITTING, RUNNING -> Tone.BUSY;
            case SUCCEEDED -> Tone.GOOD;
            case FAILED, LOST -> Tone.BAD;
            case KILLED, BLOCKED -> Tone.WARN;
            case CANCELLED -> Tone.CALM;
        };
    }

    /** What happened, for people. */
    static String sentence(RunSummary run) {
        return switch (run.status()) {
            case QUEUED -> translate("run.why.QUEUED");
            case SUBMITTING -> translate("run.why.SUBMITTING");
            case RUNNING -> translate(run.cancelRequested() ? "run.why.cancelling" : "run.why.RUNNING");
            case SUCCEEDED -> translate("run.why.SUCCEEDED");
            case FAILED ->
                run.signal() == null
                        ? translate("run.why.FAILED", String.valueOf(run.exitCode()))
                        : translate("run.why.signal", run.signal());
            case KILLED, CANCELLED, LOST -> translate("run.kill." + run.killReason());
            case BLOCKED -> translate("run.why.BLOCKED");
        };
    }
}
