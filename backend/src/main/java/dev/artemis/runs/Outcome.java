package dev.artemis.runs;

import dev.artemis.sandbox.Ending;
import dev.artemis.sandbox.Usage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param exitCode 0 to 255; 128 + n where it died of signal n; null where we ended it or it never ran
 * @param signal name of the signal that it died of
 * @param killed we ended it after it had started
 * @param usage nothing where it never ran or its end is unknown
 */
record Outcome(
        @Nullable Integer exitCode,
        @Nullable String signal,
        boolean killed,
        @Nullable KillReason reason,
        Usage usage) {

    static final Usage NOTHING_USED = new Usage(Duration.ZERO, Duration.ZERO, 0);

    /** As the program's final record says. */
    static Outcome of(Ending ending, Usage usage) {
        return switch (ending) {
            case Ending.Exited exited -> new Outcome(exited.code(), null, false, null, usage);
            case Ending.Signalled died -> new Outcome(died.exitCode(), died.name(), false, null, usage);
            case Ending.Killed killed -> new Outcome(null, null, true, KillReason.of(killed.reason()), usage);
        };
    }

    /** Ended for a reason of ours, with nothing to bill. */
    static Outcome without(boolean killed, KillReason reason) {
        return new Outcome(null, null, killed, reason, NOTHING_USED);
    }
}
