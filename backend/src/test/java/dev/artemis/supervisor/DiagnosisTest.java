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
    private static final Duration SHORT = Duration.ofSeconds(5);

    @Test
    void whatIsInOrderIsLeftAlone() {
        assertThat(twice(held(Holder.THIS_WORKER), live())).isEmpty();
        assertThat(twice(held(Holder.ANOTHER), null)).isEmpty();
    }

    @Test
    void aDeadWorkersRunIsGivenUpAtOnce() {
        Diagnosis diagnosis = Diagnosis.of(sight(held(Holder.SILENT), null, true), Map.of());

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
        var sight = new Sight("kubernetes", List.of(), List.of(run), Duration.ofMinutes(10), true);
        Diagnosis first = Diagnosis.of(sight, Map.of());

        assertThat(first.repairs()).isEmpty();
        assertThat(Diagnosis.of(sight, first.suspects()).repairs())
                .singleElement()
                .isInstanceOf(Repair.GiveUp.class);
    }

    @Test
    void aDeadWorkersRunThatThisSandboxHasIsAdopted() {
        Diagnosis diagnosis = Diagnosis.of(sight(held(Holder.SILENT), live(), true), Map.of());

        assertThat(diagnosis.repairs()).singleElement().isInstanceOf(Repair.Adopt.class);
    }

    @Test
    void theSilentAreNotJudgedWhileNobodyCouldBeHeard() {
        assertThat(Diagnosis.of(sight(held(Holder.SILENT), null, false), Map.of())
                        .repairs())
                .isEmpty();
        assertThat(Diagnosis.of(sight(held(Holder.GONE), null, false), Map.of()).repairs())
                .hasSize(1);
    }

    @Test
    void whatAClusterMayStillHaveIsLeftToThoseWhoSeeTheCluster() {
        HeldRun run = new HeldRun(
                REF, RunStatus.RUNNING, "kubernetes", Holder.SILENT, false, SHORT, SHORT, Duration.ofMinutes(1));

        assertThat(twice(run, null)).isEmpty();
    }

    @Test
    void aProgramThatItsSandboxDoesNotHaveIsGivenUpTheSecondTimeItIsMissed() {
        Diagnosis first = Diagnosis.of(sight(held(Holder.THIS_WORKER), null, true), Map.of());
        Diagnosis second = Diagnosis.of(sight(held(Holder.THIS_WORKER), null, true), first.suspects());

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
        var sight = new Sight("local", List.of(live()), List.of(), Duration.ofMinutes(10), true);
        Diagnosis first = Diagnosis.of(sight, Map.of());

        assertThat(first.repairs()).isEmpty();
        assertThat(Diagnosis.of(sight, first.suspects()).repairs())
                .singleElement()
                .isInstanceOf(Repair.Drop.class);
    }

    @Test
    void whatHasEndedAndNoRunWaitsForIsLeftToItsWorkerForSomeSweeps() {
        var sight = new Sight(
                "kubernetes", List.of(new Live(REF, Live.State.ENDED)), List.of(), Duration.ofMinutes(10), true);
        Diagnosis seen = Diagnosis.of(sight, Map.of());
        for (int again = 1; again < 2; again++) {
            seen = Diagnosis.of(sight, seen.suspects());
            assertThat(seen.repairs()).isEmpty();
        }

        assertThat(Diagnosis.of(sight, seen.suspects()).repairs())
                .singleElement()
                .isInstanceOf(Repair.Drop.class);
    }

    private static List<Repair> twice(HeldRun run, @Nullable Live live) {
        Sight sight = sight(run, live, true);
        return Diagnosis.of(sight, Diagnosis.of(sight, Map.of()).suspects()).repairs();
    }

    private static Sight sight(HeldRun run, @Nullable Live live, boolean mayJudge) {
        return new Sight(
                "local", live == null ? List.of() : List.of(live), List.of(run), Duration.ofMinutes(10), mayJudge);
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
