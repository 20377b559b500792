package dev.artemis.runs;

import dev.artemis.budgets.Budgets;
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
     * Writes output, and then the observation if there is one. Repeats are harmless.
     *
     * @throws IllegalStateException it cannot happen in the run's state
     */
    Effect write(RunRef ref, List<Observation.Output> output, @Nullable Observation observation) {
        return transactions.inTenant(new TenantId(ref.tenant()), () -> {
            Optional<StoredRun> found = rows.lock(new RunId(ref.run()));
            if (found.isEmpty() || !found.get().isHeldAs(ref)) {
                return Effect.STALE;
            }
            StoredRun stored = withOutput(found.get(), output);
            Run before = stored.run();
            Instant at = clock.instant();
            Run after = observation == null ? before : after(before, observation, at);
            if (after.equals(before)) {
                if (!output.isEmpty()) {
                    rows.saveMarks(stored);
                }
                return Effect.GOES_ON;
            }
            save(withTotals(stored, observation), after, observation, at);
            return after.status().held() ? Effect.GOES_ON : Effect.OVER;
        });
    }

    private void save(StoredRun stored, Run after, @Nullable Observation observation, Instant at) {
        String detail = observation == null ? null : detail(observation);
        // the money's locks come before the row's change, which takes the queue's counters
        Usd cost = after.status().ended() ? settled(stored.tenant(), after) : null;
        rows.save(stored.with(after), cost, detail, at);
        Optional.ofNullable(observation).flatMap(SandboxWords::of).ifPresent(words -> rows.explain(after.id(), words));
        log.info(
                "Run moved, run={} attempt={} status={} detail={}",
                after.id(),
                after.attempt(),
                after.status(),
                detail);
        logReason(after.id(), observation);
    }

    private Usd settled(TenantId tenant, Run run) {
        Outcome outcome = run.outcome();
        if (run.status() == RunStatus.LOST || outcome == null || outcome.usage().equals(Outcome.NOTHING_USED)) {
            budgets.releaseRun(tenant, run.id());
            return Usd.ZERO;
        }
        return budgets.settleRun(tenant, run.id(), RunCost.used(outcome.usage()));
    }

    private StoredRun withOutput(StoredRun before, List<Observation.Output> output) {
        StoredRun run = before;
        for (Observation.Output piece : output) {
            Optional<Observation.Output> fresh = run.mark(piece.channel()).fresh(piece, run.outputBytes());
            if (fresh.isPresent()) {
                run = rows.append(run, fresh.get(), clock.instant());
            }
        }
        return run;
    }

    private static StoredRun withTotals(StoredRun run, @Nullable Observation observation) {
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
            case NO_CAPACITY -> new RunEvent.Postponed();
            case START_TIMEOUT, SANDBOX_BROKEN -> new RunEvent.StartFailed();
            case CANCELLED, TOO_LARGE, SPEC_REFUSED -> new RunEvent.Unstartable();
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

    private static void logReason(RunId run, @Nullable Observation observation) {
        if (observation instanceof Observation.Failed failed) {
            log.warn("Run did not start, run={} failure={} detail={}", run, failed.failure(), failed.detail());
        } else if (observation instanceof Observation.Lost lost) {
            log.warn("Run lost, run={} loss={} detail={}", run, lost.loss(), lost.detail());
        }
    }
}
