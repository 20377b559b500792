package dev.artemis.runs;

import dev.artemis.shared.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one team, or one project, may take of the place where runs are executed. Null: what the settings say of every team; of
 * a project: no more than its team.
 *
 * @param weight of a team against others while both wait, 1 to 10,000; 100 is usual
 * @param maxRunningRuns held at once; 0 lets none start; of a project it is set with the project
 * @param maxQueuedRuns that wait; more are refused with 429
 * @param maxCpuMillicores held at once
 * @param maxMemoryMb MiB held at once
 */
public record RunQuota(
        int weight,
        @Nullable Integer maxRunningRuns,
        @Nullable Integer maxQueuedRuns,
        @Nullable Long maxCpuMillicores,
        @Nullable Long maxMemoryMb) {

    /** Of whom nothing was said. */
    public static final RunQuota USUAL = new RunQuota(100, null, null, null, null);

    private static final int MOST_WEIGHT = 10_000;
    private static final long MIB = 1L << 20;
    private static final long MOST = 1L << 40;

    /** @throws Problem 422 with the fields that are out of range */
    public RunQuota {
        List<Problem.FieldFault> faults = new ArrayList<>();
        if (weight < 1 || weight > MOST_WEIGHT) {
            faults.add(new Problem.FieldFault("weight", "1 to " + MOST_WEIGHT));
        }
        check(faults, "max_running_runs", maxRunningRuns);
        check(faults, "max_queued_runs", maxQueuedRuns);
        check(faults, "max_cpu_millicores", maxCpuMillicores);
        check(faults, "max_memory_mb", maxMemoryMb);
        if (!faults.isEmpty()) {
            throw Problem.notAllowed(faults);
        }
    }

    private static void check(List<Problem.FieldFault> faults, String field, @Nullable Number value) {
        if (value != null && (value.longValue() < 0 || value.longValue() > MOST)) {
            faults.add(new Problem.FieldFault(field, "0 or more; null for no limit of its own"));
        }
    }

    @Nullable Long memoryBytes() {
        return maxMemoryMb == null ? null : maxMemoryMb * MIB;
    }

    static @Nullable Long mebibytes(@Nullable Long bytes) {
        return bytes == null ? null : bytes / MIB;
    }
}
