package dev.artemis.runs;

import dev.artemis.persistence.TenantTransactions;
import dev.artemis.sandbox.Isolation;
import dev.artemis.sandbox.Live;
import dev.artemis.sandbox.Observation;
import dev.artemis.sandbox.RunRef;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * The supervisor's door to runs: what is held by the database's account and by the sandbox's, across teams, and the few
 * things that mend a difference. What ends a run here goes the same way as a live observation.
 */
@Service
public class RunRepairs {

    private static final Logger log = LoggerFactory.getLogger(RunRepairs.class);
    private static final int PRUNED_AT_ONCE = 500;

    private final JdbcClient jdbc;
    private final TenantTransactions transactions;
    private final ObserveRuns observeRuns;
    private final Worker worker;
    private final Workers workers;
    private final RunSettings settings;
    private volatile Set<UUID> strangers = Set.of();

    RunRepairs(
            JdbcClient jdbc,
            TenantTransactions transactions,
            ObserveRuns observeRuns,
            Worker worker,
            Workers workers,
            RunSettings settings) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.observeRuns = observeRuns;
        this.worker = worker;
        this.workers = workers;
        this.settings = settings;
    }

    /** Whether this process holds runs at all. */
    public boolean isWorker() {
        return worker.isRunning();
    }

    /** The kind of sandbox of this process. */
    public Optional<String> backend() {
        return worker.backend();
    }

    /** What that sandbox holds and lacks. */
    public Optional<Isolation> isolation() {
        return worker.isolation();
    }

    /** What checks of living workers say of where their runs go, the worst first. */
    public List<WorkersFinding> findings() {
        return workers.findings();
    }

    /**
     * For how long this worker has been heard of without a break. While the database was away nobody was: whoever
     * judges others waits until they had the time to be heard again.
     */
    public Duration heardSince() {
        return worker.leaseUnbrokenFor();
    }

    /** For how long a worker that is not heard of counts as alive. */
    public Duration lease() {
        return worker.lease();
    }

    /** How long a start may take here before the sandbox itself gives it up. */
    public Duration longestStart() {
        return worker.longestStart();
    }

    /** How long what has ended may stay in the sandbox until the worker that held it has removed it. */
    public Duration longestRemoval() {
        return worker.longestRemoval();
    }

    /**
     * What this process's sandbox has of this database's teams. Read it before {@link #held()}: what is claimed is committed before it
     * starts. Another installation on the same cluster may bear the same name: its runs are none of ours, and never orphans.
     */
    public List<Live> live() {
        List<Live> all = worker.live();
        if (!worker.mayShareItsName()) {
            return all;
        }
        Set<UUID> theirs = strangersAmong(
                all.stream().map(one -> one.run().tenant()).distinct().toArray(UUID[]::new));
        if (!theirs.equals(strangers)) {
            strangers = theirs;
            log.warn(
                    "Another installation runs code under the same name, teams={}: give each its own artemis.sandbox.kubernetes.owner",
                    theirs);
        }
        return all.stream().filter(one -> !theirs.contains(one.run().tenant())).toList();
    }

    private Set<UUID> strangersAmong(UUID[] tenants) {
        return tenants.length == 0
                ? Set.of()
                : transactions.acrossTenants(() -> jdbc.sql("select * from door.strangers_among(:tenants)")
                        .param("tenants", tenants)
                        .query(UUID.class)
                        .set());
    }

    /** What all workers hold by the database's account. */
    public List<HeldRun> held() {
        return transactions.acrossTenants(() -> jdbc.sql("select * from door.held_runs()")
                .query((row, number) -> held(row))
                .list());
    }

    /**
     * An attempt is over without a word from its sandbox.
     *
     * @return whether it was not over before
     */
    public boolean giveUp(RunRef ref, Observation observation) {
        ObserveRuns.Effect effect = observeRuns.write(ref, List.of(observation));
        worker.drop(ref);
        return effect == ObserveRuns.Effect.OVER;
    }

    /** This worker takes over an attempt of a dead one that its own sandbox has. Returns whether it could. */
    public boolean adopt(RunRef ref) {
        boolean adopted = transactions.acrossTenants(() -> jdbc.sql("select door.adopt_run(:run, :token, :worker)")
                .param("run", ref.run())
                .param("token", ref.fencingToken())
                .param("worker", worker.id())
                .query(Boolean.class)
                .single());
        if (adopted) {
            worker.adopt(ref);
            // a sandbox that others use too may hold the attempt without following it
            worker.follow(ref);
        }
        return adopted;
    }

    /** What the sandbox has and what the database says agree: from now on this worker may claim. */
    public void reconciled() {
        worker.reconciled();
    }

    /** Asks the sandbox once more to start an attempt. */
    public void startAgain(RunRef ref) {
        worker.start(ref);
    }

    /** Asks the sandbox once more to end an attempt. */
    public void cancelAgain(RunRef ref) {
        worker.cancel(ref);
    }

    /** Has the sandbox tell the end of an attempt by what it knows of it. */
    public void conclude(RunRef ref) {
        worker.conclude(ref);
    }

    /** Removes from the sandbox what no run is waiting for. */
    public void drop(RunRef ref) {
        worker.drop(ref);
    }

    /** Counts again what waits and runs. Returns how many projects' counters were wrong. */
    public int mendCounters() {
        List<UUID> projects = transactions.acrossTenants(() ->
                jdbc.sql("select * from door.busy_projects()").query(UUID.class).list());
        int mended = 0;
        for (UUID project : projects) {
            boolean wrong = transactions.acrossTenants(() -> jdbc.sql("select door.mend_run_queue(:project)")
                    .param("project", project)
                    .query(Boolean.class)
                    .single());
            mended += wrong ? 1 : 0;
        }
        return mended;
    }

    /** Lets go of what runs printed that ended long ago. Returns of how many runs; fewer than many mean that it is all. */
    public int pruneOutput() {
        if (settings.keepOutput().isZero()) {
            return 0;
        }
        return transactions.acrossTenants(() -> jdbc.sql("select door.prune_output(make_interval(secs => :age), :most)")
                .param("age", settings.keepOutput().toSeconds())
                .param("most", PRUNED_AT_ONCE)
                .query(Integer.class)
                .single());
    }

    /** What waits and runs, by team; teams without either are left out. */
    public List<QueueDepth> queue() {
        return transactions.acrossTenants(() -> jdbc.sql("select * from door.queue_depths()")
                .query((row, number) -> new QueueDepth(
                        row.getString("tenant"),
                        row.getLong("waiting"),
                        row.getLong("running"),
                        Duration.ofSeconds(row.getLong("oldest_wait_seconds"))))
                .list());
    }

    /** Workers that are alive, on all machines. */
    public int workersAlive() {
        return transactions.acrossTenants(() -> jdbc.sql("select count(*) from workers where lease_until > now()")
                .query(Integer.class)
                .single());
    }

    /** Runs of all teams that were given up within that time. */
    public LostRuns lost(Duration age) {
        return transactions.acrossTenants(() -> jdbc.sql(
                        "select runs, why from door.lost_runs(make_interval(secs => :age))")
                .param("age", age.toSeconds())
                .query((row, number) ->
                        new LostRuns(row.getLong("runs"), Objects.requireNonNullElse(row.getString("why"), "")))
                .single());
    }

    /** Counts of all teams together. */
    public RunStatistics totals() {
        return transactions.acrossTenants(() -> jdbc.sql("select * from door.run_totals()")
                .query((row, number) -> RunViews.counts(row))
                .single());
    }

    private HeldRun held(ResultSet row) throws SQLException {
        Long started = row.getObject("started_ms", Long.class);
        return new HeldRun(
                RunQueue.ref(row),
                RunStatus.valueOf(row.getString("status")),
                row.getString("backend"),
                holder(Columns.uuid(row, "worker_id"), row.getString("worker_state")),
                row.getBoolean("cancel_requested"),
                Duration.ofMillis(row.getLong("submitted_ms")),
                started == null ? null : Duration.ofMillis(started),
                Duration.ofMillis(row.getLong("wall_ms")));
    }

    /** This worker is alive, whatever its lease says. */
    private HeldRun.Holder holder(UUID holder, String state) {
        if (holder.equals(worker.id())) {
            return HeldRun.Holder.THIS_WORKER;
        }
        return switch (state) {
            case "ALIVE" -> HeldRun.Holder.ANOTHER;
            case "SILENT" -> HeldRun.Holder.SILENT;
            case "GONE" -> HeldRun.Holder.GONE;
            default -> throw new IllegalStateException("unknown state of a worker: " + state);
        };
    }
}
