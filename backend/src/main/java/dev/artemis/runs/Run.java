package dev.artemis.runs;

import dev.artemis.sandbox.Ending;
import dev.artemis.shared.RunId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run's state machine: pure, without a clock or a database. Each event gives the run that follows; an event that
 * cannot happen in a state throws.
 *
 * @param attempt number of the current or last attempt, 0 before the first
 * @param fencingToken of the current or last claim
 * @param faults attempts that failed for no fault of the program
 * @param faultsAllowed as many faults end it as LOST
 * @param dueAt while queued: not to be claimed before
 * @param startedAt start of the program in the current attempt
 * @param outcome once ended, unless blocked
 */
public record Run(
        RunId id,
        RunStatus status,
        int attempt,
        long fencingToken,
        int faults,
        int faultsAllowed,
        boolean cancelRequested,
        Instant dueAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Outcome outcome) {

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** More attempts than this have no name in a sandbox. */
    private static final int LAST_ATTEMPT = 1_000;

    /** A new run that waits. */
    static Run queued(RunId id, int faultsAllowed, Instant at) {
        return new Run(id, RunStatus.QUEUED, 0, 0, 0, faultsAllowed, false, at, null, null, null);
    }

    /** A new run that the scanner refused. */
    static Run blocked(RunId id, Instant at) {
        return new Run(id, RunStatus.BLOCKED, 0, 0, 0, 0, false, at, null, at, null);
    }

    /**
     * The run after an event.
     *
     * @throws IllegalStateException it cannot happen in this state
     */
    public Run on(RunEvent event, Instant at) {
        return switch (event) {
            case RunEvent.Claimed claimed -> claimed(claimed.fencingToken());
            case RunEvent.Accepted accepted -> require(accepted, RunStatus.SUBMITTING);
            case RunEvent.Started started ->
                require(started, RunStatus.SUBMITTING).running(started.startedAt());
            case RunEvent.Finished finished -> requireHeld(finished).finished(finished, at);
            case RunEvent.Postponed postponed ->
                require(postponed, RunStatus.SUBMITTING).postponed(at);
            case RunEvent.StartFailed failed ->
                require(failed, RunStatus.SUBMITTING).faulted(KillReason.START_TIMEOUT, at);
            case RunEvent.Unstartable never ->
                require(never, RunStatus.SUBMITTING).gaveUp(KillReason.START_TIMEOUT, at);
            case RunEvent.Vanished vanished -> requireHeld(vanished).faulted(KillReason.NODE_LOST, at);
            case RunEvent.CancelRequested cancel -> cancelRequested(cancel, at);
        };
    }

    private Run claimed(long token) {
        require(new RunEvent.Claimed(token), RunStatus.QUEUED);
        if (token <= fencingToken) {
            throw new IllegalStateException("run " + id + ": token " + token + " is not above " + fencingToken);
        }
        return new Run(
                id, RunStatus.SUBMITTING, attempt + 1, token, faults, faultsAllowed, false, dueAt, null, null, null);
    }

    private Run running(Instant started) {
        return in(RunStatus.RUNNING, faults, dueAt, started);
    }

    /** A program that was ended as if on request, though nobody asked, fell with its server: not its fault. */
    private Run finished(RunEvent.Finished event, Instant at) {
        if (!cancelRequested
                && event.ending() instanceof Ending.Killed killed
                && killed.reason() == dev.artemis.sandbox.KillReason.CANCELLED) {
            return faulted(KillReason.NODE_LOST, at);
        }
        if (neverBegan(event)) {
            return ended(RunStatus.CANCELLED, Outcome.without(false, KillReason.CANCELLED), at);
        }
        RunStatus ended = switch (event.ending()) {
            case Ending.Exited exited -> exited.code() == 0 ? RunStatus.SUCCEEDED : RunStatus.FAILED;
            case Ending.Signalled died -> RunStatus.FAILED;
            case Ending.Killed killed -> statusOf(killed.reason());
        };
        Run started = in(status, faults, dueAt, startedAt == null ? event.startedAt() : startedAt);
        return started.ended(ended, Outcome.of(event.ending(), event.usage()), at);
    }

    /** Cancelled before its program began: there was nothing to kill. */
    private boolean neverBegan(RunEvent.Finished event) {
        return status == RunStatus.SUBMITTING
                && event.ending().equals(new Ending.Killed(dev.artemis.sandbox.KillReason.CANCELLED))
                && event.usage().equals(Outcome.NOTHING_USED);
    }

    private static RunStatus statusOf(dev.artemis.sandbox.KillReason reason) {
        return reason == dev.artemis.sandbox.KillReason.CANCELLED ? RunStatus.CANCELLED : RunStatus.KILLED;
    }

    /**
     * Waits for a second, and a tenth more each time, to at most a minute: where there is no room for long, its attempts last
     * for half a day.
     */
    private Run postponed(Instant at) {
        if (cancelRequested || attempt >= LAST_ATTEMPT) {
            return gaveUp(KillReason.START_TIMEOUT, at);
        }
        Duration pause = Duration.ofSeconds(1).plusMillis(100L * (attempt - faults - 1));
        return in(RunStatus.QUEUED, faults, at.plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE), null);
    }

    /** Tries again after 0, 2, 4, 8 … seconds, or gives up. */
    private Run faulted(KillReason why, Instant at) {
        int faultsNow = faults + 1;
        if (cancelRequested || faultsNow >= faultsAllowed || attempt >= LAST_ATTEMPT) {
            return in(status, faultsNow, dueAt, startedAt).gaveUp(why, at);
        }
        Duration pause = faultsNow == 1 ? Duration.ZERO : Duration.ofSeconds(1L << Math.min(faultsNow - 1, 10));
        return in(
                RunStatus.QUEUED, faultsNow, at.plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE), null);
    }

    /** A run that somebody wanted to end has what they wanted, even where its end is unknown. */
    private Run gaveUp(KillReason why, Instant at) {
        return cancelRequested
                ? ended(RunStatus.CANCELLED, Outcome.without(startedAt != null, KillReason.CANCELLED), at)
                : ended(RunStatus.LOST, Outcome.without(false, why), at);
    }

    private Run cancelRequested(RunEvent event, Instant at) {
        return switch (status) {
            case QUEUED ->
                withCancelRequested().ended(RunStatus.CANCELLED, Outcome.without(false, KillReason.CANCELLED), at);
            case SUBMITTING, RUNNING -> withCancelRequested();
            case SUCCEEDED, FAILED, KILLED, CANCELLED, BLOCKED, LOST -> throw impossible(event);
        };
    }

    private Run withCancelRequested() {
        return new Run(
                id, status, attempt, fencingToken, faults, faultsAllowed, true, dueAt, startedAt, finishedAt, outcome);
    }

    private Run in(RunStatus next, int faultsNow, Instant due, @Nullable Instant started) {
        return new Run(
                id, next, attempt, fencingToken, faultsNow, faultsAllowed, cancelRequested, due, started, null, null);
    }

    private Run ended(RunStatus end, Outcome how, Instant at) {
        return new Run(
                id, end, attempt, fencingToken, faults, faultsAllowed, cancelRequested, dueAt, startedAt, at, how);
    }

    private Run require(RunEvent event, RunStatus wanted) {
        if (status != wanted) {
            throw impossible(event);
        }
        return this;
    }

    private Run requireHeld(RunEvent event) {
        if (!status.held()) {
            throw impossible(event);
        }
        return this;
    }

    private IllegalStateException impossible(RunEvent event) {
        return new IllegalStateException("run " + id + " is " + status + ": " + event + " cannot happen");
    }
}
