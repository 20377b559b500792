package dev.artemis.runs;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which runs of a project to list.
 *
 * @param statuses any of these; empty for all
 */
public record RunFilter(
        Set<RunStatus> statuses,
        @Nullable String stage,
        @Nullable String cardId) {

    public static final RunFilter ALL = new RunFilter(Set.of(), null, null);

    public RunFilter {
        statuses = Set.copyOf(statuses);
    }
}
