package dev.artemis.runs;

import dev.artemis.sandbox.Limits;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whether one more run of a project may wait, and could ever be taken. */
@Component
class QueueRoom {

    private static final int RETRY_AFTER_SECONDS = 10;

    private final JdbcClient jdbc;
    private final RunSettings settings;

    QueueRoom(JdbcClient jdbc, RunSettings settings) {
        this.jdbc = jdbc;
        this.settings = settings;
    }

    private record Now(
            long teamWaiting, long projectWaiting, long teamMost, long projectMost, long cpuMost, long memoryMost) {}

    /**
     * Inside a transaction of the caller's tenant.
     *
     * @throws Problem 429 {@code queue-full}; 422 for a run that is larger than all that its team or project, or all teams together, may hold
     */
    void require(Caller.ForProject caller, Limits limits) {
        Now now = now(caller);
        requireThatItFits(now, limits);
        if (now.teamWaiting >= now.teamMost) {
            throw full(now.teamWaiting + " runs of this team wait already.");
        }
        if (now.projectWaiting >= now.projectMost) {
            throw full(now.projectWaiting + " runs of this project wait already.");
        }
    }

    private static void requireThatItFits(Now now, Limits limits) {
        List<Problem.FieldFault> faults = new ArrayList<>();
        if (limits.cpuMillicores() > now.cpuMost) {
            faults.add(new Problem.FieldFault(
                    "limits.cpu", "all runs together may hold " + now.cpuMost + " thousandths of a core"));
        }
        if (limits.memoryBytes() > now.memoryMost) {
            faults.add(new Problem.FieldFault(
                    "limits.memory_mb", "all runs together may hold " + now.memoryMost + " bytes"));
        }
        if (!faults.isEmpty()) {
            throw Problem.notAllowed(faults);
        }
    }

    private Now now(Caller.ForProject caller) {
        return jdbc.sql("""
                        select coalesce(sum(q.waiting), 0) as team_waiting,
                          coalesce(sum(q.waiting) filter (where q.project_id = :project), 0) as project_waiting,
                          coalesce(t.waiting_at_most, :waiting) as team_most,
                          coalesce(p.waiting_at_most, :waiting) as project_most,
                          least(t.cpu_millicores, p.cpu_millicores, :cpu) as cpu_most,
                          least(t.memory_bytes, p.memory_bytes, :memory) as memory_most
                        from (select cast(:tenant as uuid) as tenant_id) self
                        left join run_queues q using (tenant_id)
                        left join run_quotas t on t.level_id = self.tenant_id
                        left join run_quotas p on p.level_id = :project
                        group by t.waiting_at_most, p.waiting_at_most, t.cpu_millicores, p.cpu_millicores, t.memory_bytes,
                          p.memory_bytes""")
                .param("tenant", caller.tenant().value())
                .param("project", caller.project().value())
                .param("waiting", settings.maxQueuedPerTenant())
                .param("cpu", Math.min(settings.cpuPerTenant(), settings.bound().cpuMillicores()))
                .param(
                        "memory",
                        Math.min(settings.memoryPerTenant(), settings.bound().memoryBytes()))
                .query((row, number) -> new Now(
                        row.getLong("team_waiting"),
                        row.getLong("project_waiting"),
                        row.getLong("team_most"),
                        row.getLong("project_most"),
                        row.getLong("cpu_most"),
                        row.getLong("memory_most")))
                .single();
    }

    private static Problem full(String detail) {
        return Problem.of(429, "queue-full", detail).with(Map.of("retry_after_seconds", RETRY_AFTER_SECONDS));
    }
}
