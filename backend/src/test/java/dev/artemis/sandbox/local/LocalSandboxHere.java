package dev.artemis.sandbox.local;

import dev.artemis.sandbox.local.LocalSandboxSettings.CgroupUse;

/** For tests of other sandboxes: the one of this machine, held by cgroups where they can be written. */
public final class LocalSandboxHere {

    private LocalSandboxHere() {}

    public static LocalSandbox made() {
        return LocalSandbox.on(Leftovers.settings(CgroupUse.AUTO));
    }
}
