package dev.artemis.reports.web;

import dev.artemis.reports.Breakdown;
import dev.artemis.reports.Comparisons;
import dev.artemis.reports.Costs;
import dev.artemis.reports.Dimension;
import dev.artemis.reports.Span;
import dev.artemis.reports.Spans;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Problem;
import dev.artemis.shared.RequiresScope;
import dev.artemis.shared.Scope;
import dev.artemis.shared.Usd;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/costs")
class CostsController {

    private final Costs costs;
    private final Comparisons comparisons;
    private final Tenants tenants;
    private final Clock clock;

    CostsController(Costs costs, Comparisons comparisons, Tenants tenants, Clock clock) {
        this.costs = costs;
        this.comparisons = comparisons;
        this.tenants = tenants;
        this.clock = clock;
    }

    @GetMapping
    @RequiresScope(Scope.COSTS_READ)
    Object costs(
            Caller.ForProject caller,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(name = "group_by", defaultValue = "") String groupBy,
            @RequestParam(required = false) @Nullable String compare) {
        List<Dimension> by = dimensions(groupBy);
        if (by.contains(Dimension.TENANT)) {
            throw Problem.notAllowed("group_by", "a project belongs to one team");
        }
        Tenant tenant = tenants.find(caller.tenant()).orElseThrow(() -> Problem.notFound("The team"));
        Span span = new Spans(tenant.timeZone(), clock.instant()).between(from, to);
        if (ComparedFields.isWanted(compare)) {
            return ComparedFields.answer(
                    comparisons.compare(List.of(new Comparisons.Part(tenant, caller.project(), span)), by));
        }
        return CostsAnswer.of(costs.breakdown(caller.tenant(), caller.project(), span, by));
    }

    static List<Dimension> dimensions(String groupBy) {
        List<Dimension> by = new ArrayList<>();
        for (String name : groupBy.split(",", -1)) {
            if (!name.isBlank()) {
                by.add(dimension(name.strip()));
            }
        }
        return by;
    }

    private static Dimension dimension(String name) {
        try {
            return Dimension.of(name);
        } catch (IllegalArgumentException e) {
            throw Problem.notAllowed("group_by", String.valueOf(e.getMessage()));
        }
    }

    record CostsAnswer(List<Map<String, Object>> items, Usd total) {

        static CostsAnswer of(Breakdown breakdown) {
            return new CostsAnswer(
                    breakdown.items().stream().map(CostFields::of).toList(), breakdown.total());
        }
    }
}
