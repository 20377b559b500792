package dev.artemis.runs;

import dev.artemis.shared.Problem;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants of a quota that they saw: it touches what differs between the two, and nothing else.
 *
 * @param seen as it was when somebody looked
 * @param wanted as it shall be
 */
public record RunQuotaEdit(RunQuota seen, RunQuota wanted) {

    /** Makes what it touched as it was seen, and nothing else. */
    public RunQuotaEdit undone() {
        return new RunQuotaEdit(wanted, seen);
    }

    /**
     * The quota after the edit.
     *
     * @param now as it is by then
     * @throws Problem 409 {@code quota-changed}: somebody else changed what it touches
     */
    RunQuota onto(RunQuota now) {
        return new RunQuota(
                Objects.requireNonNull(merged(seen.weight(), wanted.weight(), now.weight())),
                merged(seen.maxRunningRuns(), wanted.maxRunningRuns(), now.maxRunningRuns()),
                merged(seen.maxQueuedRuns(), wanted.maxQueuedRuns(), now.maxQueuedRuns()),
                merged(seen.maxCpuMillicores(), wanted.maxCpuMillicores(), now.maxCpuMillicores()),
                merged(seen.maxMemoryMb(), wanted.maxMemoryMb(), now.maxMemoryMb()));
    }

    private static <T> @Nullable T merged(@Nullable T seen, @Nullable T wanted, @Nullable T now) {
        if (Objects.equals(seen, wanted)) {
            return now;
        }
        if (!Objects.equals(seen, now) && !Objects.equals(wanted, now)) {
            throw Problem.of(409, "quota-changed", "Somebody else changed this meanwhile: look at it again.");
        }
        return wanted;
    }
}
