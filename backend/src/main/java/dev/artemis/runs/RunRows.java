package dev.artemis.runs;

import dev.artemis.sandbox.Channel;
import dev.artemis.sandbox.Observation;
import dev.artemis.shared.Caller;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.RunId;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.Usd;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of runs and of their news, written inside a transaction of their tenant. */
@Repository
class RunRows {

    private final JdbcClient jdbc;

    RunRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Inserts a run that is QUEUED or BLOCKED, with its first news. */
    void insert(Caller.ForProject caller, Run run, CheckedRequest request, Instant at) {
        boolean blocked = run.status() == RunStatus.BLOCKED;
        jdbc.sql("""
                        insert into runs (run_id, tenant_id, project_id, key_id, member_id, language, stage, card_id,
                          priority, cpu_millicores, memory_bytes, wall_ms, output_bytes, status, attempt, fencing_token,
                          faults, faults_allowed, cancel_requested, due_at, cost, news, created_at, finished_at)
                        values (:run, :tenant, :project, :key, :member, :language, :stage, :card,
                          :priority, :cpu, :memory, :wall, :output, :status, :attempt, :token,
                          :faults, :allowed, false, :due, :cost, 1, :created, :finished)""")
                .param("run", run.id().value())
                .param("tenant", caller.tenant().value())
                .param("project", caller.project().value())
                .param("key", caller.key() == null ? null : caller.key().value())
                .param(
                        "member",
                        caller.member() == null ? null : caller.member().value())
                .param("language", request.spec().language().id())
                .param("stage", request.stage())
                .param("card", request.cardId())
                .param("priority", request.priority())
                .param("cpu", request.spec().limits().cpuMillicores())
                .param("memory", request.spec().limits().memoryBytes())
                .param("wall", request.spec().limits().wallTimeout().toMillis())
                .param("output", request.spec().limits().outputBytes())
                .param("status", run.status().name())
                .param("attempt", run.attempt())
                .param("token", run.fencingToken())
                .param("faults", run.faults())
                .param("allowed", run.faultsAllowed())
                .param("due", Columns.time(run.dueAt()))
                .param("cost", blocked ? Usd.ZERO.amount() : null)
                .param("created", Columns.time(at))
                .param("finished", Columns.time(run.finishedAt()))
                .update();
        insertMove(caller.tenant(), run, 1, null, at);
    }

    /** The run, locked until the transaction ends; none if it is not the tenant's. */
    Optional<StoredRun> lock(RunId run) {
        return jdbc.sql("""
                        select run_id, tenant_id, project_id, status, attempt, fencing_token, faults, faults_allowed,
                          cancel_requested, due_at, started_at, finished_at, exit_code, signal, killed, kill_reason,
                          execution_us, cpu_us, max_memory_bytes, memory_bytes, output_bytes,
                          stdout_end, stdout_kept, stdout_total, stderr_end, stderr_kept, stderr_total, news
                        from runs where run_id = :run for no key update""")
                .param("run", run.value())
                .query((row, number) -> stored(row))
                .optional();
    }

    /** Writes what changed, with the news that tell it. */
    void save(StoredRun after, @Nullable Usd cost, @Nullable String detail, Instant at) {
        StoredRun changed = after.nextNews();
        update(changed, cost);
        insertMove(changed.tenant(), changed.run(), changed.news(), detail, at);
    }

    /** Writes a piece of output and where the stream now stands. */
    StoredRun append(StoredRun before, Observation.Output piece, Instant at) {
        StoredRun after = before.with(
                        piece.channel(), before.mark(piece.channel()).after(piece))
                .nextNews();
        jdbc.sql("""
                        insert into run_news (run_id, number, tenant_id, at, attempt, kind, output_offset, bytes)
                        values (:run, :number, :tenant, :at, :attempt, :kind, :offset, :bytes)""")
                .param("run", after.run().id().value())
                .param("number", after.news())
                .param("tenant", after.tenant().value())
                .param("at", Columns.time(at))
                .param("attempt", after.run().attempt())
                .param("kind", piece.channel().name())
                .param("offset", piece.offset())
                .param("bytes", piece.bytes())
                .update();
        return after;
    }

    /** Adds to the news of a run's last move what the sandbox said. */
    void explain(RunId run, String words) {
        jdbc.sql("""
                        update run_news set words = :words
                        where run_id = :run and number = (select news from runs where run_id = :run)""").param("words", words).param("run", run.value()).update();
    }

