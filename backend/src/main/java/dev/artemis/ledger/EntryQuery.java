package dev.artemis.ledger;

import dev.artemis.shared.EntryId;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.TenantId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of a team's projects: exactly those that a figure of the same days and of the same narrowing is the sum of.
 *
 * @param only what they must have; an empty text: those that have none
 * @param before the last entry of the page before
 */
public record EntryQuery(
        TenantId tenant,
        List<ProjectId> projects,
        When when,
        Map<By, String> only,
        @Nullable EntryId before) {

    public EntryQuery {
        projects = List.copyOf(projects);
        only = Map.copyOf(only);
    }

    /** Of one project. */
    public EntryQuery(TenantId tenant, ProjectId project, When when, Map<By, String> only, @Nullable EntryId before) {
        this(tenant, List.of(project), when, only, before);
    }

    /** Of which time. */
    public sealed interface When {

        /** The tenant's days that they belong to, the last one excluded; when they were recorded is another matter. */
        record Days(LocalDate from, LocalDate to) implements When {}

        /** When they were recorded, the end excluded. */
        record Recorded(Instant from, Instant to) implements When {}
    }

    /** What they may be narrowed by. Keys and members are ids. */
    public enum By {
        STAGE,
        MODEL,
        PROVIDER,
        CARD,
        KEY,
        MEMBER
    }
}
