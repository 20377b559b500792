package dev.artemis.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.artemis.sandbox.Ending;
import dev.artemis.sandbox.Usage;
import dev.artemis.shared.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RunTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Instant LATER = NOON.plusSeconds(5);
    private static final Usage USED = new Usage(Duration.ofSeconds(2), Duration.ofSeconds(1), 4096);

    private static final RunEvent CLAIMED = new RunEvent.Claimed(7);
    private static final RunEvent ACCEPTED = new RunEvent.Accepted();
    private static final RunEvent STARTED = new RunEvent.Started(NOON.plusSeconds(1));
    private static final RunEvent EXIT_0 = finished(new Ending.Exited(0));
    private static final RunEvent EXIT_3 = finished(new Ending.Exited(3));
    private static final RunEvent SEGFAULT = finished(new Ending.Signalled(11));
    private static final RunEvent TIMED_OUT = finished(new Ending.Killed(dev.artemis.sandbox.KillReason.WALL_TIMEOUT));
    private static final RunEvent CANCELLED = finished(new Ending.Killed(dev.artemis.sandbox.KillReason.CANCELLED));
    private static final RunEvent POSTPONED = new RunEvent.Postponed();
    private static final RunEvent START_FAILED = new RunEvent.StartFailed();
    private static final RunEvent UNSTARTABLE = new RunEvent.Unstartable();
    private static final RunEvent VANISHED = new RunEvent.Vanished();
    private static final RunEvent CANCEL = new RunEvent.CancelRequested();

    private static final List<RunEvent> EVENTS = List.of(
            CLAIMED,
            ACCEPTED,
            STARTED,
            EXIT_0,
            EXIT_3,
            SEGFAULT,
            TIMED_OUT,
            CANCELLED,
            POSTPONED,
            START_FAILED,
            UNSTARTABLE,
            VANISHED,
            CANCEL);

    /** What follows from each state; an event that is not named is impossible there. */
    private static final Map<RunStatus, Map<RunEvent, RunStatus>> TABLE = Map.of(
            RunStatus.QUEUED,
            Map.of(CLAIMED, RunStatus.SUBMITTING, CANCEL, RunStatus.CANCELLED),
            RunStatus.SUBMITTING,
            Map.ofEntries(
                    Map.entry(ACCEPTED, RunStatus.SUBMITTING),
                    Map.entry(STARTED, RunStatus.RUNNING),
                    Map.entry(EXIT_0, RunStatus.SUCCEEDED),
                    Map.entry(EXIT_3, RunStatus.FAILED),
                    Map.entry(SEGFAULT, RunStatus.FAILED),
                    Map.entry(TIMED_OUT, RunStatus.KILLED),
                    Map.entry(CANCELLED, RunStatus.QUEUED),
                    Map.entry(POSTPONED, RunStatus.QUEUED),
                    Map.entry(START_FAILED, RunStatus.QUEUED),
                    Map.entry(UNSTARTABLE, RunStatus.LOST),
                    Map.entry(VANISHED, RunStatus.QUEUED),
                    Map.entry(CANCEL, RunStatus.SUBMITTING)),
            RunStatus.RUNNING,
            Map.of(
                    EXIT_0, RunStatus.SUCCEEDED,
                    EXIT_3, RunStatus.FAILED,
                    SEGFAULT, RunStatus.FAILED,
                    TIMED_OUT, RunStatus.KILLED,
                    CANCELLED, RunStatus.QUEUED,
                    VANISHED, RunStatus.QUEUED,
                    CANCEL, RunStatus.RUNNING));

    static Stream<Arguments> everyStateAndEvent() {
        return Arrays.stream(RunStatus.values())
                .flatMap(status -> EVENTS.stream()
                        .map(event -> Arguments.of(
                                status,
                                event,
                                TABLE.getOrDefault(status, Map.of()).get(event))));
    }

    @ParameterizedTest(name = "{0} on {1} → {2}")
    @MethodSource("everyStateAndEvent")
    void followsTheTableAndNothingElse(RunStatus status, RunEvent event, @Nullable RunStatus next) {
        Run run = aRunIn(status);

        if (next == null) {
            assertThatThrownBy(() -> run.on(event, LATER))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(status.name());
        } else {
            assertThat(run.on(event, LATER).status()).isEqualTo(next);
        }
    }

    @Test
    void aClaimGivesTheNextAttemptAndTheToken() {
        Run run = aRunIn(RunStatus.QUEUED).on(CLAIMED, LATER);

        assertThat(run.attempt()).isEqualTo(1);
        assertThat(run.fencingToken()).isEqualTo(7);
    }

    @Test
    void refusesATokenThatIsNotAboveTheLast() {
        Run requeued = aRunIn(RunStatus.RUNNING).on(VANISHED, LATER);

        assertThatThrownBy(() -> requeued.on(CLAIMED, LATER)).hasMessageContaining("not above 7");
    }

    @Test
    void tellsExitCodeSignalAndReasonAsTheApiDoes() {
        Run running = aRunIn(RunStatus.RUNNING);

        assertThat(outcome(running, EXIT_0)).isEqualTo(new Outcome(0, null, false, null, USED));
        assertThat(outcome(running, EXIT_3)).isEqualTo(new Outcome(3, null, false, null, USED));
        assertThat(outcome(running, SEGFAULT)).isEqualTo(new Outcome(139, "SIGSEGV", false, null, USED));
        assertThat(outcome(running, TIMED_OUT)).isEqualTo(new Outcome(null, null, true, KillReason.WALL_TIMEOUT, USED));
    }

    @Test
    void whereThereIsNoRoomForLongItAsksMoreSeldomAndUsesUpNoTry() {
        Run run = aRunIn(RunStatus.QUEUED).on(CLAIMED, NOON).on(POSTPONED, LATER);
        assertThat(run.dueAt()).isEqualTo(LATER.plusSeconds(1));

        for (long token = 8; token < 900; token++) {
            run = run.on(new RunEvent.Claimed(token), LATER).on(POSTPONED, LATER);
        }

        assertThat(run.status()).isEqualTo(RunStatus.QUEUED);
        assertThat(run.faults()).isZero();
        assertThat(run.dueAt()).isEqualTo(LATER.plusSeconds(60));
    }

    @Test
    void aFaultIsTriedAgainUntilTheLastAndThenLost() {
        Run run = aRunIn(RunStatus.QUEUED);
        for (long token = 1; token <= 2; token++) {
            run = run.on(new RunEvent.Claimed(token), LATER).on(VANISHED, LATER);
            assertThat(run.status()).isEqualTo(RunStatus.QUEUED);
        }
        assertThat(run.dueAt()).isEqualTo(LATER.plusSeconds(2));

        run = run.on(new RunEvent.Claimed(3), LATER).on(VANISHED, LATER);

        assertThat(run.status()).isEqualTo(RunStatus.LOST);
        assertThat(run.attempt()).isEqualTo(3);
        assertThat(run.finishedAt()).isEqualTo(LATER);
        assertThat(run.outcome()).isEqualTo(Outcome.without(false, KillReason.NODE_LOST));
    }

    @Test
    void aFailedStartIsLostForThatReason() {
        Run run = aRunIn(RunStatus.QUEUED);
        for (long token = 1; token <= 3; token++) {
            run = run.on(new RunEvent.Claimed(token), LATER).on(START_FAILED, LATER);
        }

        assertThat(run.status()).isEqualTo(RunStatus.LOST);
        assertThat(run.outcome()).isEqualTo(Outcome.without(false, KillReason.START_TIMEOUT));
    }

    @Test
    void noRoomUsesUpNoTry() {
        Run run = aRunIn(RunStatus.QUEUED);
        for (long token = 1; token <= 20; token++) {
            run = run.on(new RunEvent.Claimed(token), LATER).on(POSTPONED, LATER);
        }

        assertThat(run.status()).isEqualTo(RunStatus.QUEUED);
        assertThat(run.faults()).isZero();
        assertThat(run.dueAt()).isAfter(LATER);
    }

    @Test
    void aCancelledRunIsNotTriedAgain() {
        Run running = aRunIn(RunStatus.RUNNING).on(CANCEL, LATER);
        Run submitting = aRunIn(RunStatus.SUBMITTING).on(CANCEL, LATER);

        Run lost = running.on(VANISHED, LATER);
        Run notStarted = submitting.on(START_FAILED, LATER);
        Run ended = running.on(CANCELLED, LATER);

        assertThat(lost.status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(lost.outcome()).isEqualTo(Outcome.without(true, KillReason.CANCELLED));
        assertThat(notStarted.outcome()).isEqualTo(Outcome.without(false, KillReason.CANCELLED));
        assertThat(ended.outcome()).isEqualTo(new Outcome(null, null, true, KillReason.CANCELLED, USED));
    }

    @Test
    void aRunThatWasCancelledBeforeItsProgramBeganWasNotKilled() {
        RunEvent nothingRan = new RunEvent.Finished(
                new Ending.Killed(dev.artemis.sandbox.KillReason.CANCELLED), Outcome.NOTHING_USED, NOON.plusSeconds(1));

        Run before = aRunIn(RunStatus.SUBMITTING).on(CANCEL, LATER).on(nothingRan, LATER);
        Run after = aRunIn(RunStatus.RUNNING).on(CANCEL, LATER).on(nothingRan, LATER);

        assertThat(before.status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(before.startedAt()).isNull();
        assertThat(before.outcome()).isEqualTo(Outcome.without(false, KillReason.CANCELLED));
        assertThat(after.outcome()).isEqualTo(Outcome.without(true, KillReason.CANCELLED));
    }

    @Test
    void aProgramThatEndedBeforeItsCancellationHasItsOwnEnd() {
        assertThat(aRunIn(RunStatus.RUNNING).on(CANCEL, LATER).on(EXIT_0, LATER).status())
                .isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void aProgramThatFellWithItsServerIsTriedAgain() {
        Run run = aRunIn(RunStatus.RUNNING).on(CANCELLED, LATER);

        assertThat(run.status()).isEqualTo(RunStatus.QUEUED);
        assertThat(run.faults()).isEqualTo(1);
        assertThat(run.startedAt()).isNull();
    }

    private static @Nullable Outcome outcome(Run run, RunEvent event) {
        return run.on(event, LATER).outcome();
    }

    private static RunEvent finished(Ending ending) {
        return new RunEvent.Finished(ending, USED, NOON.plusSeconds(1));
    }

    private static Run aRunIn(RunStatus status) {
        Run queued = Run.queued(RunId.random(), 3, NOON);
        return switch (status) {
            case QUEUED -> queued;
            case SUBMITTING -> queued.on(CLAIMED, NOON);
            case RUNNING -> queued.on(CLAIMED, NOON).on(STARTED, NOON);
            case SUCCEEDED -> aRunIn(RunStatus.RUNNING).on(EXIT_0, NOON);
            case FAILED -> aRunIn(RunStatus.RUNNING).on(EXIT_3, NOON);
            case KILLED -> aRunIn(RunStatus.RUNNING).on(TIMED_OUT, NOON);
            case CANCELLED -> queued.on(CANCEL, NOON);
            case BLOCKED -> Run.blocked(RunId.random(), NOON);
            case LOST -> aRunIn(RunStatus.SUBMITTING).on(UNSTARTABLE, NOON);
        };
    }
}
