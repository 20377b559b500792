package dev.artemis.runs;

import dev.artemis.configuration.Finding;
import java.time.Instant;
import java.util.List;

/**
 * What checks of workers say of where their runs go.
 *
 * @param workers names of the living ones that say so, in their order
 * @param checkedAt when the first of them looked
 */
public record WorkersFinding(Finding finding, List<String> workers, Instant checkedAt) {

    public WorkersFinding {
        workers = List.copyOf(workers);
    }
}
