package dev.artemis.sandbox.local;

import dev.artemis.sandbox.Limits;
import java.util.List;

/** The kernel's hold on memory, processes and CPU of a whole run. Ways: v2 (delegated), v1, none. */
sealed interface Cgroups extends AutoCloseable permits CgroupsV2, CgroupsV1, NoCgroups {

    /**
     * The cgroups of one run, as the launcher makes and removes them.
     *
     * @param name of the run's folder, new
     * @param overheadBytes memory beside the run's own: the runner's
     */
    Held hold(String name, Limits limits, long overheadBytes);

    /** What a run whose launcher was killed has used. */
    Measured measured(String name);

    /** Ends what is left in the cgroups of a run whose launcher was killed before it could, and removes them. */
    void release(String name);

    /** Whether memory of all processes together is held. */
    boolean holdMemory();

    /** What they hold, in words. */
    List<String> holds();

    /** What they do not hold, and what would help. */
    List<String> lacks();

    /** Removes this server's own. */
    @Override
    void close();

    /** The best that this machine gives. Sweeps what dead servers left. */
    static Cgroups ofThisMachine() {
        CgroupMounts mounts = CgroupMounts.ofThisProcess();
        return CgroupsV2.in(mounts)
                .map(Cgroups.class::cast)
                .or(() -> CgroupsV1.in(mounts))
                .orElseGet(NoCgroups::new);
    }
}
