package dev.artemis.supervisor.web;

import dev.artemis.shared.Caller;
import dev.artemis.supervisor.HealthReport;
import dev.artemis.supervisor.HealthReports;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/admin/health-report")
class HealthReportController {

    private final HealthReports reports;

    HealthReportController(HealthReports reports) {
        this.reports = reports;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    HealthReport report(Caller.Admin admin) {
        return reports.now(admin);
    }

    @GetMapping(produces = MediaType.TEXT_PLAIN_VALUE)
    String text(Caller.Admin admin) {
        return reports.now(admin).text();
    }
}
