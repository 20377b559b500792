package dev.artemis.ui.costs;

import com.vaadin.flow.router.QueryParameters;
import dev.artemis.ledger.EntryQuery;
import dev.artemis.projects.Project;
import dev.artemis.reports.Dimension;
import dev.artemis.shared.EntryId;
import dev.artemis.shared.Slug;
import dev.artemis.shared.TenantId;
import dev.artemis.ui.Paths;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the address of the single calls asks for.
 *
 * @param project slug; null for all
 * @param days of the team's zone that they belong to
 * @param only what they are about; an empty text: what has none
 * @param before the last entry of the page before; null for the newest
 */
record CallsQuery(
        @Nullable String project,
        CostPeriod days,
        Map<Dimension, String> only,
        @Nullable EntryId before) {

    static CallsQuery of(QueryParameters query, LocalDate today) {
        Map<Dimension, String> only = new EnumMap<>(Dimension.class);
        only.putAll(Wanted.only(query));
        // an empty one asks for what has none, one of spaces for nothing
        only.values().removeIf(value -> !value.isEmpty() && value.isBlank());
        return new CallsQuery(
                query.getSingleParameter("project").orElse(null),
                Wanted.of(query).period(today),
                only,
                query.getSingleParameter("after").flatMap(CallsQuery::entry).orElse(null));
    }

    /** The address of the calls that some costs are made of. */
    static String path(Slug team, @Nullable String project, CostPeriod days, Map<Dimension, String> only) {
        return Paths.calls(team) + "?"
                + new CallsQuery(project, days, only, null).parameters().getQueryString();
    }

    QueryParameters parameters() {
        Map<String, String> query = new LinkedHashMap<>();
        if (project != null) {
            query.put("project", project);
        }
        query.put("from", days.from().toString());
        query.put("to", days.to().toString());
        only.forEach((dimension, value) -> query.put(dimension.toString(), value));
        if (before != null) {
            query.put("after", before.toString());
        }
        return QueryParameters.simple(query);
    }

    /** The same of another project, or of all, from the newest on. */
    CallsQuery ofProject(@Nullable String other) {
        return new CallsQuery(other, days, only, null);
    }

    CallsQuery in(CostPeriod other) {
        return new CallsQuery(project, other, only, null);
    }

    /** An empty value narrows no more. */
    CallsQuery with(Dimension dimension, String value) {
        Map<Dimension, String> other = new EnumMap<>(Dimension.class);
        other.putAll(only);
        if (value.isBlank()) {
            other.remove(dimension);
        } else {
            other.put(dimension, value.strip());
        }
        return new CallsQuery(project, days, other, null);
    }

    CallsQuery without(Dimension dimension) {
        return with(dimension, "");
    }

    CallsQuery older(String cursor) {
        return new CallsQuery(project, days, only, EntryId.parse(cursor));
    }

    /** Exactly those that a figure of the same days and narrowing is the sum of. */
    EntryQuery entries(Project of) {
        return entries(of.tenant(), List.of(of));
    }

    /** The same of several projects of a team together. */
    EntryQuery entries(TenantId team, List<Project> of) {
        Map<EntryQuery.By, String> by = new EnumMap<>(EntryQuery.By.class);
        only.forEach((dimension, value) -> by.put(EntryQuery.By.valueOf(dimension.name()), value));
        return new EntryQuery(
                team,
                of.stream().map(Project::id).toList(),
                new EntryQuery.When.Days(days.from(), days.to()),
                by,
                before);
    }

    private static Optional<EntryId> entry(String text) {
        try {
            return Optional.of(EntryId.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
