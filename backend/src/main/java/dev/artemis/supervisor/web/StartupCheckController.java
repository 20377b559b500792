package dev.artemis.supervisor.web;

import dev.artemis.configuration.Finding;
import dev.artemis.configuration.StartupReport;
import dev.artemis.configuration.StartupReports;
import dev.artemis.shared.Caller;
import java.time.Instant;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the checks of the configuration say: with what passed too, which the health report leaves out. */
@RestController
@RequestMapping("/api/v1/admin/startup-check")
class StartupCheckController {

    private final StartupReports reports;

    StartupCheckController(StartupReports reports) {
        this.reports = reports;
    }

    /** The last one. */
    @GetMapping
    CheckAnswer last(Caller.Admin admin) {
        return CheckAnswer.of(reports.last());
    }

    /** Runs all checks again, which takes seconds; nothing else changes by it. */
    @PostMapping
    CheckAnswer again(Caller.Admin admin) {
        return CheckAnswer.of(reports.again());
    }

    /** The report as {@code check --json} prints it. @param verdict the worst of all */
    record CheckAnswer(
            Finding.Verdict verdict, long failed, long warned, long passed, Instant at, List<Finding> findings) {

        static CheckAnswer of(StartupReport report) {
            return new CheckAnswer(
                    report.verdict(),
                    report.count(Finding.Verdict.FAIL),
                    report.count(Finding.Verdict.WARN),
                    report.count(Finding.Verdict.PASS),
                    report.at(),
                    report.findings());
        }
    }
}
