package dev.artemis.ui.runs;

import com.vaadin.flow.router.QueryParameters;
import dev.artemis.runs.RunFilter;
import dev.artemis.runs.RunStatus;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the address of the list of runs asks for.
 *
 * @param project slug; null for all of the team's
 * @param cursor of the page before; null for the newest
 */
record RunsQuery(
        @Nullable String project,
        @Nullable RunStatus status,
        @Nullable String stage,
        @Nullable String card,
        @Nullable String cursor) {

    static RunsQuery of(QueryParameters query) {
        return new RunsQuery(
                query.getSingleParameter("project").orElse(null),
                query.getSingleParameter("status")
                        .flatMap(text -> Arrays.stream(RunStatus.values())
                                .filter(it -> it.name().equals(text))
                                .findFirst())
                        .orElse(null),
                query.getSingleParameter("stage").orElse(null),
                query.getSingleParameter("card").orElse(null),
                query.getSingleParameter("after").orElse(null));
    }

    RunFilter filter() {
        return new RunFilter(status == null ? Set.of() : Set.of(status), stage, card);
    }

    /** Whether it leaves out some of a project's runs, or those of other projects. */
    boolean narrows() {
        return project != null || status != null || stage != null || card != null || cursor != null;
    }

    RunsQuery withProject(@Nullable String other) {
        return new RunsQuery(other, status, stage, card, null);
    }

    RunsQuery withStatus(@Nullable RunStatus other) {
        return new RunsQuery(project, other, stage, card, null);
    }

    RunsQuery withStage(String other) {
        return new RunsQuery(project, status, orNull(other), card, null);
    }

    RunsQuery withCard(String other) {
        return new RunsQuery(project, status, stage, orNull(other), null);
    }

    RunsQuery after(String other) {
        return new RunsQuery(project, status, stage, card, other);
    }

    QueryParameters parameters() {
        Map<String, String> query = new LinkedHashMap<>();
        put(query, "project", project);
        put(query, "status", status == null ? null : status.name());
        put(query, "stage", stage);
        put(query, "card", card);
        put(query, "after", cursor);
        return QueryParameters.simple(query);
    }

    private static void put(Map<String, String> query, String name, @Nullable String value) {
        if (value != null) {
            query.put(name, value);
        }
    }

    private static @Nullable String orNull(String text) {
        return text.isBlank() ? null : text.strip();
    }
}
