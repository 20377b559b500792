package dev.artemis.reports.web;

import dev.artemis.reports.CostReport;
import dev.artemis.reports.Span;
import dev.artemis.reports.Spans;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Problem;
import dev.artemis.shared.RequiresScope;
import dev.artemis.shared.Scope;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

@RestController
@RequestMapping("/api/v1/reports/costs")
class ReportsController {

    private static final MediaType CSV = MediaType.parseMediaType("text/csv;charset=UTF-8;header=present");

    private final CostReport report;
    private final Tenants tenants;
    private final Clock clock;

    ReportsController(CostReport report, Tenants tenants, Clock clock) {
        this.report = report;
        this.tenants = tenants;
        this.clock = clock;
    }

    @GetMapping
    @RequiresScope(Scope.COSTS_READ)
    ResponseEntity<StreamingResponseBody> costs(
            Caller.ForProject caller,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(defaultValue = "csv") String format) {
        Tenant tenant = tenants.find(caller.tenant()).orElseThrow(() -> Problem.notFound("The team"));
        Span span = new Spans(tenant.timeZone(), clock.instant()).between(from, to);
        if (!format.equals("csv")) {
            throw Problem.notAllowed("format", "csv");
        }
        return ResponseEntity.ok()
                .contentType(CSV)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("costs.csv")
                                .build()
                                .toString())
                .body(target -> report.csv(tenant, caller.project(), span, target));
    }
}
