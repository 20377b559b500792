package dev.artemis.ui.costs;

import com.vaadin.flow.router.QueryParameters;
import dev.artemis.budgets.HeldQuery;
import dev.artemis.budgets.HoldStatus;
import dev.artemis.projects.Project;
import dev.artemis.shared.ReservationId;
import dev.artemis.shared.TenantId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the address of the reservations asks for.
 *
 * @param project slug; null for all
 * @param status null for whatever became of them; without any in the address: what is held now
 * @param only what they are about
 * @param before the last of the page before; null for the newest
 */
record ReservationsQuery(
        @Nullable String project,
        @Nullable HoldStatus status,
        HeldQuery.Only only,
        @Nullable ReservationId before) {

    private static final String ANY = "any";

    static ReservationsQuery of(QueryParameters query) {
        String status = query.getSingleParameter("status").orElse(HoldStatus.HELD.toString());
        return new ReservationsQuery(
                query.getSingleParameter("project").orElse(null),
                status.equals(ANY)
                        ? null
                        : Arrays.stream(HoldStatus.values())
                                .filter(it -> it.toString().equals(status))
                                .findFirst()
                                .orElse(HoldStatus.HELD),
                new HeldQuery.Only(text(query, "stage"), text(query, "model"), text(query, "card")),
                query.getSingleParameter("after").flatMap(ReservationsQuery::id).orElse(null));
    }

    QueryParameters parameters() {
        Map<String, String> query = new LinkedHashMap<>();
        put(query, "project", project);
        put(query, "status", status == null ? ANY : status.toString());
        put(query, "stage", only.stage());
        put(query, "model", only.model());
        put(query, "card", only.card());
        put(query, "after", before == null ? null : before.toString());
        return QueryParameters.simple(query);
    }

    ReservationsQuery ofProject(@Nullable String other) {
        return new ReservationsQuery(other, status, only, null);
    }

    ReservationsQuery ofStatus(@Nullable HoldStatus other) {
        return new ReservationsQuery(project, other, only, null);
    }

    ReservationsQuery with(HeldQuery.Only other) {
        return new ReservationsQuery(project, status, other, null);
    }

    ReservationsQuery older(String cursor) {
        return new ReservationsQuery(project, status, only, ReservationId.parse(cursor));
    }

    /** Whether it leaves out some of those that are held now. */
    boolean narrows() {
        return project != null || status != HoldStatus.HELD || !only.equals(HeldQuery.Only.ANY) || before != null;
    }

    HeldQuery held(TenantId team, List<Project> of) {
        return new HeldQuery(
                team, of.stream().map(Project::id).toList(), status == null ? Set.of() : Set.of(status), only, before);
    }

    private static @Nullable String text(QueryParameters query, String name) {
        return query.getSingleParameter(name)
                .filter(value -> !value.isBlank())
                .map(String::strip)
                .orElse(null);
    }

    private static Optional<ReservationId> id(String text) {
        try {
            return Optional.of(ReservationId.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static void put(Map<String, String> query, String name, @Nullable String value) {
        if (value != null) {
            query.put(name, value);
        }
    }
}
