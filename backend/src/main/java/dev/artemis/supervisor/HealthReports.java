package dev.artemis.supervisor;

import dev.artemis.configuration.Finding.Verdict;
import dev.artemis.configuration.HealthSection;
import dev.artemis.configuration.StartupReports;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.prices.Prices;
import dev.artemis.runs.LostRuns;
import dev.artemis.runs.QueueDepth;
import dev.artemis.runs.RunRepairs;
import dev.artemis.runs.RunStatistics;
import dev.artemis.runs.WorkersFinding;
import dev.artemis.sandbox.Isolation;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Usd;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Makes the health report from what each module knows. */
@Service
public class HealthReports {

    private static final Duration LOST_LATELY = Duration.ofHours(1);

    private final RunRepairs runs;
    private final Supervision supervision;
    private final Prices prices;
    private final StartupReports startup;
    private final List<HealthSection> sections;
    private final JdbcClient jdbc;
    private final TenantTransactions transactions;
    private final SupervisorSettings settings;
    private final String backend;
    private final Clock clock;

    HealthReports(
            RunRepairs runs,
            Supervision supervision,
            Prices prices,
            StartupReports startup,
            List<HealthSection> sections,
            JdbcClient jdbc,
            TenantTransactions transactions,
            SupervisorSettings settings,
            Environment environment,
            Clock clock) {
        this.runs = runs;
        this.supervision = supervision;
        this.prices = prices;
        this.startup = startup;
        this.sections = List.copyOf(sections);
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.settings = settings;
        this.backend = environment.getProperty("artemis.sandbox.kind", "local");
        this.clock = clock;
    }

    /** How the platform is now. For administrators: it names teams. */
    public HealthReport now(Caller.Admin admin) {
        HealthReport.SecuritySandbox sandbox = sandbox();
        HealthReport.Queue queue = queue();
        HealthReport.Startup checks = HealthReport.Startup.of(startup.last());
        HealthReport.Prices unpriced = new HealthReport.Prices(
                prices.unpriced().stream()
                        .map(model -> model.model())
                        .distinct()
                        .toList(),
                prices.recordedInPart());
        List<String> broken = broken(sandbox, queue);
        List<String> concerns = concerns(sandbox, queue, checks, unpriced);
        List<String> reasons = new ArrayList<>(broken);
        reasons.addAll(concerns);
        return new HealthReport(
                clock.instant(),
                status(broken, concerns),
                List.copyOf(reasons),
                supervision(),
                costTracking(),
                sandbox,
                queue,
                unpriced,
                alerts(),
                checks);
    }

    private static HealthReport.Status status(List<String> broken, List<String> concerns) {
        if (!broken.isEmpty()) {
            return HealthReport.Status.UNHEALTHY;
        }
        return concerns.isEmpty() ? HealthReport.Status.HEALTHY : HealthReport.Status.DEGRADED;
    }

    private List<String> broken(HealthReport.SecuritySandbox sandbox, HealthReport.Queue queue) {
        List<String> broken = new ArrayList<>();
        if (sandbox.workers() == 0) {
            broken.add("No worker is alive: " + queue.waiting() + " runs wait, and none will start.");
        }
        Isolation isolation = sandbox.isolation();
        if (isolation != null && isolation.strength() == Isolation.Strength.NONE) {
            broken.add("The sandbox does not work, so no code runs: " + String.join("; ", isolation.lacks()));
        }
        return broken;
    }

    private List<String> concerns(
            HealthReport.SecuritySandbox sandbox,
            HealthReport.Queue queue,
            HealthReport.Startup checks,
            HealthReport.Prices unpriced) {
        List<String> concerns = new ArrayList<>();
        Isolation isolation = sandbox.isolation();
        if (isolation != null && isolation.strength() == Isolation.Strength.PARTIAL) {
            concerns.add(
                    "The sandbox's walls hold, but not all of its limits: " + String.join("; ", isolation.lacks()));
        }
        if (queue.oldestWaitSeconds() > settings.longestWait().toSeconds()) {
            concerns.add("A run has waited for "
                    + Duration.ofSeconds(queue.oldestWaitSeconds()).toMinutes() + " minutes.");
        }
        LostRuns lost = runs.lost(LOST_LATELY);
        if (lost.count() > 0) {
            concerns.add("Runs that were given up within the last hour, for no fault of their programs: " + lost.count()
                    + ". The last because: " + lost.why());
        }
        if (!unpriced.unpriced().isEmpty()) {
            concerns.add(
                    "Calls are refused because these models have no price: " + String.join(", ", unpriced.unpriced()));
        }
        if (!unpriced.inPart().isEmpty()) {
            concerns.add("Calls were recorded below their cost, since a part of them has no rate: "
                    + String.join("; ", unpriced.inPart()));
        }
        if (checks.verdict() != Verdict.PASS) {
            concerns.add("The start-up check left " + checks.findings().size() + " warnings.");
        }
        long ofWorkers = sandbox.findings().stream()
                .map(WorkersFinding::finding)
                .filter(finding -> finding.verdict() != Verdict.PASS)
                // a worker's own report has it already
                .filter(finding -> !checks.findings().contains(finding))
                .count();
        if (ofWorkers > 0) {
            concerns.add("The workers' checks of where runs go left " + ofWorkers + " warnings.");
        }
        sections.forEach(section -> concerns.addAll(section.concerns()));
        return concerns;
    }

    private HealthReport.SupervisionPart supervision() {
        Map<FaultKind, Supervision.Count> byKind = supervision.byKind();
        Supervision.Count all = byKind.values().stream().reduce(Supervision.Count.NONE, Supervision.Count::plus);
        return new HealthReport.SupervisionPart(all.interventions(), all.recoveries(), byKind);
    }

    private HealthReport.CostTracking costTracking() {
        return transactions.acrossTenants(() -> jdbc.sql("select calls, cost, refused from door.spent_in_all()")
                .query((row, number) -> new HealthReport.CostTracking(
                        row.getLong("calls"), new Usd(row.getBigDecimal("cost")), row.getLong("refused")))
                .single());
    }

    private HealthReport.SecuritySandbox sandbox() {
        RunStatistics totals = runs.totals();
        return new HealthReport.SecuritySandbox(
                runs.backend().orElse(backend),
                runs.isolation().orElse(null),
                runs.workersAlive(),
                runs.findings(),
                totals.totalRuns(),
                totals.blockedExecutions(),
                totals.killedRuns());
    }

    private HealthReport.Queue queue() {
        List<QueueDepth> teams = runs.queue();
        return new HealthReport.Queue(
                teams.stream().mapToLong(QueueDepth::waiting).sum(),
                teams.stream().mapToLong(QueueDepth::running).sum(),
                teams.stream()
                        .mapToLong(team -> team.oldestWait().toSeconds())
                        .max()
                        .orElse(0),
                teams.stream().map(HealthReport.Team::of).toList());
    }

    private Map<String, Long> alerts() {
        return sections.stream()
                .filter(section -> section.name().equals("alerts"))
                .findFirst()
                .map(HealthSection::figures)
                .orElse(Map.of());
    }
}
