package dev.artemis.reports.web;

import dev.artemis.ledger.Entries;
import dev.artemis.ledger.EntryQuery;
import dev.artemis.reports.Narrowing;
import dev.artemis.reports.Span;
import dev.artemis.reports.Spans;
import dev.artemis.shared.EntryId;
import dev.artemis.shared.Page;
import dev.artemis.shared.Problem;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.TenantId;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Pages of the ledger, of one project or of several. */
@Component
class EntryPages {

    private final Entries entries;
    private final Tenants tenants;
    private final Clock clock;

    EntryPages(Entries entries, Tenants tenants, Clock clock) {
        this.entries = entries;
        this.tenants = tenants;
        this.clock = clock;
    }

    /** Which page of which time. */
    record Asked(
            @Nullable String from,
            @Nullable String to,
            @Nullable String cursor,
            int limit) {}

    /** Newest first. @throws Problem 422 naming the parameter that cannot be */
    Page<Entries.OfProject> page(TenantId team, List<ProjectId> projects, Asked asked, Narrowing only) {
        if (asked.limit() < 1 || asked.limit() > Entries.MAX_PAGE) {
            throw Problem.notAllowed("limit", "1 to " + Entries.MAX_PAGE);
        }
        Tenant tenant = tenants.find(team).orElseThrow(() -> Problem.notFound("The team"));
        Spans spans = new Spans(tenant.timeZone(), clock.instant());
        EntryQuery.When when = switch (spans.between(asked.from(), asked.to())) {
            case Span.Days(LocalDate first, LocalDate end) -> new EntryQuery.When.Days(first, end);
            case Span.Stretch(Instant start, Instant end) -> new EntryQuery.When.Recorded(start, end);
        };
        return entries.pageOfProjects(
                new EntryQuery(team, projects, when, fields(only), before(asked.cursor())), asked.limit());
    }

    private static Map<EntryQuery.By, String> fields(Narrowing only) {
        Map<EntryQuery.By, String> fields = new EnumMap<>(EntryQuery.By.class);
        only.values().forEach((dimension, value) -> fields.put(EntryQuery.By.valueOf(dimension.name()), value));
        return fields;
    }

    private static @Nullable EntryId before(@Nullable String cursor) {
        try {
            return cursor == null ? null : EntryId.parse(cursor);
        } catch (IllegalArgumentException e) {
            throw Problem.notAllowed("cursor", "one that this list gave");
        }
    }
}
