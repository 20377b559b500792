package dev.artemis.supervisor;

import dev.artemis.configuration.Finding;
import dev.artemis.configuration.Finding.Verdict;
import dev.artemis.configuration.StartupReport;
import dev.artemis.runs.QueueDepth;
import dev.artemis.runs.WorkersFinding;
import dev.artemis.sandbox.Isolation;
import dev.artemis.shared.Usd;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the platform is.
 *
 * @param alerts deliveries of notices that are {@code waiting}, and {@code dead}: given up
 * @param reasons why it is not HEALTHY, as sentences; empty where it is
 */
public record HealthReport(
        Instant at,
        Status status,
        List<String> reasons,
        SupervisionPart supervision,
        CostTracking costTracking,
        SecuritySandbox securitySandbox,
        Queue queue,
        Prices prices,
        Map<String, Long> alerts,
        Startup startup) {

    /** The same for a person at a terminal. */
    public String text() {
        return HealthText.of(this);
    }

    /** The whole in one word. */
    public enum Status {
        /** All is well. */
        HEALTHY,
        /** It works, but somebody should look. */
        DEGRADED,
        /** A part does not work at all. */
        UNHEALTHY
    }

    /** What the supervisor did since the beginning. */
    public record SupervisionPart(long interventions, long recoveries, Map<FaultKind, Supervision.Count> byKind) {}

    /** Money of all teams since the beginning, in US dollars. */
    public record CostTracking(long totalCalls, Usd totalCost, long budgetExceededCount) {}

    /**
     * Runs of all teams since the beginning, and what holds them.
     *
     * @param isolation of this process's sandbox, else of all living workers'; null where there is none
     * @param workers alive on all machines
     * @param findings what the checks of living workers say of where their runs go, what passed too
     */
    public record SecuritySandbox(
            String backend,
            @Nullable Isolation isolation,
            int workers,
            List<WorkersFinding> findings,
            long totalRuns,
            long blockedExecutions,
            long killedRuns) {}

    /** What waits and runs now. */
    public record Queue(long waiting, long running, long oldestWaitSeconds, List<Team> teams) {}

    /** One team's part of the queue. */
    public record Team(String team, long waiting, long running, long oldestWaitSeconds) {

        static Team of(QueueDepth depth) {
            return new Team(
                    depth.team(),
                    depth.waiting(),
                    depth.running(),
                    depth.oldestWait().toSeconds());
        }
    }

    /**
     * What the catalogue does not know.
     *
     * @param unpriced models that were asked for and have no price
     * @param inPart what was recorded in the last days although a part of it has no rate
     */
    public record Prices(List<String> unpriced, List<String> inPart) {}

    /**
     * What the checks said when the server started.
     *
     * @param findings those that did not pass
     */
    public record Startup(Verdict verdict, Instant checkedAt, List<Finding> findings) {

        static Startup of(StartupReport report) {
            return new Startup(
                    report.verdict(),
                    report.at(),
                    report.findings().stream()
                            .filter(finding -> finding.verdict() != Verdict.PASS)
                            .toList());
        }
    }
}
