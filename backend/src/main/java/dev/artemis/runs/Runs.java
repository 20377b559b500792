package dev.artemis.runs;

import dev.artemis.audit.Action;
import dev.artemis.audit.Audit;
import dev.artemis.audit.Change;
import dev.artemis.budgets.Budgets;
import dev.artemis.persistence.Pipeline;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.projects.Project;
import dev.artemis.sandbox.Channel;
import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.scanning.ScanReport;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Page;
import dev.artemis.shared.Problem;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.RunId;
import dev.artemis.shared.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Runs of a project: submitted, looked at, cancelled. Everything is of the caller's own project; else 404. */
@Service
public class Runs {

    private static final int MAX_PAGE = 200;

    private final SubmitRun submitRun;
    private final RunRows rows;
    private final RunViews views;
    private final WhyQueued whyQueued;
    private final LiveRuns live;
    private final Budgets budgets;
    private final Audit audit;
    private final TenantTransactions transactions;
    private final Clock clock;

    Runs(
            SubmitRun submitRun,
            RunRows rows,
            RunViews views,
            WhyQueued whyQueued,
            LiveRuns live,
            Budgets budgets,
            Audit audit,
            TenantTransactions transactions,
            Clock clock) {
        this.submitRun = submitRun;
        this.rows = rows;
        this.views = views;
        this.whyQueued = whyQueued;
        this.live = live;
        this.budgets = budgets;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Checks a request and scans its code, which may wait for a place at the scanner: not to be called inside a transaction.
     *
     * @throws Problem 404 where the project is gone; 422 with the fields that are not allowed
     */
    public InspectedRun inspect(Caller.ForProject caller, RunRequest request) {
        return submitRun.inspect(caller, request);
    }

    /**
     * Holds the most that the run can cost, and queues it; joins a transaction of its tenant.
     *
     * @throws Problem 422 for a run that is larger than all that its team may hold; 429 {@code queue-full} when too many wait
     */
    public Submission submit(Caller.ForProject caller, InspectedRun inspected) {
        return submitRun.submit(caller, inspected);
    }

    /** Both, one after the other. */
    public Submission submit(Caller.ForProject caller, RunRequest request) {
        return submit(caller, inspect(caller, request));
    }

    /**
     * The same for the code, files, input and limits of an earlier run, to be submitted once more.
     *
     * @throws Problem 404; 422 where the project allows less by now
     */
    public InspectedRun inspectAgain(Caller.ForProject caller, RunId run) {
        return submitRun.inspectAgain(caller, run);
    }

    /**
     * A run with its output so far.
     *
     * @throws Problem 404
     */
    public RunView get(Caller.ForProject caller, RunId run) {
        return transactions
                .inTenant(caller.tenant(), () -> views.view(caller.project(), run))
                .orElseThrow(Runs::unknown);
    }

    /** A run without its output. @throws Problem 404 */
    public RunSummary summary(Caller.ForProject caller, RunId run) {
        return transactions
                .inTenant(caller.tenant(), () -> views.summary(caller.project(), run))
                .orElseThrow(Runs::unknown);
    }

    /** What a run waits for that is queued, or was taken a while ago and is not started; empty where it is neither. */
    public Optional<WaitingFor> waitingFor(Caller.ForProject caller, RunId run) {
        return transactions.inTenant(caller.tenant(), () -> whyQueued.of(caller.project(), run));
    }

    /** The run as soon as it has ended, at the latest after that time. @throws Problem 404 */
    public RunView await(Caller.ForProject caller, RunId run, Duration atMost) {
        live.awaitEnd(run, atMost, () -> summary(caller, run).status().ended());
        return get(caller, run);
    }

    /**
     * Newest first.
     *
     * @param cursor {@code next} of the page before; null for the first
     * @param size 1 to 200
     * @throws Problem 422 for a size out of range, or a cursor that is none
     */
    public Page<RunSummary> list(Caller.ForProject caller, RunFilter filter, @Nullable String cursor, int size) {
        return list(caller.tenant(), List.of(caller.project()), filter, cursor, size);
    }

    /** The same of several projects of a team together; of others there are none. */
    public Page<RunSummary> list(
            TenantId tenant, Collection<ProjectId> projects, RunFilter filter, @Nullable String cursor, int size) {
        if (size < 1 || size > MAX_PAGE) {
            throw Problem.notAllowed("limit", "1 to " + MAX_PAGE);
        }
        UUID before = cursor == null ? null : cursorOf(cursor);
        return transactions.inTenant(tenant, () -> views.list(projects, filter, before, size));
    }

    /** Of which project these runs of a team are; what is not there any more is left out. */
    public Map<RunId, ProjectId> projects(TenantId tenant, Collection<RunId> runs) {
        return transactions.inTenant(tenant, () -> views.projects(runs));
    }

    /** How many runs of these projects of a team have not ended, by status; a status that none has is left out. */
    public Map<RunStatus, Long> unfinished(TenantId tenant, Collection<ProjectId> projects) {
        return transactions.inTenant(tenant, () -> views.unfinished(projects));
    }

    /**
     * Asks to end a run: at once while it waits, within two seconds once it runs, without effect when it has ended.
     *
     * @throws Problem 404
     */
    public RunView cancel(Caller.ForProject caller, RunId run) {
        transactions.inTenant(caller.tenant(), () -> {
            StoredRun stored = rows.lock(caller.tenant(), run)
                    .filter(found -> found.project().equals(caller.project()))
                    .orElseThrow(Runs::unknown);
            if (!stored.run().status().ended() && !stored.run().cancelRequested()) {
                cancel(caller, stored);
                audit.record(
                        caller,
                        new Change(
                                Action.RUN_CANCELLED,
                                caller.tenant(),
                                run.toString(),
                                new Cancelled(stored.run().status()),
                                null));
            }
        });
        return get(caller, run);
    }

    /** What was kept of a stream, unchanged. @throws Problem 404 */
    public byte[] output(Caller.ForProject caller, RunId run, Channel channel) {
        return transactions.inTenant(caller.tenant(), () -> {
            requireOwn(caller, run);
            return views.output(run, channel);
        });
    }

    /**
     * What happened after the news of that number (0: from the beginning), in order, at most a few hundred.
     *
     * @throws Problem 404
     */
    public List<RunNews> newsAfter(Caller.ForProject caller, RunId run, long number) {
        return transactions.inTenant(caller.tenant(), () -> {
            requireOwn(caller, run);
            return views.newsAfter(run, number);
        });
    }

    /**
     * Gives the news after that number as they come, on this thread, until the run has ended and all is told.
     *
     * @param quiet called now and then while nothing happens; an exception from either ends it
     * @throws Problem 404
     */
    public void follow(Caller.ForProject caller, RunId run, long after, Consumer<RunNews> news, Runnable quiet) {
        live.follow(
                run,
                after,
                number -> newsAfter(caller, run, number),
                () -> summary(caller, run).status().ended(),
                news,
                quiet);
    }

    /** What a run was given: code, files, input and limits. @throws Problem 404 */
    public SandboxSpec given(Caller.ForProject caller, RunId run) {
        return transactions.inTenant(caller.tenant(), () -> {
            requireOwn(caller, run);
            return views.given(run);
        });
    }

    /** What the scanner found in a run's code when it came. @throws Problem 404 */
    public Found found(Caller.ForProject caller, RunId run) {
        return transactions.inTenant(caller.tenant(), () -> {
            requireOwn(caller, run);
            return views.found(run);
        });
    }

    /** How much a run has printed so far. @throws Problem 404 */
    public OutputSize printed(Caller.ForProject caller, RunId run) {
        return transactions.inTenant(caller.tenant(), () -> {
            requireOwn(caller, run);
            return views.printed(run);
        });
    }

    /** What a run of the caller's project may ask for, limit by limit. @throws Problem 404 where the project is gone */
    public List<AllowedLimit> allowed(Caller.ForProject caller) {
        return submitRun.allowed(caller);
    }

    /** What a run of that project may ask for, limit by limit. */
    public List<AllowedLimit> allowed(Project project) {
        return new ResolveLimits(project).allowed();
    }

    /**
     * What the scanner says of code by that project's policy, without running it.
     *
     * @throws Problem 422 for an unknown language, or code that is too large for a run
     */
    public ScanReport scan(Project project, String language, String code) {
        return submitRun.scan(project, language, code);
    }

    /**
     * The same for a caller's own project.
     *
     * @throws Problem 422 for an unknown language, or code that is too large for a run
     */
    public ScanReport scan(Caller.ForProject caller, String language, String code) {
        return submitRun.scan(caller, language, code);
    }

    /** Counts of the caller's project. */
    public RunStatistics statistics(Caller.ForProject caller) {
        return transactions.inTenant(caller.tenant(), () -> views.statistics(caller.project()));
    }

    /** Counts of one project, or of all of a team. */
    public RunStatistics statistics(TenantId tenant, @Nullable ProjectId project) {
        return transactions.inTenant(tenant, () -> views.statistics(project));
    }

    /** What the audit log shows of a run. */
    private record Cancelled(RunStatus status) {}

    private void cancel(Caller.ForProject caller, StoredRun stored) {
        Instant at = clock.instant();
        Run after = stored.run().on(new RunEvent.CancelRequested(), at);
        boolean ended = after.status().ended();
        if (ended) {
            budgets.releaseRun(caller.tenant(), after.id());
        }
        rows.save(stored.with(after), ended ? dev.artemis.shared.Usd.ZERO : null, "CANCEL_REQUESTED", at);
        if (!ended) {
            var notice = new Pipeline();
            RunRows.tell(notice, RunNotices.CANCELLATIONS, after.id());
            rows.run(notice);
        }
    }

    private void requireOwn(Caller.ForProject caller, RunId run) {
        if (views.status(caller.project(), run).isEmpty()) {
            throw unknown();
        }
    }

    private static UUID cursorOf(String cursor) {
        try {
            return UUID.fromString(cursor);
        } catch (IllegalArgumentException e) {
            throw Problem.notAllowed("cursor", "is not the next of a page");
        }
    }

    static Problem unknown() {
        return Problem.notFound("The run");
    }
}
