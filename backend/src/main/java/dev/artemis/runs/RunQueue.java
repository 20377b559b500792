package dev.artemis.runs;

import dev.artemis.sandbox.RunRef;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.RunId;
import dev.artemis.shared.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The queue across teams, through its doors; inside a transaction that acts for no team. */
@Repository
class RunQueue {

    /** Teams looked at for each free slot: some of their runs may be taken by another worker meanwhile. */
    private static final int TEAMS_PER_SLOT = 2;

    private final JdbcClient jdbc;
    private final RunSettings settings;

    RunQueue(JdbcClient jdbc, RunSettings settings) {
        this.jdbc = jdbc;
        this.settings = settings;
    }

    /** Runs that may be taken, and what their teams hold. */
    record Waiting(
            List<FairAdmission.Waiting> runs, Map<TenantId, FairAdmission.InUse> teams, Map<ProjectId, Integer> room) {}

    /** The next runs of those teams that use least. */
    Waiting waiting(int slots) {
        RunSettings.Capacity capacity = settings.capacity();
        var waiting = new Waiting(new ArrayList<>(), new HashMap<>(), new HashMap<>());
        jdbc.sql("select * from door.waiting_runs(:cpu, :memory, :teams, :each, :atMost)")
                .param("cpu", capacity.cpuMillicores())
                .param("memory", capacity.memoryBytes())
                .param("teams", slots * TEAMS_PER_SLOT)
                .param("each", slots)
                .param("atMost", settings.maxRunningPerTenant())
                .query((row, number) -> add(row, waiting))
                .list();
        return waiting;
    }

    /** Takes those of the runs that nobody else takes: each is SUBMITTING with a new attempt and a new token. */
    List<RunRef> claim(List<RunId> runs, UUID worker, String backend) {
        return jdbc.sql("select * from door.claim_runs(:runs, :worker, :backend, :atMost)")
                .param("runs", runs.stream().map(RunId::value).toArray(UUID[]::new))
                .param("worker", worker)
                .param("backend", backend)
                .param("atMost", settings.maxRunningPerTenant())
                .query((row, number) -> ref(row))
                .list();
    }

    static RunRef ref(ResultSet row) throws SQLException {
        return new RunRef(
                Columns.uuid(row, "tenant_id"),
                Columns.uuid(row, "run_id"),
                row.getInt("attempt"),
                row.getLong("fencing_token"));
    }

    private boolean add(ResultSet row, Waiting waiting) throws SQLException {
        TenantId tenant = new TenantId(Columns.uuid(row, "tenant_id"));
        ProjectId project = new ProjectId(Columns.uuid(row, "project_id"));
        waiting.runs()
                .add(new FairAdmission.Waiting(
                        new RunId(Columns.uuid(row, "run_id")),
                        tenant,
                        project,
                        row.getInt("priority"),
                        Columns.instantThere(row, "queued_at"),
                        row.getLong("cpu_millicores"),
                        row.getLong("memory_bytes")));
        Instant servedAt = Columns.instant(row, "tenant_served_at");
        waiting.teams()
                .put(
                        tenant,
                        new FairAdmission.InUse(
                                row.getLong("tenant_running"),
                                row.getLong("tenant_cpu_millicores"),
                                row.getLong("tenant_memory_bytes"),
                                servedAt,
                                settings.maxRunningPerTenant()));
        waiting.room().put(project, row.getInt("project_running_at_most") - row.getInt("project_running"));
        return true;
    }
}
