package dev.artemis.runs;

import dev.artemis.budgets.Budgets;
import dev.artemis.persistence.Pipeline;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.sandbox.Channel;
import dev.artemis.sandbox.Failure;
import dev.artemis.sandbox.Observation;
import dev.artemis.sandbox.RunRef;
import dev.artemis.shared.RunId;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.Usd;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What a sandbox saw, written down: row, news, settlement in one transaction. The one path for live observations and for
 * repairs. An attempt that is not the current one, or whose token is older, changes nothing.
 */
@Component
class ObserveRuns {

    private static final Logger log = LoggerFactory.getLogger(ObserveRuns.class);

    private final RunRows rows;
    private final Budgets budgets;
    private final TenantTransactions transactions;
    private final Clock clock;

    ObserveRuns(RunRows rows, Budgets budgets, TenantTransactions transactions, Clock clock) {
        this.rows = rows;
        this.budgets = budgets;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** What became of an attempt. */
    enum Effect {
        /** It goes on. */
        GOES_ON,
        /** It is over: ended, or queued for another attempt. */
        OVER,
        /** It was over before. */
        STALE
    }

    /**
     * Writes what was seen, in order. Repeats are harmless.
     *
     * @throws IllegalStateException it cannot happen in the run's state
     */
    Effect write(RunRef ref, List<Observation> seen) {
        var tenant = new TenantId(ref.tenant());
        return transactions.inTenantBySql(tenant, () -> {
            Optional<StoredRun> found = rows.lock(tenant, new RunId(ref.run()));
            if (found.isEmpty() || !found.get().isHeldAs(ref)) {
                return Effect.STALE;
            }
            StoredRun before = found.get();
            var writing = new Pipeline();
            List<RunRows.Printed> printed = new ArrayList<>();
            StoredRun after = before;
            for (Observation observation : seen) {
                after = observation instanceof Observation.Output output
                        ? withOutput(printed, after, output)
                        : moved(writing, after, observation);
            }
            if (!after.equals(before)) {
                save(writing, printed, before, after);
            }
            return after.run().status().held() ? Effect.GOES_ON : Effect.OVER;
        });
    }

    private void save(Pipeline writing, List<RunRows.Printed> printed, StoredRun before, StoredRun after) {
        Run run = after.run();
        if (run.equals(before.run())) {
            rows.updateMarks(writing, after);
        } else {
            // the money's locks come before the row's change, which takes the queue's counters
            rows.update(writing, after, run.status().ended() ? settled(after.tenant(), run) : null);
        }
        rows.insert(printed);
        writing.commit();
        rows.run(writing);
    }

    private StoredRun moved(Pipeline writing, StoredRun stored, Observation observation) {
        Instant at = clock.instant();
        Run after = after(stored.run(), observation, at);
        if (after.equals(stored.run())) {
            return stored;
        }
        String detail = detail(observation);
        log.info(
                "Run moved, run={} attempt={} status={} detail={}",
                after.id(),
                after.attempt(),
                after.status(),
                detail);
        logReason(after.id(), observation);
        StoredRun next = rows.move(writing, withTotals(stored, observation).with(after), detail, at);
        SandboxWords.of(observation).ifPresent(words -> rows.explain(writing, next, words));
        return next;
    }

    private Usd settled(TenantId tenant, Run run) {
        Outcome outcome = run.outcome();
        if (run.status() == RunStatus.LOST || outcome == null || outcome.usage().equals(Outcome.NOTHING_USED)) {
            budgets.releaseRun(tenant, run.id());
            return Usd.ZERO;
        }
        return budgets.settleRun(tenant, run.id(), RunCost.used(outcome.usage()));
    }

    /** What is not stored yet of a piece is printed now. */
    private StoredRun withOutput(List<RunRows.Printed> printed, StoredRun run, Observation.Output piece) {
        Optional<Observation.Output> fresh = run.mark(piece.channel()).fresh(piece, run.outputBytes());
        if (fresh.isEmpty()) {
            return run;
        }
        RunRows.Printed next = RunRows.printed(run, fresh.get(), clock.instant());
        printed.add(next);
        return next.after();
    }

    private static StoredRun withTotals(StoredRun run, Observation observation) {
        return observation instanceof Observation.Finished finished
                ? run.with(
                                Channel.STDOUT,
                                run.stdout().printed(finished.result().stdout().totalBytes()))
                        .with(
                                Channel.STDERR,
                                run.stderr().printed(finished.result().stderr().totalBytes()))
                : run;
    }

    /** A repeated Accepted or Started changes nothing. */
    private static Run after(Run run, Observation observation, Instant at) {
        return switch (observation) {
            case Observation.Accepted accepted ->
                run.status() == RunStatus.RUNNING ? run : run.on(new RunEvent.Accepted(), at);
            case Observation.Started started ->
                run.status() == RunStatus.RUNNING ? run : run.on(new RunEvent.Started(started.at()), at);
            case Observation.Output output -> run;
            case Observation.Finished finished ->
                run.on(
                        new RunEvent.Finished(
                                finished.result().ending(),
                                finished.result().usage(),
                                finished.result().startedAt()),
                        at);
            case Observation.Failed failed -> run.on(failure(run, failed.failure()), at);
            case Observation.Lost lost -> run.on(new RunEvent.Vanished(), at);
        };
    }

    /** A program that was seen to start and then is said not to have started has vanished. */
    private static RunEvent failure(Run run, Failure failure) {
        if (run.status() == RunStatus.RUNNING) {
            return new RunEvent.Vanished();
        }
        return switch (failure) {
            case NO_CAPACITY, REFUSED, UNREACHABLE -> new RunEvent.Postponed();
            // a larger machine may be on its way
            case START_TIMEOUT, SANDBOX_BROKEN, TOO_LARGE -> new RunEvent.StartFailed();
            case CANCELLED, SPEC_REFUSED -> new RunEvent.Unstartable();
        };
    }

    private static @Nullable String detail(Observation observation) {
        return switch (observation) {
            case Observation.Failed failed -> failed.failure().name();
            case Observation.Lost lost -> lost.loss().name();
            case Observation.Accepted accepted -> null;
            case Observation.Started started -> null;
            case Observation.Output output -> null;
            case Observation.Finished finished -> null;
        };
    }

    private static void logReason(RunId run, Observation observation) {
        if (observation instanceof Observation.Failed failed) {
            log.warn("Run did not start, run={} failure={} detail={}", run, failed.failure(), failed.detail());
        } else if (observation instanceof Observation.Lost lost) {
            log.warn("Run lost, run={} loss={} detail={}", run, lost.loss(), lost.detail());
        }
    }
}
