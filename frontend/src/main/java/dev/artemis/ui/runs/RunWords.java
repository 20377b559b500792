package dev.artemis.ui.runs;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.artemis.runs.RunStatus;
import dev.artemis.runs.RunSummary;
import dev.artemis.runs.WaitingFor;
import dev.artemis.sandbox.Failure;
import dev.artemis.sandbox.Loss;
import dev.artemis.shared.RunId;
import dev.artemis.ui.parts.Badge;
import dev.artemis.ui.parts.Tone;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How a run stands, in a word and in a sentence. */
final class RunWords {

    private static final int SHORT = 8;

    /** What runs say of why they moved. */
    private static final Set<String> DETAILS = Stream.of(
                    Stream.of("CANCEL_REQUESTED"),
                    Arrays.stream(Failure.values()).map(Failure::name),
                    Arrays.stream(Loss.values()).map(Loss::name))
            .flatMap(names -> names)
            .collect(Collectors.toUnmodifiableSet());

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

    /** Why a run moved; a word that is new here stands for itself. */
    static String detail(String word) {
        return DETAILS.contains(word) ? translate("run.detail." + word) : word;
    }

    /** What happened, for people. @param waiting what it waits for while it does not run; null: not known yet */
    static String sentence(RunSummary run, @Nullable WaitingFor waiting) {
        return switch (run.status()) {
            case QUEUED -> translate(waiting == null ? "run.why.QUEUED" : "run.waits." + waiting);
            case SUBMITTING -> translate(waiting == null ? "run.why.SUBMITTING" : "run.waits." + waiting);
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
