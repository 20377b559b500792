package dev.artemis.runs;

import dev.artemis.persistence.Pipeline;
import dev.artemis.persistence.SqlRows;
import dev.artemis.sandbox.Observation;
import dev.artemis.shared.Caller;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.RunId;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.Usd;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/**
 * Rows of runs and of their news, inside a transaction of their tenant. What is written is added to a {@link Pipeline}: all of a step
 * goes in one round trip.
 */
@Repository
class RunRows {

    private final JdbcTemplate jdbc;

    RunRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds a run that is QUEUED or BLOCKED, with its first news. */
    void insert(Pipeline writing, Caller.ForProject caller, Run run, CheckedRequest request, Instant at) {
        SqlRows<Run> row = SqlRows.of(List.of(run))
                .column("uuid", one -> one.id().value())
                .column("uuid", one -> caller.tenant().value())
                .column("uuid", one -> caller.project().value())
                .column(
                        "uuid",
                        one -> caller.key() == null ? null : caller.key().value())
                .column(
                        "uuid",
                        one -> caller.member() == null ? null : caller.member().value())
                .column("text", one -> request.spec().language().id())
                .column("text", one -> request.stage())
                .column("text", one -> request.cardId())
                .column("int", one -> request.priority())
                .column("int", one -> request.spec().limits().cpuMillicores())
                .column("bigint", one -> request.spec().limits().memoryBytes())
                .column("bigint", one -> request.spec().limits().wallTimeout().toMillis())
                .column("bigint", one -> request.spec().limits().outputBytes())
                .column("text", one -> one.status().name())
                .column("int", Run::attempt)
                .column("bigint", Run::fencingToken)
                .column("int", Run::faults)
                .column("int", Run::faultsAllowed)
                .column("numeric", one -> one.status() == RunStatus.BLOCKED ? 0 : null)
                .column("timestamptz", one -> at)
                .column("timestamptz", Run::finishedAt);
        writing.update(row.statement("""
                        insert into runs (run_id, tenant_id, project_id, key_id, member_id, language, stage, card_id,
                          priority, cpu_millicores, memory_bytes, wall_ms, output_bytes, status, attempt, fencing_token,
                          faults, faults_allowed, cost, created_at, finished_at, due_at, cancel_requested, news)
                        select *, now(), false, 1 from %s"""), row.parametersAfter());
        insertMove(writing, caller.tenant(), run, 1, null, at);
    }

    /** The run, locked until the transaction ends; none if it is not the tenant's. */
    Optional<StoredRun> lock(TenantId tenant, RunId run) {
        var reading = new Pipeline();
        reading.actFor(tenant);
        Pipeline.Rows<StoredRun> locked = reading.query("""
                        select run_id, tenant_id, project_id, status, attempt, fencing_token, faults, faults_allowed,
                          cancel_requested, due_at, started_at, finished_at, exit_code, signal, killed, kill_reason,
                          execution_us, cpu_us, max_memory_bytes, max_disk_bytes, max_inodes, max_file_bytes, max_processes,
                          memory_kills, memory_bytes, output_bytes,
                          stdout_end, stdout_kept, stdout_total, stderr_end, stderr_kept, stderr_total, news
                        from runs where run_id = ? for no key update""", RunRows::stored, run.value());
        reading.run(jdbc);
        return locked.all().stream().findFirst();
    }

    /** Writes what changed, with the news that tell it. */
    void save(StoredRun after, @Nullable Usd cost, @Nullable String detail, Instant at) {
        var writing = new Pipeline();
        StoredRun changed = move(writing, after, detail, at);
        update(writing, changed, cost, at);
        run(writing);
    }

    /** A piece of output and where its run stands with it. */
    record Printed(StoredRun after, Observation.Output piece, Instant at) {}

    /** The run once a piece of output is written. */
    static Printed printed(StoredRun before, Observation.Output piece, Instant at) {
        return new Printed(
                before.with(piece.channel(), before.mark(piece.channel()).after(piece))
                        .nextNews(),
                piece,
                at);
    }

    /** Adds what the sandbox said to the news of a run's last move, which is added already. */
    void explain(Pipeline writing, StoredRun moved, SandboxWords words) {
        writing.update(
                "update run_news set words = ?, told = ? where run_id = ? and number = ?",
                words.forOperators(),
                words.forTheTeam(),
                moved.run().id().value(),
                moved.news());
    }

    /** Writes pieces of output. Their marks are not: see {@link #updateMarks}. */
    void insert(List<Printed> pieces) {
        if (!pieces.isEmpty()) {
            jdbc.batchUpdate("""
                    insert into run_news (run_id, number, tenant_id, at, attempt, kind, output_offset, bytes)
                    values (?, ?, ?, ?, ?, ?, ?, ?)""", pieces, pieces.size(), RunRows::bind);
        }
    }

    private static void bind(PreparedStatement row, Printed printed) throws SQLException {
        row.setObject(1, printed.after().run().id().value());
        row.setInt(2, printed.after().news());
        row.setObject(3, printed.after().tenant().value());
        row.setObject(4, Columns.time(printed.at()));
        row.setInt(5, printed.after().run().attempt());
        row.setString(6, printed.piece().channel().name());
        row.setLong(7, printed.piece().offset());
        row.setBytes(8, printed.piece().bytes());
    }

