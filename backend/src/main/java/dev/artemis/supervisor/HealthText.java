package dev.artemis.supervisor;

import dev.artemis.configuration.Finding;
import dev.artemis.runs.WorkersFinding;
import java.util.ArrayList;
import java.util.List;

/** The health report for a person at a terminal. */
final class HealthText {

    private final List<String> lines = new ArrayList<>();

    private HealthText() {}

    static String of(HealthReport report) {
        var text = new HealthText();
        text.write(report);
        return String.join("\n", text.lines) + "\n";
    }

    private void write(HealthReport report) {
        line("Artemis health report, %s", report.at());
        line("Overall: %s", report.status());
        report.reasons().forEach(reason -> line("  - %s", reason));
        line("");
        line(
                "Supervision: %d interventions, %d recoveries",
                report.supervision().interventions(), report.supervision().recoveries());
        report.supervision()
                .byKind()
                .forEach((kind, count) -> line("  %-18s %d of %d", kind, count.recoveries(), count.interventions()));
        line("");
        line(
                "Cost tracking: %d calls, $%s, %d refused for a budget",
                report.costTracking().totalCalls(),
                report.costTracking().totalCost(),
                report.costTracking().budgetExceededCount());
        sandbox(report.securitySandbox());
        queue(report.queue());
        line(
                "Prices: %s",
                report.prices().unpriced().isEmpty()
                        ? "every model asked for has one"
                        : "none for " + String.join(", ", report.prices().unpriced()));
        line(
                "Recorded without a rate for a part: %s",
                report.prices().inPart().isEmpty()
                        ? "nothing"
                        : String.join("; ", report.prices().inPart()));
        line(
                "Alerts: %d deliveries wait, %d given up",
                report.alerts().getOrDefault("waiting", 0L), report.alerts().getOrDefault("dead", 0L));
        line(
                "Start-up check: %s, %s",
                report.startup().verdict(), report.startup().checkedAt());
        report.startup()
                .findings()
                .forEach(finding -> line("  %s %s: %s", finding.verdict(), finding.subject(), finding.detail()));
    }

    private void sandbox(HealthReport.SecuritySandbox sandbox) {
        line(
                "Security sandbox: %s, %d workers; %d runs, %d blocked, %d killed",
                sandbox.backend(),
                sandbox.workers(),
                sandbox.totalRuns(),
                sandbox.blockedExecutions(),
                sandbox.killedRuns());
        var isolation = sandbox.isolation();
        if (isolation != null) {
            line("  isolation: %s", isolation.strength());
            isolation.holds().forEach(holds -> line("    holds %s", holds));
            isolation.lacks().forEach(lacks -> line("    lacks %s", lacks));
        }
        sandbox.findings().forEach(this::found);
    }

    private void found(WorkersFinding found) {
        Finding finding = found.finding();
        line(
                "  %s %s: %s (workers %s, %s)",
                finding.verdict(),
                finding.subject(),
                finding.detail(),
                String.join(", ", found.workers()),
                found.checkedAt());
        if (finding.remedy() != null) {
            line("    -> %s", finding.remedy());
        }
    }

    private void queue(HealthReport.Queue queue) {
        line(
                "Queue: %d waiting, %d running, oldest wait %d s",
                queue.waiting(), queue.running(), queue.oldestWaitSeconds());
        queue.teams()
                .forEach(team -> line(
                        "  %-20s %d waiting, %d running, oldest wait %d s",
                        team.team(), team.waiting(), team.running(), team.oldestWaitSeconds()));
    }

    private void line(String form, Object... values) {
        lines.add(form.formatted(values));
    }
}
