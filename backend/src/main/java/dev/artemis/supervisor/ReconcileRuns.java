package dev.artemis.supervisor;

import dev.artemis.runs.RunRepairs;
import dev.artemis.sandbox.Live;
import dev.artemis.sandbox.RunRef;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** One sweep over all runs that workers hold. Called by one thread at a time. */
@Component
class ReconcileRuns {

    private static final Logger log = LoggerFactory.getLogger(ReconcileRuns.class);

    /** More than a cluster that is busy costs now and then; half a minute of those that come by default. */
    private static final int SWEEPS_MISSED = 6;

    private final RunRepairs runs;
    private final Supervision supervision;
    private final Duration longestBreak;
    private Diagnosis before = Diagnosis.NONE;
    /** What was asked for, and will show by what the next sweep does not see any more. */
    private Set<Diagnosis.Suspect> asked = new HashSet<>();

    ReconcileRuns(RunRepairs runs, Supervision supervision, SupervisorSettings settings) {
        this.runs = runs;
        this.supervision = supervision;
        this.longestBreak = settings.sweep().multipliedBy(SWEEPS_MISSED);
    }

    /** Looks, and mends what was wrong. Returns how much was. */
    int sweep() {
        return sweep(System.nanoTime());
    }

    /** @param now in the clock of System.nanoTime */
    int sweep(long now) {
        // 1. Look: the sandbox first, since what it starts is in the database before.
        List<Live> live = runs.live();
        Sight sight = new Sight(
                runs.backend().orElse(""),
                live,
                runs.held(),
                runs.longestStart(),
                runs.longestRemoval(),
                mayJudge(),
                longestBreak);
        // 2. Decide, without side effects.
        Diagnosis diagnosis = Diagnosis.of(sight, before, now);
        before = diagnosis;
        // 3. What was asked for the last time, and is not seen any more, is in order.
        Set<RunRef> wrong = diagnosis.wrong();
        asked.stream()
                .filter(one -> !wrong.contains(one.ref()))
                .forEach(one -> supervision.intervened(one.kind(), Supervision.Outcome.SHOWN));
        Set<Diagnosis.Suspect> open = new HashSet<>(asked);
        open.retainAll(diagnosis.suspects().keySet());
        asked = open;
        // 4. Mend, one by one: a fault in one does not keep the others waiting.
        diagnosis.repairs().forEach(this::mend);
        runs.reconciled();
        return diagnosis.repairs().size();
    }

    /** Counts again what the queue's counters say. */
    int mendCounters() {
        int mended = runs.mendCounters();
        for (int i = 0; i < mended; i++) {
            supervision.intervened(FaultKind.LEAKED_QUOTA, Supervision.Outcome.RECOVERED);
        }
        return mended;
    }

    /** Whoever was not heard because the database was away has the time of a lease to be heard again. */
    private boolean mayJudge() {
        return runs.heardSince().compareTo(runs.lease()) >= 0;
    }

    private void mend(Repair repair) {
        log.warn(
                "Supervisor intervenes, kind={} run={} attempt={}",
                repair.kind(),
                repair.ref().run(),
                repair.ref().attempt());
        try {
            supervision.intervened(repair.kind(), mended(repair));
        } catch (RuntimeException e) {
            log.warn(
                    "Supervisor could not mend, kind={} run={}",
                    repair.kind(),
                    repair.ref().run(),
                    e);
            supervision.intervened(repair.kind(), Supervision.Outcome.FAILED);
        }
    }

    private Supervision.Outcome mended(Repair repair) {
        return switch (repair) {
            case Repair.Adopt adopt -> recovered(runs.adopt(adopt.ref()));
            case Repair.GiveUp giveUp -> recovered(runs.giveUp(giveUp.ref(), giveUp.observation()));
            case Repair.StartAgain again -> {
                runs.startAgain(again.ref());
                yield asked(repair);
            }
            case Repair.CancelAgain again -> {
                runs.cancelAgain(again.ref());
                yield asked(repair);
            }
            case Repair.Conclude conclude -> {
                runs.conclude(conclude.ref());
                yield asked(repair);
            }
            case Repair.Drop drop -> {
                runs.drop(drop.ref());
                yield asked(repair);
            }
        };
    }

    private static Supervision.Outcome recovered(boolean byUs) {
        return byUs ? Supervision.Outcome.RECOVERED : Supervision.Outcome.NOT_NEEDED;
    }

    private Supervision.Outcome asked(Repair repair) {
        asked.add(new Diagnosis.Suspect(repair.kind(), repair.ref()));
        return Supervision.Outcome.ASKED;
    }
}
