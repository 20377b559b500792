package dev.artemis.runs;

import dev.artemis.sandbox.RunRef;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.RunId;
import dev.artemis.shared.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The queue across teams, through its doors; inside a transaction that acts for no team. */
@Repository
class RunQueue {

    private final JdbcClient jdbc;
    private final RunSettings settings;

    RunQueue(JdbcClient jdbc, RunSettings settings) {
        this.jdbc = jdbc;
        this.settings = settings;
    }

    /**
     * Runs that may be taken, and what their teams hold.
     *
     * @param teamsWaiting that have anything waiting, seen here or not
     */
    record Waiting(
            List<FairAdmission.Waiting> runs,
            Map<TenantId, FairAdmission.InUse> teams,
            Map<ProjectId, FairAdmission.Room> rooms,
            long teamsWaiting) {}

    /** The next runs of those so many teams that use least, at most {@code each} of a project. */
    Waiting waiting(long teams, int each) {
        RunSettings.Capacity capacity = settings.capacity();
        List<FairAdmission.Waiting> runs = new ArrayList<>();
        Map<TenantId, FairAdmission.InUse> uses = new HashMap<>();
        Map<ProjectId, FairAdmission.Room> rooms = new HashMap<>();
        List<Long> teamsWaiting = jdbc.sql(
                        "select * from door.waiting_runs(:cpu, :memory, :teams, :each, :running, :cpuMost, :memoryMost)")
                .param("cpu", capacity.cpuMillicores())
                .param("memory", capacity.memoryBytes())
                .param("teams", Math.toIntExact(teams))
                .param("each", each)
                .param("running", settings.maxRunningPerTenant())
                .param("cpuMost", settings.cpuPerTenant())
                .param("memoryMost", settings.memoryPerTenant())
                .query((row, number) -> {
                    if (row.getObject("run_id") != null) {
                        FairAdmission.Waiting run = run(row);
                        runs.add(run);
                        uses.put(run.tenant(), use(row));
                        rooms.put(run.project(), room(row, "project"));
                    }
                    return row.getLong("tenants_waiting");
                })
                .list();
        return new Waiting(runs, uses, rooms, teamsWaiting.getFirst());
    }

    /** What may be taken of what all teams share. @param slots the worker's free ones */
    FairAdmission.Shared shared(int slots) {
        RunSettings.Capacity all = settings.bound();
        if (all.isUnlimited()) {
            return new FairAdmission.Shared(new FairAdmission.Room(slots, all.cpuMillicores(), all.memoryBytes()), all);
        }
        return jdbc.sql("select cpu_millicores, memory_bytes from door.held_in_all()")
                .query((row, number) -> new FairAdmission.Shared(
                        new FairAdmission.Room(
                                slots,
                                all.cpuMillicores() - row.getLong("cpu_millicores"),
                                all.memoryBytes() - row.getLong("memory_bytes")),
                        all))
                .single();
    }

    /**
     * Takes those of the runs that nobody else takes: each is SUBMITTING with a new attempt and a new token.
     *
     * @param runs whose turn it is, in that order
     */
    List<RunRef> claim(List<RunId> runs, UUID worker, String backend) {
        RunSettings.Capacity all = settings.bound();
        return jdbc.sql("""
                        select * from door.claim_runs(:runs, :worker, :backend, :running, :cpuMost, :memoryMost,
                          cast(:cpuInAll as bigint), cast(:memoryInAll as bigint))""")
                .param("cpuInAll", bound(all.cpuMillicores()))
                .param("memoryInAll", bound(all.memoryBytes()))
                .param("runs", runs.stream().map(RunId::value).toArray(UUID[]::new))
                .param("worker", worker)
                .param("backend", backend)
                .param("running", settings.maxRunningPerTenant())
                .param("cpuMost", settings.cpuPerTenant())
                .param("memoryMost", settings.memoryPerTenant())
                .query((row, number) -> ref(row))
                .list();
    }

    private static @Nullable Long bound(long most) {
        return most >= RunSettings.UNLIMITED ? null : most;
    }

    static RunRef ref(ResultSet row) throws SQLException {
        return new RunRef(
                Columns.uuid(row, "tenant_id"),
                Columns.uuid(row, "run_id"),
                row.getInt("attempt"),
                row.getLong("fencing_token"));
    }

    private static FairAdmission.Waiting run(ResultSet row) throws SQLException {
        return new FairAdmission.Waiting(
                new RunId(Columns.uuid(row, "run_id")),
                new TenantId(Columns.uuid(row, "tenant_id")),
                new ProjectId(Columns.uuid(row, "project_id")),
                row.getInt("priority"),
                Columns.instantThere(row, "queued_at"),
                row.getLong("cpu_millicores"),
                row.getLong("memory_bytes"));
    }

    private static FairAdmission.InUse use(ResultSet row) throws SQLException {
        return new FairAdmission.InUse(
                row.getLong("tenant_cpu_millicores"),
                row.getLong("tenant_memory_bytes"),
                row.getInt("tenant_weight"),
                Columns.instant(row, "tenant_served_at"),
                room(row, "tenant"));
    }

    private static FairAdmission.Room room(ResultSet row, String whose) throws SQLException {
        return new FairAdmission.Room(
                row.getLong(whose + "_runs_left"),
                row.getLong(whose + "_cpu_left"),
                row.getLong(whose + "_memory_left"));
    }
}
