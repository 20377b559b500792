package dev.artemis.ledger;

import dev.artemis.shared.EntryId;
import dev.artemis.shared.KeyId;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of a project; what is null does not narrow.
 *
 * @param from recorded then or later
 * @param to recorded before
 * @param before the last entry of the page before
 */
public record EntryQuery(
        TenantId tenant,
        ProjectId project,
        Instant from,
        Instant to,
        @Nullable String stage,
        @Nullable String model,
        @Nullable String card,
        @Nullable KeyId key,
        @Nullable UserId member,
        @Nullable EntryId before) {}
