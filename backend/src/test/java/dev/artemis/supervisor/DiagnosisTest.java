package dev.artemis.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.runs.HeldRun;
import dev.artemis.runs.HeldRun.Holder;
import dev.artemis.runs.RunStatus;
import dev.artemis.sandbox.Live;
import dev.artemis.sandbox.RunRef;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiagnosisTest {

    private static final RunRef REF = new RunRef(UUID.randomUUID(), UUID.randomUUID(), 1, 7);
    /** As a clock may stand whose zero is anywhere. */
    private static final long NOW = Long.MAX_VALUE - 1_000;

    private static final Duration BREAK = Duration.ofSeconds(30);

    private static final Duration SHORT = Duration.ofSeconds(5);

    @Test
    void whatIsInOrderIsLeftAlone() {
        assertThat(twice(held(Holder.THIS_WORKER), live())).isEmpty();
        assertThat(twice(held(Holder.ANOTHER), null)).isEmpty();
    }

    @Test
    void aDeadWorkersRunIsGivenUpAtOnce() {
        Diagnosis diagnosis = first(sight(held(Holder.SILENT), null, true));

        assertThat(diagnosis.repairs())
                .singleElement()
                .isInstanceOf(Repair.GiveUp.class)
                .extracting(Repair::kind)
                .isEqualTo(FaultKind.WORKER_LOST);
    }

    @Test
    void whatAClusterMayHaveBegunMeanwhileIsGivenUpTheSecondTimeItIsMissed() {
        HeldRun run = new HeldRun(
                REF, RunStatus.SUBMITTING, "kubernetes", Holder.GONE, false, SHORT, null, Duration.ofMinutes(1));
        var sight =
                new Sight("kubernetes", List.of(), List.of(run), Duration.ofMinutes(10), Duration.ZERO, true, BREAK);
        Diagnosis first = first(sight);

        assertThat(first.repairs()).isEmpty();
        assertThat(next(sight, first).repairs()).singleElement().isInstanceOf(Repair.GiveUp.class);
    }

    @Test
    void aDeadWorkersRunThatThisSandboxHasIsAdopted() {
        Diagnosis diagnosis = first(sight(held(Holder.SILENT), live(), true));

        assertThat(diagnosis.repairs()).singleElement().isInstanceOf(Repair.Adopt.class);
    }

    @Test
    void theSilentAreNotJudgedWhileNobodyCouldBeHeard() {
        assertThat(first(sight(held(Holder.SILENT), null, false)).repairs()).isEmpty();
        assertThat(first(sight(held(Holder.GONE), null, false)).repairs()).hasSize(1);
    }

    @Test
    void whatAClusterMayStillHaveIsLeftToThoseWhoSeeTheCluster() {
        HeldRun run = new HeldRun(
                REF, RunStatus.RUNNING, "kubernetes", Holder.SILENT, false, SHORT, SHORT, Duration.ofMinutes(1));

        assertThat(twice(run, null)).isEmpty();
    }

    @Test
    void aProgramThatItsSandboxDoesNotHaveIsGivenUpTheSecondTimeItIsMissed() {
        Diagnosis first = first(sight(held(Holder.THIS_WORKER), null, true));
        Diagnosis second = next(sight(held(Holder.THIS_WORKER), null, true), first);

        assertThat(first.repairs()).isEmpty();
        assertThat(second.repairs()).singleElement().extracting(Repair::kind).isEqualTo(FaultKind.PROGRAM_VANISHED);
    }

    @Test
    void aStartThatWasMissedIsAskedForAgainAndAtLastGivenUp() {
        assertThat(twice(submitting(Duration.ofSeconds(10)), null))
                .singleElement()
                .isInstanceOf(Repair.StartAgain.class);
        assertThat(twice(submitting(Duration.ofMinutes(2)), null))
                .singleElement()
                .isInstanceOf(Repair.GiveUp.class)
                .extracting(Repair::kind)
                .isEqualTo(FaultKind.START_STUCK);
        assertThat(seenFor(600, submitting(Duration.ofMinutes(2)), live()).repairs())
                .isEmpty();
        assertThat(seenFor(290, submitting(Duration.ofMinutes(16)), live()).repairs())
                .isEmpty();
        assertThat(seenFor(310, submitting(Duration.ofMinutes(16)), live()).repairs())
                .singleElement()
                .isInstanceOf(Repair.GiveUp.class)
                .extracting(Repair::kind)
                .isEqualTo(FaultKind.START_STUCK);
    }

    @Test
    void aProgramThatRunsOnAfterItsWallClockIsGivenUpOnceItWasSeenToForHalfAMinute() {
        assertThat(seenFor(60, running(Duration.ofSeconds(80)), live()).repairs())
                .isEmpty();
        assertThat(seenFor(25, running(Duration.ofSeconds(95)), live()).repairs())
                .isEmpty();
        assertThat(seenFor(40, running(Duration.ofSeconds(95)), live()).repairs())
                .singleElement()
                .isInstanceOf(Repair.GiveUp.class)
                .extracting(Repair::kind)
                .isEqualTo(FaultKind.OVERDUE);
    }

    @Test
    void anEndHasFiveMinutesToBeToldAndThenItsSandboxIsAskedToTellIt() {
        assertThat(seenFor(295, held(Holder.THIS_WORKER), ended()).repairs()).isEmpty();
        assertThat(seenFor(310, held(Holder.THIS_WORKER), ended()).repairs())
                .singleElement()
                .isEqualTo(new Repair.Conclude(FaultKind.END_MISSED, REF));
        assertThat(seenFor(410, held(Holder.THIS_WORKER), ended()).repairs())
                .singleElement()
                .isEqualTo(new Repair.Conclude(FaultKind.END_MISSED, REF));
        assertThat(seenFor(430, held(Holder.THIS_WORKER), ended()).repairs())
                .singleElement()
                .isInstanceOf(Repair.GiveUp.class)
                .extracting(Repair::kind)
                .isEqualTo(FaultKind.END_MISSED);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 120})
    void howeverOldItIsWhatEndedWhileNobodyLookedHasItsTime(long minutes) {
        Duration old = Duration.ofMinutes(minutes);

        assertThat(seenFor(295, running(old), ended()).repairs()).isEmpty();
        assertThat(seenFor(295, submitting(old), ended()).repairs()).isEmpty();
        assertThat(seenFor(310, submitting(old), ended()).repairs())
                .singleElement()
                .isInstanceOf(Repair.Conclude.class);
    }

    @Test
    void whoeverCouldNotLookForHalfAMinuteLooksForTheFirstTimeAgain() {
        Sight sight = sight(running(Duration.ofMinutes(9)), ended(), true);
        Diagnosis seen = seenFor(400, running(Duration.ofMinutes(9)), ended());

        long back = after(400 + 31);
        Diagnosis again = Diagnosis.of(sight, seen, back);

        assertThat(again.repairs()).isEmpty();
        assertThat(Diagnosis.of(sight, again, after(400 + 31 + 20)).repairs()).isEmpty();
    }

    @Test
    void whatWasOfAnotherWorkerHasItsTimeFromItsAdoption() {
        Diagnosis adopted = seenFor(420, held(Holder.ANOTHER), ended());

        assertThat(Diagnosis.of(sight(held(Holder.THIS_WORKER), ended(), true), adopted, after(425))
                        .repairs())
                .isEmpty();
    }

    @Test
    void aCancellationThatDidNotArriveIsSentAgain() {
        HeldRun cancelled = new HeldRun(
                REF, RunStatus.RUNNING, "local", Holder.THIS_WORKER, true, SHORT, SHORT, Duration.ofMinutes(1));

        assertThat(twice(cancelled, live())).singleElement().isInstanceOf(Repair.CancelAgain.class);
    }

    @Test
    void whatNoRunWaitsForIsDroppedTheSecondTimeItIsSeen() {
        var sight = new Sight("local", List.of(live()), List.of(), Duration.ofMinutes(10), Duration.ZERO, true, BREAK);
        Diagnosis first = first(sight);

        assertThat(first.repairs()).isEmpty();
        assertThat(next(sight, first).repairs()).singleElement().isInstanceOf(Repair.Drop.class);
    }

    @Test
    void whatHasEndedAndNoRunWaitsForIsLeftToItsWorkerForAsLongAsThatMayTakeHoweverOftenItIsSeen() {
        Duration removal = Duration.ofSeconds(9);
        var ended = new Sight(
                "kubernetes",
                List.of(new Live(REF, Live.State.ENDED)),
                List.of(),
                Duration.ofMinutes(10),
                removal,
                true,
                BREAK);
        Diagnosis seen = first(ended);
        for (long second = 1; second < removal.toSeconds(); second++) {
            seen = Diagnosis.of(ended, seen, after(second));
            assertThat(seen.repairs()).isEmpty();
        }

        assertThat(Diagnosis.of(ended, seen, NOW + removal.toNanos()).repairs())
                .singleElement()
                .isInstanceOf(Repair.Drop.class);
    }

    @Test
    void whatNoRunWaitsForAndGoesOnIsNotLeftForThatLong() {
        var running = new Sight(
                "kubernetes", List.of(live()), List.of(), Duration.ofMinutes(10), Duration.ofSeconds(9), true, BREAK);

        assertThat(next(running, first(running)).repairs()).singleElement().isInstanceOf(Repair.Drop.class);
    }

    private static Diagnosis first(Sight sight) {
        return Diagnosis.of(sight, Diagnosis.NONE, NOW);
    }

    /** A sweep later, with the shortest pause that there may be. */
    private static Diagnosis next(Sight sight, Diagnosis before) {
        return Diagnosis.of(sight, before, NOW + 1);
    }

    /** What the last of the sweeps, each five seconds after the one before, says after that time. */
    private static Diagnosis seenFor(long seconds, HeldRun run, Live live) {
        Sight sight = sight(run, live, true);
        Diagnosis seen = first(sight);
        for (long second = 5; second <= seconds; second += 5) {
            seen = Diagnosis.of(sight, seen, after(second));
        }
        return seen;
    }

    private static long after(long seconds) {
        return NOW + Duration.ofSeconds(seconds).toNanos();
    }

    private static Live ended() {
        return new Live(REF, Live.State.ENDED);
    }

    private static List<Repair> twice(HeldRun run, @Nullable Live live) {
        Sight sight = sight(run, live, true);
        return next(sight, first(sight)).repairs();
    }

    private static Sight sight(HeldRun run, @Nullable Live live, boolean mayJudge) {
        return new Sight(
                "local",
                live == null ? List.of() : List.of(live),
                List.of(run),
                Duration.ofMinutes(10),
                Duration.ZERO,
                mayJudge,
                BREAK);
    }

    private static Live live() {
        return new Live(REF, Live.State.RUNNING);
    }

    private static HeldRun held(Holder holder) {
        return new HeldRun(REF, RunStatus.RUNNING, "local", holder, false, SHORT, SHORT, Duration.ofMinutes(1));
    }

    private static HeldRun running(Duration since) {
        return new HeldRun(
                REF, RunStatus.RUNNING, "local", Holder.THIS_WORKER, false, since, since, Duration.ofMinutes(1));
    }

    private static HeldRun submitting(Duration since) {
        return new HeldRun(
                REF, RunStatus.SUBMITTING, "local", Holder.THIS_WORKER, false, since, null, Duration.ofMinutes(1));
    }
}
