package dev.artemis.sandbox.local;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.artemis.sandbox.EndlessOutput;
import dev.artemis.sandbox.Isolation;
import dev.artemis.sandbox.local.LocalSandboxSettings.CgroupUse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Tag("slow")
@Isolated("other tests fill the same heap")
class EndlessOutputTest {

    @Test
    void growsNothing() throws InterruptedException {
        try (LocalSandbox sandbox = LocalSandbox.on(Leftovers.settings(CgroupUse.AUTO))) {
            if (sandbox.isolation().strength() == Isolation.Strength.NONE) {
                abort("no local sandbox on this machine: " + sandbox.isolation().lacks());
            }
            new EndlessOutput(sandbox).growsNothing();
        }
    }
}