    /** Writes the streams' marks and tells those who watch. */
    void saveMarks(StoredRun run) {
        jdbc.sql("""
                        update runs set stdout_end = :oe, stdout_kept = :ok, stdout_total = :ot,
                          stderr_end = :ee, stderr_kept = :ek, stderr_total = :et, news = :news
                        where run_id = :run""")
                .param("oe", run.mark(Channel.STDOUT).end())
                .param("ok", run.mark(Channel.STDOUT).kept())
                .param("ot", run.mark(Channel.STDOUT).total())
                .param("ee", run.mark(Channel.STDERR).end())
                .param("ek", run.mark(Channel.STDERR).kept())
                .param("et", run.mark(Channel.STDERR).total())
                .param("news", run.news())
                .param("run", run.run().id().value())
                .update();
        tell(RunNotices.RUNS, run.run().id());
    }

    /** A notice that leaves with the commit. */
    void tell(String channel, RunId run) {
        jdbc.sql("select pg_notify(:channel, :run)")
                .param("channel", channel)
                .param("run", run.toString())
                .query((row, number) -> true)
                .single();
    }

    private void update(StoredRun stored, @Nullable Usd cost) {
        Run run = stored.run();
        Outcome outcome = run.outcome();
        saveMarks(stored);
        jdbc.sql("""
                        update runs set status = :status, faults = :faults, cancel_requested = :cancel, due_at = :due,
                          started_at = :started, finished_at = :finished, exit_code = :exit, signal = :signal,
                          killed = :killed, kill_reason = :reason, execution_us = :execution, cpu_us = :cpu,
                          max_memory_bytes = :memory, cost = :cost
                        where run_id = :run""")
                .param("status", run.status().name())
                .param("faults", run.faults())
                .param("cancel", run.cancelRequested())
                .param("due", Columns.time(run.dueAt()))
                .param("started", Columns.time(run.startedAt()))
                .param("finished", Columns.time(run.finishedAt()))
                .param("exit", outcome == null ? null : outcome.exitCode())
                .param("signal", outcome == null ? null : outcome.signal())
                .param("killed", outcome != null && outcome.killed())
                .param(
                        "reason",
                        outcome == null || outcome.reason() == null
                                ? null
                                : outcome.reason().name())
                .param(
                        "execution",
                        outcome == null ? null : Columns.micros(outcome.usage().executionTime()))
                .param(
                        "cpu",
                        outcome == null ? null : Columns.micros(outcome.usage().cpuTime()))
                .param("memory", outcome == null ? null : outcome.usage().maxMemoryBytes())
                .param("cost", cost == null ? null : cost.amount())
                .param("run", run.id().value())
                .update();
    }

    private void insertMove(TenantId tenant, Run run, int number, @Nullable String detail, Instant at) {
        jdbc.sql("""
                        insert into run_news (run_id, number, tenant_id, at, attempt, kind, status, detail)
                        values (:run, :number, :tenant, :at, :attempt, 'STATUS', :status, :detail)""")
                .param("run", run.id().value())
                .param("number", number)
                .param("tenant", tenant.value())
                .param("at", Columns.time(at))
                .param("attempt", run.attempt())
                .param("status", run.status().name())
                .param("detail", detail)
                .update();
    }

    private static StoredRun stored(ResultSet row) throws SQLException {
        return new StoredRun(
                new TenantId(Columns.uuid(row, "tenant_id")),
                new ProjectId(Columns.uuid(row, "project_id")),
                run(row),
                row.getLong("memory_bytes"),
                row.getLong("output_bytes"),
                new StreamMark(row.getLong("stdout_end"), row.getLong("stdout_kept"), row.getLong("stdout_total")),
                new StreamMark(row.getLong("stderr_end"), row.getLong("stderr_kept"), row.getLong("stderr_total")),
                row.getInt("news"));
    }

    private static Run run(ResultSet row) throws SQLException {
        RunStatus status = RunStatus.valueOf(row.getString("status"));
        return new Run(
                new RunId(Columns.uuid(row, "run_id")),
                status,
                row.getInt("attempt"),
                row.getLong("fencing_token"),
                row.getInt("faults"),
                row.getInt("faults_allowed"),
                row.getBoolean("cancel_requested"),
                Objects.requireNonNull(Columns.instant(row, "due_at")),
                Columns.instant(row, "started_at"),
                Columns.instant(row, "finished_at"),
                status.ended() && status != RunStatus.BLOCKED ? outcome(row) : null);
    }

    private static Outcome outcome(ResultSet row) throws SQLException {
        String reason = row.getString("kill_reason");
        return new Outcome(
                row.getObject("exit_code", Integer.class),
                row.getString("signal"),
                row.getBoolean("killed"),
                reason == null ? null : KillReason.valueOf(reason),
                Columns.usage(row));
    }
}
