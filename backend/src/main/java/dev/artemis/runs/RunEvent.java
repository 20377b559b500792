package dev.artemis.runs;

import dev.artemis.sandbox.Ending;
import dev.artemis.sandbox.Usage;
import java.time.Instant;

/** What can happen to a run. */
public sealed interface RunEvent {

    /** A worker took it. The token is greater than every one before. */
    record Claimed(long fencingToken) implements RunEvent {}

    /** The sandbox has it. */
    record Accepted() implements RunEvent {}

    /** The program was started, by the executor's clock. */
    record Started(Instant startedAt) implements RunEvent {}

    /** The program ended. */
    record Finished(Ending ending, Usage usage, Instant startedAt) implements RunEvent {}

    /** The sandbox has no room now: it waits again, and no try is used up. */
    record Postponed() implements RunEvent {}

    /** It did not start, for no fault of its own; another try may help. */
    record StartFailed() implements RunEvent {}

    /** No sandbox of ours can ever start it. */
    record Unstartable() implements RunEvent {}

    /** Whatever held it is gone, its end unknown. */
    record Vanished() implements RunEvent {}

    /** Somebody asked to end it. */
    record CancelRequested() implements RunEvent {}
}
