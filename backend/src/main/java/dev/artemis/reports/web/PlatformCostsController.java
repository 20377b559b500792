package dev.artemis.reports.web;

import dev.artemis.reports.Breakdown;
import dev.artemis.reports.Comparisons;
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
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The platform's finance: one team or all of them, each in its own days. For administrators and platform finance. */
@RestController
@RequestMapping("/api/v1/admin")
class PlatformCostsController {

    private final Costs costs;
    private final Comparisons comparisons;
    private final Tenants tenants;
    private final Clock clock;

    PlatformCostsController(Costs costs, Comparisons comparisons, Tenants tenants, Clock clock) {
        this.costs = costs;
        this.comparisons = comparisons;
        this.tenants = tenants;
        this.clock = clock;
    }

    @GetMapping("/costs")
    Object costs(
            Caller caller,
            @RequestParam(required = false) @Nullable Slug tenant,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(name = "group_by", defaultValue = "") String groupBy,
            @RequestParam(required = false) @Nullable String compare) {
        List<Dimension> by = CostsController.dimensions(groupBy);
        Instant now = clock.instant();
        List<Tenant> wanted = tenant == null ? tenants.all() : List.of(tenants.named(tenant));
        List<Comparisons.Part> parts = wanted.stream()
                .map(each -> new Comparisons.Part(each, null, new Spans(each.timeZone(), now).between(from, to)))
                .toList();
        if (ComparedFields.isWanted(compare)) {
            return ComparedFields.answer(comparisons.compare(parts, by));
        }
        List<Breakdown> breakdowns = parts.stream()
                .map(part -> costs.breakdown(part.tenant().id(), null, part.span(), by))
                .toList();
        return CostsController.CostsAnswer.of(Breakdown.merged(breakdowns));
    }
}
