package dev.artemis.exports.web;

import dev.artemis.exports.ChargebackColumns;
import dev.artemis.exports.Export;
import dev.artemis.exports.ExportFormat;
import dev.artemis.exports.ExportOwner;
import dev.artemis.exports.ReportPart;
import dev.artemis.reports.Dimension;
import dev.artemis.reports.Narrowing;
import dev.artemis.reports.Spans;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Slug;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** The platform's finance: one team or all of them, each in its own days. For administrators and platform finance. */
@RestController
@RequestMapping("/api/v1/admin/reports/costs")
class PlatformReportsController {

    private final ReportBodies bodies;
    private final Tenants tenants;
    private final Clock clock;

    PlatformReportsController(ReportBodies bodies, Tenants tenants, Clock clock) {
        this.bodies = bodies;
        this.tenants = tenants;
        this.clock = clock;
    }

    @GetMapping
    ResponseEntity<StreamingResponseBody> report(
            Caller caller,
            @RequestParam(required = false) @Nullable Slug tenant,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @ParameterObject Narrowing only,
            @RequestParam(defaultValue = "csv") String format,
            @RequestParam(name = "group_by", defaultValue = "") String groupBy,
            @RequestParam(defaultValue = "false") boolean chargeback) {
        Map<Dimension, String> narrowed = only.values();
        Instant now = clock.instant();
        List<Tenant> wanted = tenant == null ? tenants.all() : List.of(tenants.named(tenant));
        List<ReportPart> parts = wanted.stream()
                .map(each -> new ReportPart(each, null, new Spans(each.timeZone(), now).between(from, to), narrowed))
                .toList();
        return bodies.of(
                new Export(
                        ExportFormat.of(format),
                        parts,
                        chargeback ? ChargebackColumns.SHOWN : ChargebackColumns.LEFT_OUT,
                        Dimension.list(groupBy)),
                new ExportOwner.Platform());
    }
}
