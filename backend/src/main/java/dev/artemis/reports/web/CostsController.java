package dev.artemis.reports.web;

import dev.artemis.reports.Comparisons;
import dev.artemis.reports.Costs;
import dev.artemis.reports.Dimension;
import dev.artemis.reports.Forecast;
import dev.artemis.reports.Narrowing;
import dev.artemis.reports.Span;
import dev.artemis.reports.Spans;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Problem;
import dev.artemis.shared.RequiresScope;
import dev.artemis.shared.Scope;
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

@RestController
@RequestMapping("/api/v1/costs")
class CostsController {

    private final CostAnswers answers;
    private final Costs costs;
    private final Tenants tenants;
    private final Clock clock;

    CostsController(CostAnswers answers, Costs costs, Tenants tenants, Clock clock) {
        this.answers = answers;
        this.costs = costs;
        this.tenants = tenants;
        this.clock = clock;
    }

    /** Each of the narrowing ones, stage to member, may be empty, for what has none. */
    @GetMapping
    @RequiresScope(Scope.COSTS_READ)
    Object costs(
            Caller.ForProject caller,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @ParameterObject Narrowing only,
            @RequestParam(name = "group_by", defaultValue = "") String groupBy,
            @RequestParam(required = false) @Nullable String compare,
            @RequestParam(defaultValue = "false") boolean chargeback) {
        List<Dimension> by = Dimension.list(groupBy);
        if (by.contains(Dimension.TENANT)) {
            throw Problem.notAllowed("group_by", "a project belongs to one team");
        }
        Tenant tenant = tenant(caller);
        Span span = new Spans(tenant.timeZone(), clock.instant()).between(from, to);
        return answers.of(
                List.of(new Comparisons.Part(tenant, caller.project(), span, only.values())),
                by,
                new CostAnswers.Beside(compare, chargeback));
    }

    /** What the running month will have cost. */
    @GetMapping("/forecast")
    @RequiresScope(Scope.COSTS_READ)
    Forecast forecast(Caller.ForProject caller) {
        return costs.forecast(caller.tenant(), caller.project(), tenant(caller).timeZone(), clock.instant());
    }

    private Tenant tenant(Caller.ForProject caller) {
        return tenants.find(caller.tenant()).orElseThrow(() -> Problem.notFound("The team"));
    }
}
