package dev.artemis.runs;

import dev.artemis.shared.ProjectId;
import dev.artemis.shared.RunId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Why a run is not taken or not started at this moment; inside a transaction of its tenant. */
@Repository
class WhyQueued {

    /** Most starts are a matter of seconds. */
    private static final Duration ODD_WITHOUT_START = Duration.ofSeconds(10);

    private final JdbcClient jdbc;
    private final RunSettings settings;

    WhyQueued(JdbcClient jdbc, RunSettings settings) {
        this.jdbc = jdbc;
        this.settings = settings;
    }

    /** Empty where it does not wait. */
    Optional<WaitingFor> of(ProjectId project, RunId run) {
        RunSettings.Capacity all = settings.bound();
        return jdbc.sql("""
                        select exists (select from workers where lease_until > now() and strength <> 'NONE') as executed,
                          t.suspended, r.due_at > now() as postponed,
                          coalesce(q.running, 0) >= coalesce(p.max_running_runs, :running)
                            or coalesce(q.cpu_millicores, 0) + r.cpu_millicores > coalesce(w.cpu_millicores, :cpuMost)
                            or coalesce(q.memory_bytes, 0) + r.memory_bytes > coalesce(w.memory_bytes, :memoryMost) as project_full,
                          team.running >= coalesce(l.running_at_most, :running)
                            or team.cpu + r.cpu_millicores > coalesce(l.cpu_millicores, :cpuMost)
                            or team.memory + r.memory_bytes > coalesce(l.memory_bytes, :memoryMost) as team_full,
                          h.cpu_millicores + least(r.cpu_millicores, :cpuInAll) > :cpuInAll
                            or h.memory_bytes + least(r.memory_bytes, :memoryInAll) > :memoryInAll as all_full,
                          r.status = 'SUBMITTING' as taken
                        from runs r
                        join tenants t using (tenant_id)
                        join projects p using (project_id)
                        left join run_queues q using (project_id)
                        left join run_quotas w on w.level_id = r.project_id
                        left join run_quotas l on l.level_id = r.tenant_id
                        cross join lateral (
                          select coalesce(sum(o.running), 0) as running, coalesce(sum(o.cpu_millicores), 0) as cpu,
                            coalesce(sum(o.memory_bytes), 0) as memory
                          from run_queues o where o.tenant_id = r.tenant_id
                        ) team
                        cross join door.held_in_all() h
                        where r.run_id = :run and r.project_id = :project
                          and (r.status = 'QUEUED' or r.status = 'SUBMITTING' and r.submitted_at < now() - make_interval(secs => :odd))""")
                .param("run", run.value())
                .param("project", project.value())
                .param("running", settings.maxRunningPerTenant())
                .param("cpuMost", settings.cpuPerTenant())
                .param("memoryMost", settings.memoryPerTenant())
                .param("cpuInAll", all.cpuMillicores())
                .param("memoryInAll", all.memoryBytes())
                .param("odd", ODD_WITHOUT_START.toSeconds())
                .query((row, number) -> why(row))
                .optional();
    }

    private static WaitingFor why(ResultSet row) throws SQLException {
        if (!row.getBoolean("executed")) {
            return WaitingFor.SANDBOX;
        }
        if (row.getBoolean("taken")) {
            return WaitingFor.START;
        }
        if (row.getBoolean("suspended")) {
            return WaitingFor.TEAM_SUSPENDED;
        }
        if (row.getBoolean("project_full")) {
            return WaitingFor.PROJECT_LIMIT;
        }
        if (row.getBoolean("team_full")) {
            return WaitingFor.TEAM_LIMIT;
        }
        if (row.getBoolean("postponed")) {
            return WaitingFor.NEXT_TRY;
        }
        return row.getBoolean("all_full") ? WaitingFor.CAPACITY : WaitingFor.TURN;
    }
}
