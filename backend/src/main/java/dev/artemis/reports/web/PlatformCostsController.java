package dev.artemis.reports.web;

import dev.artemis.reports.Breakdown;
import dev.artemis.reports.CostReport;
import dev.artemis.reports.Costs;
import dev.artemis.reports.Dimension;
import dev.artemis.reports.Spans;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Slug;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** The platform's finance: one team or all of them, each in its own days. For administrators and platform finance. */
@RestController
@RequestMapping("/api/v1/admin")
class PlatformCostsController {

    private final Costs costs;
    private final ReportBodies bodies;
    private final Tenants tenants;
    private final Clock clock;

    PlatformCostsController(Costs costs, ReportBodies bodies, Tenants tenants, Clock clock) {
        this.costs = costs;
        this.bodies = bodies;
        this.tenants = tenants;
        this.clock = clock;
    }

    @GetMapping("/costs")
    CostsController.CostsAnswer costs(
            Caller caller,
            @RequestParam(required = false) @Nullable Slug tenant,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(name = "group_by", defaultValue = "") String groupBy) {
        List<Dimension> by = CostsController.dimensions(groupBy);
        List<Breakdown> breakdowns = parts(tenant, from, to).stream()
                .map(part -> costs.breakdown(part.tenant().id(), null, part.span(), by))
                .toList();
        return CostsController.CostsAnswer.of(Breakdown.merged(breakdowns));
    }

    @GetMapping("/reports/costs")
    ResponseEntity<StreamingResponseBody> report(
            Caller caller,
            @RequestParam(required = false) @Nullable Slug tenant,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(defaultValue = "csv") String format) {
        return bodies.of(format, parts(tenant, from, to));
    }

    private List<CostReport.Part> parts(@Nullable Slug tenant, @Nullable String from, @Nullable String to) {
        Instant now = clock.instant();
        List<Tenant> wanted = tenant == null ? tenants.all() : List.of(tenants.named(tenant));
        return wanted.stream()
                .map(each -> new CostReport.Part(each, null, new Spans(each.timeZone(), now).between(from, to)))
                .toList();
    }
}
