package dev.artemis.runs;

import dev.artemis.audit.Action;
import dev.artemis.audit.Audit;
import dev.artemis.audit.Change;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Problem;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.Right;
import dev.artemis.shared.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** What single teams and projects may take, where it differs from the rest. */
@Service
public class RunQuotas {

    private final JdbcClient jdbc;
    private final TenantTransactions transactions;
    private final Audit audit;

    RunQuotas(JdbcClient jdbc, TenantTransactions transactions, Audit audit) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.audit = audit;
    }

    /** A team's; what was never set is as usual. */
    public RunQuota of(TenantId tenant) {
        return transactions.inTenant(tenant, () -> at(tenant.value()));
    }

    /** A project's; what was never set is as usual. */
    public RunQuota of(TenantId tenant, ProjectId project) {
        return transactions.inTenant(tenant, () -> at(project.value()));
    }

    /** Holds from the next claim and submission on; nothing that runs is ended. */
    public RunQuota set(Caller by, TenantId tenant, RunQuota quota) {
        Right.requirePlatform(by);
        return set(by, tenant, tenant.value(), quota);
    }

    /** The same for one project; its weight is 100, since only teams are weighed. */
    public RunQuota set(Caller by, TenantId tenant, ProjectId project, RunQuota quota) {
        Right.CHANGE_PROJECT_RUN_QUOTAS.require(by, tenant);
        return set(by, tenant, project.value(), quota);
    }

    /** In turn with edits: the audit log tells from what to what it really went. */
    private RunQuota set(Caller by, TenantId tenant, UUID level, RunQuota quota) {
        return transactions.inTenant(tenant, () -> {
            inTurn(level);
            return put(by, tenant, level, quota);
        });
    }

    /**
     * Changes of a team's what somebody wants changed, and nothing that others changed since.
     *
     * @throws Problem 409 {@code quota-changed}
     */
    public RunQuota change(Caller by, TenantId tenant, RunQuotaEdit edit) {
        Right.requirePlatform(by);
        return change(by, tenant, tenant.value(), edit);
    }

    /**
     * The same for one project.
     *
     * @throws Problem 409 {@code quota-changed}
     */
    public RunQuota change(Caller by, TenantId tenant, ProjectId project, RunQuotaEdit edit) {
        Right.CHANGE_PROJECT_RUN_QUOTAS.require(by, tenant);
        return change(by, tenant, project.value(), edit);
    }

    /** Edits of one level queue, also where nothing was ever set. */
    private RunQuota change(Caller by, TenantId tenant, UUID level, RunQuotaEdit edit) {
        return transactions.inTenant(tenant, () -> {
            inTurn(level);
            return put(by, tenant, level, edit.onto(at(level)));
        });
    }

    private void inTurn(UUID level) {
        jdbc.sql("select pg_advisory_xact_lock(hashtext('artemis.run-quota'), hashtext(:level))")
                .param("level", level.toString())
                .query((row, number) -> row.getRow())
                .list();
    }

    private RunQuota put(Caller by, TenantId tenant, UUID level, RunQuota quota) {
        RunQuota before = at(level);
        jdbc.sql("""
                        insert into run_quotas (tenant_id, level_id, weight, running_at_most, waiting_at_most, cpu_millicores,
                          memory_bytes)
                        values (:tenant, :level, :weight, :running, :waiting, :cpu, :memory)
                        on conflict (tenant_id, level_id) do update set weight = excluded.weight,
                          running_at_most = excluded.running_at_most, waiting_at_most = excluded.waiting_at_most,
                          cpu_millicores = excluded.cpu_millicores, memory_bytes = excluded.memory_bytes""")
                .param("tenant", tenant.value())
                .param("level", level)
                .param("weight", quota.weight())
                .param("running", quota.maxRunningRuns())
                .param("waiting", quota.maxQueuedRuns())
                .param("cpu", quota.maxCpuMillicores())
                .param("memory", quota.memoryBytes())
                .update();
        audit.record(by, new Change(Action.RUN_QUOTA_CHANGED, tenant, level.toString(), before, quota));
        return quota;
    }

    private RunQuota at(UUID level) {
        return jdbc.sql("""
                        select weight, running_at_most, waiting_at_most, cpu_millicores, memory_bytes
                        from run_quotas where level_id = :level""")
                .param("level", level)
                .query((row, number) -> quota(row))
                .optional()
                .orElse(RunQuota.USUAL);
    }

    private static RunQuota quota(ResultSet row) throws SQLException {
        return new RunQuota(
                row.getInt("weight"),
                row.getObject("running_at_most", Integer.class),
                row.getObject("waiting_at_most", Integer.class),
                row.getObject("cpu_millicores", Long.class),
                RunQuota.mebibytes(row.getObject("memory_bytes", Long.class)));
    }
}
