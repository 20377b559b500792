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
 * its worker for as long as that may take to remove it (ADR-0076). A run that the sandbox has is judged by how long this worker has seen it
 * so: after an absence, of its own or of the cluster, what happened meanwhile has its time to be told.
 *
 * @param repairs what to do now
 * @param suspects what looked wrong, with when it was seen first, and is acted upon if the next sweeps see it again
 * @param present what this worker holds and its sandbox has
 */
record Diagnosis(
        List<Repair> repairs, Map<Diagnosis.Suspect, Diagnosis.Seen> suspects, Map<RunRef, Diagnosis.Present> present) {

    /** Of before the first sweep. */
    static final Diagnosis NONE = new Diagnosis(List.of(), Map.of(), Map.of());

    /** Beyond its wall clock a program is given this long by its own sandbox, and this long it must have been seen. */
    private static final Duration OVERDUE_GRACE = Duration.ofSeconds(30);

    /** What has ended is told once its log was read. */
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

    /**
     * Held here and in the sandbox, by each sweep since then.
     *
     * @param ended whether the sandbox says that it has ended
     * @param since in the clock of System.nanoTime, of the first sweep that saw it so
     * @param last of the latest
     */
    record Present(boolean ended, long since, long last) {

        private static Present seen(@Nullable Present before, boolean ended, long now, Duration longestBreak) {
            return before != null && before.ended == ended && now - before.last <= longestBreak.toNanos()
                    ? new Present(ended, before.since, now)
                    : new Present(ended, now, now);
        }

        /** Whether it has been seen so for longer than that. */
        private boolean isFor(Duration duration) {
            return last - since > duration.toNanos();
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
    static Diagnosis of(Sight sight, Diagnosis before, long now) {
        List<Repair> repairs = new ArrayList<>();
        Map<Suspect, Seen> suspects = new HashMap<>();
        Map<RunRef, Live> live = sight.liveByRef();
        Map<RunRef, Present> present = present(sight, live, before, now);
        List<Repair> wanted = new ArrayList<>();
        for (HeldRun run : sight.held()) {
            repair(sight, run, live.get(run.ref()), present.get(run.ref())).ifPresent(wanted::add);
        }
        Set<RunRef> held = sight.heldRefs();
        live.keySet().stream()
                .filter(ref -> !held.contains(ref))
                .map(ref -> new Repair.Drop(FaultKind.ORPHAN, ref))
                .forEach(wanted::add);
        for (Repair repair : wanted) {
            var suspect = new Suspect(repair.kind(), repair.ref());
            Seen seen = before.suspects.get(suspect);
            if (isCertain(sight, repair)
                    || (seen != null
                            && seen.age(now).compareTo(patience(sight, live.get(repair.ref()), repair)) >= 0)) {
                repairs.add(repair);
            } else {
                suspects.put(suspect, seen == null ? new Seen(now) : seen);
            }
        }
        return new Diagnosis(List.copyOf(repairs), Map.copyOf(suspects), present);
    }

    private static Map<RunRef, Present> present(Sight sight, Map<RunRef, Live> live, Diagnosis before, long now) {
        Map<RunRef, Present> present = new HashMap<>();
        for (HeldRun run : sight.held()) {
            Live there = live.get(run.ref());
            if (run.holder() == HeldRun.Holder.THIS_WORKER && there != null) {
                boolean ended = there.state() == Live.State.ENDED;
                present.put(run.ref(), Present.seen(before.present.get(run.ref()), ended, now, sight.longestBreak()));
            }
        }
        return Map.copyOf(present);
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

    private static Optional<Repair> repair(Sight sight, HeldRun run, @Nullable Live live, @Nullable Present present) {
        return switch (run.holder()) {
            case ANOTHER -> Optional.empty();
            case GONE -> ofDeadWorker(sight, run, live);
            case SILENT -> sight.mayJudge() ? ofDeadWorker(sight, run, live) : Optional.empty();
            case THIS_WORKER -> present == null ? ofMissing(run) : ofPresent(sight, run, present);
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

    private static Optional<Repair> ofPresent(Sight sight, HeldRun run, Present present) {
        return present.ended() ? ofEnded(run, present) : ofGoingOn(sight, run, present);
    }

    /** Whatever its clock says: an end that nobody told is found as soon as that of a program with little time. */
    private static Optional<Repair> ofEnded(HeldRun run, Present present) {
        if (present.isFor(TOLD_GRACE.plus(CONCLUDED_GRACE))) {
            return Optional.of(
                    new Repair.GiveUp(FaultKind.END_MISSED, run.ref(), lost("its end is known, and not how it ended")));
        }
        return present.isFor(TOLD_GRACE)
                ? Optional.of(new Repair.Conclude(FaultKind.END_MISSED, run.ref()))
                : Optional.empty();
    }

    private static Optional<Repair> ofGoingOn(Sight sight, HeldRun run, Present present) {
        Duration started = run.startedAgo();
        if (started != null && started.compareTo(run.wall().plus(OVERDUE_GRACE)) > 0 && present.isFor(OVERDUE_GRACE)) {
            return Optional.of(
                    new Repair.GiveUp(FaultKind.OVERDUE, run.ref(), lost("it runs on after its wall clock")));
        }
        if (started == null
                && run.submittedAgo().compareTo(sight.longestStart().plus(START_GRACE)) > 0
                && present.isFor(START_GRACE)) {
            return Optional.of(new Repair.GiveUp(FaultKind.START_STUCK, run.ref(), notStarted()));
        }
        return run.cancelRequested()
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
