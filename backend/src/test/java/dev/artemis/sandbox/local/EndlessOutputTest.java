package dev.artemis.sandbox.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.artemis.sandbox.Ending;
import dev.artemis.sandbox.Isolation;
import dev.artemis.sandbox.KillReason;
import dev.artemis.sandbox.Observation;
import dev.artemis.sandbox.Recorder;
import dev.artemis.sandbox.Result;
import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.sandbox.local.LocalSandboxSettings.CgroupUse;
import dev.artemis.shared.Language;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("other tests fill the same heap")
class EndlessOutputTest {

    private static final LocalSandboxSettings SETTINGS = Leftovers.settings(CgroupUse.AUTO);

    @Test
    void growsNothing() {
        SandboxSpec flood = SandboxSpec.of(Language.PYTHON, "import os\nwhile True: os.write(1, b'x' * 65536)")
                .withLimits(LocalSandboxTest.outputOf(4L << 20));
        result(flood);
        long before = alive();

        for (int i = 0; i < 4; i++) {
            assertThat(result(flood).stdout().totalBytes()).isGreaterThan(256L << 20);
        }

        assertThat(alive()).isLessThan(before + (8L << 20));
    }

    /** Bytes; the least of some collections, because the other threads of this process go on making garbage. */
    private static long alive() {
        Runtime java = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            least = Math.min(least, java.totalMemory() - java.freeMemory());
        }
        return least;
    }

    /** The result of a run whose output nobody keeps. */
    private static Result result(SandboxSpec spec) {
        CompletableFuture<Result> result = new CompletableFuture<>();
        try (LocalSandbox sandbox = LocalSandbox.on(SETTINGS)) {
            if (sandbox.isolation().strength() == Isolation.Strength.NONE) {
                abort("no local sandbox on this machine: " + sandbox.isolation().lacks());
            }
            sandbox.open((run, observation) -> {
                if (observation instanceof Observation.Finished(var end)) {
                    result.complete(end);
                }
            });
            RunRef run = Recorder.aRun();
            sandbox.start(run, spec);
            Result end = result.orTimeout(60, TimeUnit.SECONDS).join();
            assertThat(end.ending()).isEqualTo(new Ending.Killed(KillReason.OUTPUT_LIMIT));
            sandbox.forget(run);
            return end;
        }
    }
}
