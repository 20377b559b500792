package dev.artemis.reports.web;

import dev.artemis.projects.Projects;
import dev.artemis.reports.Comparisons;
import dev.artemis.reports.Costs;
import dev.artemis.reports.Dimension;
import dev.artemis.reports.Forecast;
import dev.artemis.reports.Narrowing;
import dev.artemis.reports.Span;
import dev.artemis.reports.Spans;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Problem;
import dev.artemis.shared.Slug;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A whole team's costs, for its members. */
@RestController
@RequestMapping("/api/v1/admin/tenants/{tenant}/costs")
class TeamCostsController {

    private final CostAnswers answers;
    private final Costs costs;
    private final Tenants tenants;
    private final Projects projects;
    private final Clock clock;

    TeamCostsController(CostAnswers answers, Costs costs, Tenants tenants, Projects projects, Clock clock) {
        this.answers = answers;
        this.costs = costs;
        this.tenants = tenants;
        this.projects = projects;
        this.clock = clock;
    }

    /** Those of all projects, or of one. Each of the narrowing ones, stage to member, may be empty, for what has none. */
    @GetMapping
    Object costs(
            Caller.ForTenant caller,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable Slug project,
            @ParameterObject Narrowing only,
            @RequestParam(name = "group_by", defaultValue = "") String groupBy,
            @RequestParam(required = false) @Nullable String compare,
            @RequestParam(defaultValue = "false") boolean chargeback) {
        List<Dimension> by = Dimension.list(groupBy);
        Tenant tenant = tenant(caller);
        Span span = new Spans(tenant.timeZone(), clock.instant()).between(from, to);
        return answers.of(
                List.of(new Comparisons.Part(
                        tenant,
                        project == null
                                ? null
                                : projects.named(caller.tenant(), project).id(),
                        span,
                        only.values())),
                by,
                new CostAnswers.Beside(compare, chargeback));
    }

    /** What the running month will have cost. */
    @GetMapping("/forecast")
    Forecast forecast(Caller.ForTenant caller) {
        return costs.forecast(caller.tenant(), null, tenant(caller).timeZone(), clock.instant());
    }

    private Tenant tenant(Caller.ForTenant caller) {
        return tenants.find(caller.tenant()).orElseThrow(() -> Problem.notFound("The team"));
    }
}
