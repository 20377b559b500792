package dev.artemis.runs;

import dev.artemis.sandbox.Channel;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One thing that happened to a run, in the order in which it was written. */
public sealed interface RunNews {

    /** Position within the run's news, from 1 without gaps. */
    long number();

    /**
     * Its status changed, or a step within the same status was taken.
     *
     * @param detail why, in a word of ours such as NODE_LOST
     * @param words what is known of the run itself beyond that, such as how much it asks for; at most 500 characters
     */
    record Moved(
            long number,
            Instant at,
            RunStatus status,
            int attempt,
            @Nullable String detail,
            @Nullable String words) implements RunNews {

        /** Why, as a sentence; null where nothing failed. */
        public @Nullable String reason() {
            return TeamWords.of(detail, words);
        }
    }

    /**
     * It printed.
     *
     * @param offset of the first byte within all that was printed to that stream in this attempt
     */
    record Printed(long number, Instant at, int attempt, Channel channel, long offset, byte[] bytes)
            implements RunNews {}
}
