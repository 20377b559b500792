package dev.artemis.sandbox.local;

import dev.artemis.sandbox.Recorder;
import dev.artemis.sandbox.RunRef;
import java.nio.file.Path;

/**
 * For tests of other sandboxes: the one of this machine, held by cgroups where they can be written. Nobody takes its runs, which must be {@link
 * #aRun()}, for what the local sandbox's own tests left.
 */
public final class LocalSandboxHere {

    /** By which its runs are known. */
    static final long TOKEN = 1_000_001;

    private LocalSandboxHere() {}

    /**
     * Made in a folder of its own. It tries itself out with a run that nobody can tell from another's: meanwhile nobody looks for what is left.
     *
     * @param folder empty, and every user can reach it
     */
    public static synchronized LocalSandbox made(Path folder) {
        return LocalSandbox.on(Leftovers.ofAnother(folder));
    }

    public static RunRef aRun() {
        RunRef run = Recorder.aRun();
        return new RunRef(run.tenant(), run.run(), run.attempt(), TOKEN);
    }
}
