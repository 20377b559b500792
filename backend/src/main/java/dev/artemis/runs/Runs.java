package dev.artemis.runs;

import dev.artemis.sandbox.Channel;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Page;
import dev.artemis.shared.Problem;
import dev.artemis.shared.RunId;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs of a project: submitted, looked at, cancelled. Everything is of the caller's own project; else 404. */
public interface Runs {

    /**
     * Checks, scans, holds the most that the run can cost, and queues it.
     *
     * @throws Problem 422 with the fields that are not allowed; 429 {@code queue-full} when too many wait
     */
    Submission submit(Caller.ForProject caller, RunRequest request);

    /** Submits the same code, files and limits once more. */
    Submission again(Caller.ForProject caller, RunId run);

    /** @throws Problem 404 */
    RunView get(Caller.ForProject caller, RunId run);

    /** The same, as soon as it has ended, at the latest after that time. */
    RunView await(Caller.ForProject caller, RunId run, Duration atMost);

    /**
     * Newest first.
     *
     * @param cursor {@code next} of the page before; null for the first
     * @param size 1 to 200
     */
    Page<RunSummary> list(Caller.ForProject caller, RunFilter filter, @Nullable String cursor, int size);

    /** Asks to end it: at once while it waits, within two seconds once it runs, without effect when it has ended. */
    RunView cancel(Caller.ForProject caller, RunId run);

    /** What was kept of a stream, unchanged. */
    byte[] output(Caller.ForProject caller, RunId run, Channel channel);

    /** What happened after the news of that number (0: from the beginning), in order, at most a few hundred. */
    List<RunNews> newsAfter(Caller.ForProject caller, RunId run, long number);

    /**
     * Gives the run now and whenever it changes, a few times a second at most, until it has ended. Called on a thread
     * of its own.
     */
    Subscription watch(Caller.ForProject caller, RunId run, Consumer<RunView> viewer);

    /** Counts of the caller's project. */
    RunStatistics statistics(Caller.ForProject caller);
}
