package dev.artemis.reports.web;

import dev.artemis.reports.Breakdown;
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
    private final Tenants tenants;
    private final Clock clock;

    PlatformCostsController(Costs costs, Tenants tenants, Clock clock) {
        this.costs = costs;
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
        Instant now = clock.instant();
        List<Tenant> wanted = tenant == null ? tenants.all() : List.of(tenants.named(tenant));
        List<Breakdown> breakdowns = wanted.stream()
                .map(each -> costs.breakdown(each.id(), null, new Spans(each.timeZone(), now).between(from, to), by))
                .toList();
        return CostsController.CostsAnswer.of(Breakdown.merged(breakdowns));
    }
}
