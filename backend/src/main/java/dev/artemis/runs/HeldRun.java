package dev.artemis.runs;

import dev.artemis.sandbox.RunRef;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that some worker holds, by the database.
 *
 * @param status SUBMITTING or RUNNING
 * @param backend the kind of sandbox that has it
 * @param holder its worker
 * @param submittedAgo since it was claimed
 * @param startedAgo since its program was started; null before
 * @param wall how long the program may run
 */
public record HeldRun(
        RunRef ref,
        RunStatus status,
        String backend,
        Holder holder,
        boolean cancelRequested,
        Duration submittedAgo,
        @Nullable Duration startedAgo,
        Duration wall) {

    /** Who holds it. */
    public enum Holder {
        THIS_WORKER,
        /** Another that is heard of. */
        ANOTHER,
        /** One that is not heard of: dead, unless nobody could be heard. */
        SILENT,
        /** One that left, or whose next life has begun. */
        GONE
    }
}
