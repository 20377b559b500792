package dev.artemis.exports.web;

import dev.artemis.exports.ChargebackColumns;
import dev.artemis.exports.Export;
import dev.artemis.exports.ExportFormat;
import dev.artemis.exports.ExportOwner;
import dev.artemis.exports.ReportPart;
import dev.artemis.projects.Projects;
import dev.artemis.reports.Dimension;
import dev.artemis.reports.Narrowing;
import dev.artemis.reports.Spans;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Problem;
import dev.artemis.shared.Slug;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import io.swagger.v3.oas.annotations.Parameter;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** A whole team's files, for its members. */
@RestController
@RequestMapping("/api/v1/admin/tenants/{tenant}/reports/costs")
class TeamReportsController {

    private final ReportBodies bodies;
    private final Tenants tenants;
    private final Projects projects;
    private final Clock clock;

    TeamReportsController(ReportBodies bodies, Tenants tenants, Projects projects, Clock clock) {
        this.bodies = bodies;
        this.tenants = tenants;
        this.projects = projects;
        this.clock = clock;
    }

    /** That of all projects, or of one: the team's file all the same, and in the list of its exports. */
    @GetMapping
    ResponseEntity<StreamingResponseBody> report(
            Caller.ForTenant caller,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @Parameter(description = "A project of the team; left out: all of them")
                    @RequestParam(required = false)
                    @Nullable Slug project,
            @ParameterObject Narrowing only,
            @RequestParam(defaultValue = "csv") String format,
            @RequestParam(name = "group_by", defaultValue = "") String groupBy,
            @RequestParam(defaultValue = "false") boolean chargeback) {
        Tenant tenant = tenants.find(caller.tenant()).orElseThrow(() -> Problem.notFound("The team"));
        return bodies.of(
                new Export(
                        ExportFormat.of(format),
                        List.of(new ReportPart(
                                tenant,
                                project == null
                                        ? null
                                        : projects.named(caller.tenant(), project)
                                                .id(),
                                new Spans(tenant.timeZone(), clock.instant()).between(from, to),
                                only.values())),
                        chargeback ? ChargebackColumns.SHOWN : ChargebackColumns.LEFT_OUT,
                        Dimension.list(groupBy)),
                new ExportOwner.Team(caller.tenant()));
    }
}
