package dev.artemis.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.runs.HeldRun;
import dev.artemis.runs.HeldRun.Holder;
import dev.artemis.runs.RunStatus;
import dev.artemis.sandbox.Live;
import dev.artemis.sandbox.RunRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DiagnosisTest {

    private static final RunRef REF = new RunRef(UUID.randomUUID(), UUID.randomUUID(), 1, 7);
    /** As a clock may stand whose zero is anywhere. */
    private static final long NOW = Long.MAX_VALUE - 1_000;

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
        var sight = new Sight("kubernetes", List.of(), List.of(run), Duration.ofMinutes(10), Duration.ZERO, true);
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
        assertThat(twice(submitting(Duration.ofMinutes(2)), live())).isEmpty();
        assertThat(twice(submitting(Duration.ofMinutes(16)), live()))
                .singleElement()
                .extracting(Repair::kind)
                .isEqualTo(FaultKind.START_STUCK);
    }

    @Test
    void aProgramThatRunsOnAfterItsWallClockIsGivenUp() {
        assertThat(twice(running(Duration.ofSeconds(80)), live())).isEmpty();
        assertThat(twice(running(Duration.ofSeconds(95)), live()))
                .singleElement()
                .extracting(Repair::kind)
                .isEqualTo(FaultKind.OVERDUE);
    }

    @Test
    void whatHasEndedHasTimeToBeTold() {
        Live ended = new Live(REF, Live.State.ENDED);

        assertThat(twice(running(Duration.ofSeconds(95)), ended)).isEmpty();
        assertThat(twice(running(Duration.ofMinutes(7)), ended))
                .singleElement()
                .isEqualTo(new Repair.Conclude(FaultKind.OVERDUE, REF));
        assertThat(twice(running(Duration.ofMinutes(9)), ended))
                .singleElement()
                .isInstanceOf(Repair.GiveUp.class)
                .extracting(Repair::kind)
                .isEqualTo(FaultKind.OVERDUE);
    }

    @Test
    void aCancellationThatDidNotArriveIsSentAgain() {
        HeldRun cancelled = new HeldRun(
                REF, RunStatus.RUNNING, "local", Holder.THIS_WORKER, true, SHORT, SHORT, Duration.ofMinutes(1));

        assertThat(twice(cancelled, live())).singleElement().isInstanceOf(Repair.CancelAgain.class);
    }

    @Test
    void whatNoRunWaitsForIsDroppedTheSecondTimeItIsSeen() {
        var sight = new Sight("local", List.of(live()), List.of(), Duration.ofMinutes(10), Duration.ZERO, true);
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
                true);
        Diagnosis seen = first(ended);
        for (long second = 1; second < removal.toSeconds(); second++) {
            seen = Diagnosis.of(
                    ended, seen.suspects(), NOW + Duration.ofSeconds(second).toNanos());
            assertThat(seen.repairs()).isEmpty();
        }

        assertThat(Diagnosis.of(ended, seen.suspects(), NOW + removal.toNanos()).repairs())
                .singleElement()
                .isInstanceOf(Repair.Drop.class);
    }

    @Test
    void whatNoRunWaitsForAndGoesOnIsNotLeftForThatLong() {
        var running = new Sight(
                "kubernetes", List.of(live()), List.of(), Duration.ofMinutes(10), Duration.ofSeconds(9), true);

        assertThat(next(running, first(running)).repairs()).singleElement().isInstanceOf(Repair.Drop.class);
    }

    private static Diagnosis first(Sight sight) {
        return Diagnosis.of(sight, Map.of(), NOW);
    }

    /** A sweep later, with the shortest pause that there may be. */
    private static Diagnosis next(Sight sight, Diagnosis before) {
        return Diagnosis.of(sight, before.suspects(), NOW + 1);
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
                mayJudge);
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