    /** Adds the news that a run has moved, and returns the run with them. */
    StoredRun move(Pipeline writing, StoredRun moved, @Nullable String detail, Instant at) {
        StoredRun next = moved.nextNews();
        insertMove(writing, next.tenant(), next.run(), next.news(), detail, at);
        return next;
    }

    /** Adds where the streams stand, and tells those who watch. */
    void updateMarks(Pipeline writing, StoredRun run) {
        writing.update(
                """
                update runs set stdout_end = ?, stdout_kept = ?, stdout_total = ?,
                  stderr_end = ?, stderr_kept = ?, stderr_total = ?, news = ?
                where run_id = ?""",
                run.stdout().end(),
                run.stdout().kept(),
                run.stdout().total(),
                run.stderr().end(),
                run.stderr().kept(),
                run.stderr().total(),
                run.news(),
                run.run().id().value());
        tell(writing, RunNotices.RUNS, run.run().id());
    }

    /**
     * Adds a row in whole, and tells those who watch. When it is due again is by this database's clock, as claims are.
     *
     * @param at when it moved, by the clock that its own times are of
     */
    void update(Pipeline writing, StoredRun stored, @Nullable Usd cost, Instant at) {
        Run run = stored.run();
        Outcome outcome = run.outcome();
        SqlRows<StoredRun> row = SqlRows.of(List.of(stored))
                .column("uuid", one -> run.id().value())
                .column("text", one -> run.status().name())
                .column("int", one -> run.faults())
                .column("boolean", one -> run.cancelRequested())
                .column("bigint", one -> Duration.between(at, run.dueAt()).toMillis())
                .column("timestamptz", one -> run.startedAt())
                .column("timestamptz", one -> run.finishedAt())
                .column("int", one -> outcome == null ? null : outcome.exitCode())
                .column("text", one -> outcome == null ? null : outcome.signal())
                .column("boolean", one -> outcome != null && outcome.killed())
                .column(
                        "text",
                        one -> outcome == null || outcome.reason() == null
                                ? null
                                : outcome.reason().name())
                .column(
                        "bigint",
                        one -> outcome == null
                                ? null
                                : Columns.micros(outcome.usage().executionTime()))
                .column(
                        "bigint",
                        one -> outcome == null
                                ? null
                                : Columns.micros(outcome.usage().cpuTime()))
                .column(
                        "bigint",
                        one -> outcome == null ? null : outcome.usage().maxMemoryBytes())
                .column(
                        "bigint",
                        one -> outcome == null ? null : outcome.usage().maxDiskBytes())
                .column(
                        "bigint",
                        one -> outcome == null ? null : outcome.usage().maxInodes())
                .column(
                        "bigint",
                        one -> outcome == null ? null : outcome.usage().maxFileBytes())
                .column(
                        "bigint",
                        one -> outcome == null ? null : outcome.usage().maxProcesses())
                .column(
                        "bigint",
                        one -> outcome == null ? null : outcome.usage().memoryKills())
                .column("numeric", one -> cost == null ? null : cost.amount().toPlainString())
                .column("bigint", one -> one.stdout().end())
                .column("bigint", one -> one.stdout().kept())
                .column("bigint", one -> one.stdout().total())
                .column("bigint", one -> one.stderr().end())
                .column("bigint", one -> one.stderr().kept())
                .column("bigint", one -> one.stderr().total())
                .column("int", StoredRun::news);
        writing.update(row.statement("""
                        update runs r set status = n.status, faults = n.faults, cancel_requested = n.cancel,
                          due_at = case when n.status = 'QUEUED' then now() + n.pause * interval '1 millisecond' else r.due_at end,
                          started_at = n.started, finished_at = n.finished, exit_code = n.exit, signal = n.signal,
                          killed = n.killed, kill_reason = n.reason, execution_us = n.execution, cpu_us = n.cpu,
                          max_memory_bytes = n.memory, max_disk_bytes = n.disk, max_inodes = n.inodes,
                          max_file_bytes = n.file, max_processes = n.tasks, memory_kills = n.oom, cost = n.cost,
                          stdout_end = n.oe, stdout_kept = n.ok, stdout_total = n.ot,
                          stderr_end = n.ee, stderr_kept = n.ek, stderr_total = n.et, news = n.news
                        from (select * from %s) as n (run_id, status, faults, cancel, pause, started, finished, exit, signal,
                          killed, reason, execution, cpu, memory, disk, inodes, file, tasks, oom, cost, oe, ok, ot, ee, ek, et, news)
                        where r.run_id = n.run_id"""), row.parametersAfter());
        tell(writing, RunNotices.RUNS, run.id());
    }

    /** Adds a notice that leaves with the commit. */
    static void tell(Pipeline writing, String channel, RunId run) {
        writing.query("select pg_notify(?, ?)", row -> true, channel, run.toString());
    }

    void run(Pipeline writing) {
        writing.run(jdbc);
    }

    private static void insertMove(
            Pipeline writing, TenantId tenant, Run run, int number, @Nullable String detail, Instant at) {
        SqlRows<Run> row = SqlRows.of(List.of(run))
                .column("uuid", one -> one.id().value())
                .column("int", one -> number)
                .column("uuid", one -> tenant.value())
                .column("timestamptz", one -> at)
                .column("int", Run::attempt)
                .column("text", one -> one.status().name())
                .column("text", one -> detail);
        writing.update(row.statement("""
                        insert into run_news (run_id, number, tenant_id, at, attempt, status, detail, kind)
                        select *, 'STATUS' from %s"""), row.parametersAfter());
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
