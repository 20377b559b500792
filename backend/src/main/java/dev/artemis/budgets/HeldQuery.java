package dev.artemis.budgets;

import dev.artemis.shared.ProjectId;
import dev.artemis.shared.ReservationId;
import dev.artemis.shared.TenantId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of the money that was held for a team's projects.
 *
 * @param statuses none: whatever became of it
 * @param only what it must have
 * @param before the last of the page before
 */
public record HeldQuery(
        TenantId tenant,
        List<ProjectId> projects,
        Set<HoldStatus> statuses,
        Only only,
        @Nullable ReservationId before) {

    public HeldQuery {
        projects = List.copyOf(projects);
        statuses = Set.copyOf(statuses);
    }

    /** Labels; null: any. */
    public record Only(
            @Nullable String stage,
            @Nullable String model,
            @Nullable String card) {

        /** Whatever it has. */
        public static final Only ANY = new Only(null, null, null);
    }
}
