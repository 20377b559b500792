package dev.artemis.reports.web;

import dev.artemis.reports.Comparisons;
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
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The platform's finance: one team or all of them, each in its own days. For administrators and platform finance. */
@RestController
@RequestMapping("/api/v1/admin")
class PlatformCostsController {

    private final CostAnswers answers;
    private final Tenants tenants;
    private final Clock clock;

    PlatformCostsController(CostAnswers answers, Tenants tenants, Clock clock) {
        this.answers = answers;
        this.tenants = tenants;
        this.clock = clock;
    }

    /**
     * Where no team is named, a project is named with its team, since two teams may both have a "web". Each of the narrowing ones, stage
     * to member, may be empty, for what has none.
     */
    @GetMapping("/costs")
    Object costs(
            Caller caller,
            @RequestParam(required = false) @Nullable Slug tenant,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @ParameterObject Narrowing only,
            @RequestParam(name = "group_by", defaultValue = "") String groupBy,
            @RequestParam(required = false) @Nullable String compare,
            @RequestParam(defaultValue = "false") boolean chargeback) {
        List<Dimension> asked = Dimension.list(groupBy);
        List<Dimension> by = tenant == null ? Dimension.acrossTeams(asked) : asked;
        Map<Dimension, String> narrowed = only.values();
        Instant now = clock.instant();
        List<Tenant> wanted = tenant == null ? tenants.all() : List.of(tenants.named(tenant));
        List<Comparisons.Part> parts = wanted.stream()
                .map(each ->
                        new Comparisons.Part(each, null, new Spans(each.timeZone(), now).between(from, to), narrowed))
                .toList();
        return answers.of(parts, by, new CostAnswers.Beside(compare, chargeback));
    }
}
