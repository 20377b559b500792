package dev.artemis.runs.web;

import dev.artemis.projects.Projects;
import dev.artemis.runs.RunQuota;
import dev.artemis.runs.RunQuotas;
import dev.artemis.shared.Caller;
import dev.artemis.shared.RequiresRight;
import dev.artemis.shared.Right;
import dev.artemis.shared.Slug;
import dev.artemis.tenants.Tenants;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a team may take, said by the platform's administrators; what a project may take of that, said by the team's owners. */
@RestController
@RequestMapping("/api/v1/admin/tenants/{tenant}")
class RunQuotaController {

    private final RunQuotas quotas;
    private final Tenants tenants;
    private final Projects projects;

    RunQuotaController(RunQuotas quotas, Tenants tenants, Projects projects) {
        this.quotas = quotas;
        this.tenants = tenants;
        this.projects = projects;
    }

    @GetMapping("/run-quota")
    RunQuota ofTeam(Caller.ForTenant caller) {
        return quotas.of(caller.tenant());
    }

    @PutMapping("/run-quota")
    RunQuota setOfTeam(Caller.Admin admin, @PathVariable Slug tenant, @RequestBody TeamQuota body) {
        return quotas.set(admin, tenants.named(tenant).id(), body.quota());
    }

    @GetMapping("/projects/{project}/run-quota")
    ProjectQuota ofProject(Caller.ForTenant caller, @PathVariable Slug project) {
        return ProjectQuota.of(quotas.of(
                caller.tenant(), projects.named(caller.tenant(), project).id()));
    }

    @PutMapping("/projects/{project}/run-quota")
    @RequiresRight(Right.CHANGE_PROJECT_RUN_QUOTAS)
    ProjectQuota setOfProject(Caller.ForTenant caller, @PathVariable Slug project, @RequestBody ProjectQuota body) {
        return ProjectQuota.of(quotas.set(
                caller,
                caller.tenant(),
                projects.named(caller.tenant(), project).id(),
                body.quota()));
    }

    /** All of it; what is left out is as usual. */
    record TeamQuota(
            @Nullable Integer weight,
            @Nullable Integer maxRunningRuns,
            @Nullable Integer maxQueuedRuns,
            @Nullable Long maxCpuMillicores,
            @Nullable Long maxMemoryMb) {

        RunQuota quota() {
            return new RunQuota(
                    weight == null ? RunQuota.USUAL.weight() : weight,
                    maxRunningRuns,
                    maxQueuedRuns,
                    maxCpuMillicores,
                    maxMemoryMb);
        }
    }

    /** The same for a project; how many runs it may hold is one of its own fields. */
    record ProjectQuota(
            @Nullable Integer maxQueuedRuns,
            @Nullable Long maxCpuMillicores,
            @Nullable Long maxMemoryMb) {

        static ProjectQuota of(RunQuota quota) {
            return new ProjectQuota(quota.maxQueuedRuns(), quota.maxCpuMillicores(), quota.maxMemoryMb());
        }

        RunQuota quota() {
            return new RunQuota(RunQuota.USUAL.weight(), null, maxQueuedRuns, maxCpuMillicores, maxMemoryMb);
        }
    }
}
