package dev.artemis.ledger;

import dev.artemis.shared.EntryId;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.TenantId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of a project: exactly those that a figure of the same days and of the same narrowing is the sum of.
 *
 * @param only what they must have; an empty text: those that have none
 * @param before the last entry of the page before
 */
public record EntryQuery(
        TenantId tenant,
        ProjectId project,
        When when,
        Map<By, String> only,
        @Nullable EntryId before) {

    public EntryQuery {
        only = Map.copyOf(only);
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
