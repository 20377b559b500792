package dev.artemis.supervisor;

import dev.artemis.reports.StatisticsSection;
import dev.artemis.runs.RunStatistics;
import dev.artemis.runs.Runs;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.TenantId;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** The section "security_sandbox" of the statistics. */
@Component
class SandboxStatistics implements StatisticsSection {

    private final Runs runs;
    private final String backend;

    /** The backend is a setting: a process that only answers programs has no sandbox of its own. */
    SandboxStatistics(Runs runs, Environment environment) {
        this.runs = runs;
        this.backend = environment.getProperty("artemis.sandbox.kind", "local");
    }

    record Figures(String backend, long totalRuns, long blockedExecutions, long killedRuns) {

        static Figures of(String backend, RunStatistics counted) {
            return new Figures(backend, counted.totalRuns(), counted.blockedExecutions(), counted.killedRuns());
        }
    }

    @Override
    public String name() {
        return "security_sandbox";
    }

    @Override
    public Object figures(TenantId tenant, @Nullable ProjectId project) {
        return Figures.of(backend, runs.statistics(tenant, project));
    }
}
