package dev.artemis.supervisor;

import dev.artemis.runs.HeldRun;
import dev.artemis.runs.RunStatus;
import dev.artemis.sandbox.Failure;
import dev.artemis.sandbox.Live;
import dev.artemis.sandbox.Loss;
import dev.artemis.sandbox.Observation;
import dev.artemis.sandbox.RunRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong, from what two sweeps saw: pure. Something that is merely on its way looks like a fault for a moment, so it must
 * be seen twice: all but a dead worker's run that goes on here, or that died with it. What has ended and no run waits for is left to
 * its worker for as long as that may take to remove it (ADR-0076).
 *
 * @param repairs what to do now
 * @param suspects what looked wrong, with when it was seen first, and is acted upon if the next sweeps see it again
 */
record Diagnosis(List<Repair> repairs, Map<Diagnosis.Suspect, Diagnosis.Seen> suspects) {

    /** Beyond its wall clock a program is given this long by its own sandbox. */
    private static final Duration OVERDUE_GRACE = Duration.ofSeconds(30);

    /** What has ended in a cluster that was away is told once its log was read. */
    private static final Duration TOLD_GRACE = Duration.ofMinutes(5);

    /** Then its sandbox is asked to tell it without the log, and has this long: it may hold a record of an end that nobody should repeat. */
    private static final Duration CONCLUDED_GRACE = Duration.ofMinutes(2);

    /** Beyond its own start deadline a sandbox is given this long to say so. */
    private static final Duration START_GRACE = Duration.ofMinutes(5);

    /** A sandbox that does not have a run after being asked again for that long will not start it. */
    private static final Duration MISSED_START = Duration.ofMinutes(1);

    /** Something that may be a fault. */
    record Suspect(FaultKind kind, RunRef ref) {}

    /** By each sweep since then. @param since in the clock of System.nanoTime */
    record Seen(long since) {

        private Duration age(long now) {
            return Duration.ofNanos(now - since);
        }
    }

    /** All attempts with which anything looks wrong, whether it is acted upon or not. */
    Set<RunRef> wrong() {
        Set<RunRef> all = new HashSet<>();
        suspects.keySet().forEach(suspect -> all.add(suspect.ref()));
        repairs.forEach(repair -> all.add(repair.ref()));
        return all;
    }

    /** @param now in the clock of System.nanoTime */
    static Diagnosis of(Sight sight, Map<Suspect, Seen> before, long now) {
        List<Repair> repairs = new ArrayList<>();
        Map<Suspect, Seen> suspects = new HashMap<>();
        Map<RunRef, Live> live = sight.liveByRef();
        List<Repair> wanted = new ArrayList<>();
        for (HeldRun run : sight.held()) {
            repair(sight, run, live.get(run.ref())).ifPresent(wanted::add);
        }
        Set<RunRef> held = sight.heldRefs();
        live.keySet().stream()
                .filter(ref -> !held.contains(ref))
                .map(ref -> new Repair.Drop(FaultKind.ORPHAN, ref))
                .forEach(wanted::add);
        for (Repair repair : wanted) {
            var suspect = new Suspect(repair.kind(), repair.ref());
            Seen seen = before.get(suspect);
            if (isCertain(sight, repair)
                    || (seen != null
                            && seen.age(now).compareTo(patience(sight, live.get(repair.ref()), repair)) >= 0)) {
                repairs.add(repair);
            } else {
                suspects.put(suspect, seen == null ? new Seen(now) : seen);
            }
        }
        return new Diagnosis(List.copyOf(repairs), Map.copyOf(suspects));
    }

    /** How long it must have been seen: its end was committed before, since no run waits for it. */
    private static Duration patience(Sight sight, @Nullable Live live, Repair repair) {
        return repair.kind() == FaultKind.ORPHAN && live != null && live.state() == Live.State.ENDED
                ? sight.longestRemoval()
                : Duration.ZERO;
    }

    /** A cluster is asked before the database: what was begun in between, by a worker that has left, is seen by the next sweep. */
    private static boolean isCertain(Sight sight, Repair repair) {
        return repair.kind() == FaultKind.WORKER_LOST
                && (repair instanceof Repair.Adopt || sight.backend().equals("local"));
    }

    private static Optional<Repair> repair(Sight sight, HeldRun run, @Nullable Live live) {
        return switch (run.holder()) {
            case ANOTHER -> Optional.empty();
            case GONE -> ofDeadWorker(sight, run, live);
            case SILENT -> sight.mayJudge() ? ofDeadWorker(sight, run, live) : Optional.empty();
            case THIS_WORKER -> live == null ? ofMissing(run) : ofPresent(sight, run, live);
        };
    }

    /** What a local sandbox had died with its worker; what a cluster has is known to those who have that cluster. */
    private static Optional<Repair> ofDeadWorker(Sight sight, HeldRun run, @Nullable Live live) {
        if (live != null) {
            return Optional.of(new Repair.Adopt(FaultKind.WORKER_LOST, run.ref()));
        }
        return run.backend().equals("local") || run.backend().equals(sight.backend())
                ? Optional.of(new Repair.GiveUp(FaultKind.WORKER_LOST, run.ref(), lost("its worker is dead")))
                : Optional.empty();
    }

    private static Optional<Repair> ofMissing(HeldRun run) {
        if (run.status() == RunStatus.RUNNING) {
            return Optional.of(
                    new Repair.GiveUp(FaultKind.PROGRAM_VANISHED, run.ref(), lost("the sandbox does not have it")));
        }
        return Optional.of(
                run.submittedAgo().compareTo(MISSED_START) < 0
                        ? new Repair.StartAgain(FaultKind.START_MISSED, run.ref())
                        : new Repair.GiveUp(FaultKind.START_STUCK, run.ref(), notStarted()));
    }

    private static Optional<Repair> ofPresent(Sight sight, HeldRun run, Live live) {
        Duration started = run.startedAgo();
        boolean ended = live.state() == Live.State.ENDED;
        Duration grace = ended ? TOLD_GRACE : OVERDUE_GRACE;
        if (started != null && started.compareTo(run.wall().plus(grace)) > 0) {
            return Optional.of(
                    ended && started.compareTo(run.wall().plus(grace).plus(CONCLUDED_GRACE)) <= 0
                            ? new Repair.Conclude(FaultKind.OVERDUE, run.ref())
                            : new Repair.GiveUp(FaultKind.OVERDUE, run.ref(), lost("it runs on after its wall clock")));
        }
        if (started == null && run.submittedAgo().compareTo(sight.longestStart().plus(START_GRACE)) > 0) {
            return Optional.of(new Repair.GiveUp(FaultKind.START_STUCK, run.ref(), notStarted()));
        }
        return run.cancelRequested() && live.state() != Live.State.ENDED
                ? Optional.of(new Repair.CancelAgain(FaultKind.CANCEL_MISSED, run.ref()))
                : Optional.empty();
    }

    private static Observation lost(String why) {
        return new Observation.Lost(Loss.NODE_LOST, why);
    }

    private static Observation notStarted() {
        return new Observation.Failed(Failure.START_TIMEOUT, "it did not start for too long");
    }
}
