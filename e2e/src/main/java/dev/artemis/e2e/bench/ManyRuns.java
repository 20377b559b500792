package dev.artemis.e2e.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/** Gives all projects of the busy team a past: one run that has ended is copied, over and over, into each of them in turn. */
final class ManyRuns {

    private ManyRuns() {}

    /**
     * Adds that many, one every twenty seconds up to the original.
     *
     * @param original a run of the busy team that has ended
     */
    static void grow(Path home, UUID original, int wanted) throws SQLException, IOException {
        try (Connection connection = LargeLedger.connect(home)) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                // nobody is told of each of them
                statement.execute("set local session_replication_role = replica");
            }
            copy(connection, original, wanted);
            connection.commit();
            connection.setAutoCommit(true);
            try (Statement statement = connection.createStatement()) {
                statement.execute("vacuum analyze runs");
            }
        }
    }

    private static void copy(Connection connection, UUID original, int wanted) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
            insert into runs (run_id, tenant_id, project_id, key_id, member_id, language, stage, card_id, priority,
              cpu_millicores, memory_bytes, wall_ms, output_bytes, status, attempt, fencing_token, faults, faults_allowed,
              cancel_requested, due_at, worker_id, backend, exit_code, signal, killed, kill_reason, execution_us, cpu_us,
              max_memory_bytes, cost, news, output_pruned, created_at, submitted_at, started_at, finished_at)
            select (lpad(to_hex((extract(epoch from r.created_at - ago.time) * 1000)::bigint), 12, '0') || '7'
                    || substr(md5(n::text), 1, 3) || '8' || substr(md5(n::text), 4, 15))::uuid,
              r.tenant_id, projects.ids[1 + n % cardinality(projects.ids)], r.key_id, r.member_id, r.language, r.stage, r.card_id,
              r.priority, r.cpu_millicores, r.memory_bytes, r.wall_ms, r.output_bytes, r.status, r.attempt, r.fencing_token,
              r.faults, r.faults_allowed, r.cancel_requested, r.due_at - ago.time, r.worker_id, r.backend, r.exit_code, r.signal,
              r.killed, r.kill_reason, r.execution_us, r.cpu_us, r.max_memory_bytes, r.cost, 0, true, r.created_at - ago.time,
              r.submitted_at - ago.time, r.started_at - ago.time, r.finished_at - ago.time
            from runs r
            cross join generate_series(1, ?) n
            cross join lateral (select n * interval '20 seconds' as time) ago
            cross join lateral (
              select array(select project_id from projects p where p.tenant_id = r.tenant_id order by project_id) as ids) projects
            where r.run_id = ?\
            """)) {
            statement.setInt(1, wanted);
            statement.setObject(2, original);
            if (statement.executeUpdate() != wanted) {
                throw new IllegalStateException("no run " + original);
            }
        }
    }
}
