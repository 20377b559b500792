package dev.artemis.sandbox.runner;

import dev.artemis.sandbox.Channel;
import dev.artemis.sandbox.Result;
import java.time.Instant;

/** What one line of the runner says, once understood (docs/protocol.md). */
public sealed interface RunnerLine {

    /** The program was started. */
    record Started(Instant at) implements RunnerLine {}

    /** A piece of output. */
    record Output(Channel channel, long offset, byte[] bytes) implements RunnerLine {}

    /**
     * The final record, authentic.
     *
     * @param delivery whether all output that it speaks of has been read
     */
    record Ended(Result result, Delivery delivery) implements RunnerLine {}

    /** The runner could not start the program. */
    record Refused(String reason) implements RunnerLine {}

    /** A line that was read before, or not a line of the runner's at all before its end; without effect. */
    record Repeated() implements RunnerLine {}

    /** A line that no honest runner writes: bad syntax, a gap that goes back, a MAC that does not fit. The run is lost. */
    record Forged(String why) implements RunnerLine {}

    /** Whether all kept output arrived unchanged. */
    enum Delivery {
        COMPLETE,
        /** Lines are missing, as after a rotated log. */
        INCOMPLETE
    }
}
