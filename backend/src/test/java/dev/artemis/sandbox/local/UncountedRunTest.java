package dev.artemis.sandbox.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.artemis.sandbox.Channel;
import dev.artemis.sandbox.Ending;
import dev.artemis.sandbox.Isolation;
import dev.artemis.sandbox.KillReason;
import dev.artemis.sandbox.Limits;
import dev.artemis.sandbox.Recorder;
import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.sandbox.Usage;
import dev.artemis.sandbox.local.LocalSandboxSettings.CgroupUse;
import dev.artemis.shared.Language;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A cancelled run whose runner and launcher were both kept from telling what it used. */
class UncountedRunTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    @ParameterizedTest
    @EnumSource(CgroupUse.class)
    void isBilledForWhatIsKnownOfIt(CgroupUse use) throws Exception {
        LocalSandboxSettings settings = Leftovers.settings(use);
        Recorder recorder = new Recorder();
        try (LocalSandbox sandbox = LocalSandbox.on(settings)) {
            if (sandbox.isolation().strength() == Isolation.Strength.NONE) {
                abort("no local sandbox on this machine: " + sandbox.isolation().lacks());
            }
            sandbox.open(recorder);
            RunRef run = Recorder.aRun();
            sandbox.start(run, SandboxSpec.of(Language.PYTHON, """
                    import time
                    while time.process_time() < 0.1: pass
                    print('used', flush=True)
                    while True: pass"""));
            awaitPrinted(recorder, run);
            ProcessHandle launcher = Leftovers.of(settings).launchers().getFirst();
            List<ProcessHandle> all = launcher.descendants().toList();

            // nobody of it can tell any more, and it is ended from outside
            all.forEach(process -> signal("STOP", process));
            signal("STOP", launcher);
            sandbox.cancel(run);
            launcher.destroyForcibly();

            var result = recorder.of(run).awaitResult(SOON);
            assertThat(result.ending()).isEqualTo(new Ending.Killed(KillReason.CANCELLED));
            Usage usage = result.usage();
            assertThat(usage.cpuTime()).isBetween(Duration.ofMillis(100), usage.executionTime());
            assertThat(usage.maxMemoryBytes()).isBetween(1L << 20, Limits.DEFAULTS.memoryBytes());
            assertThat(Leftovers.of(settings).all()).isEmpty();
        }
    }

    private static void awaitPrinted(Recorder recorder, RunRef run) {
        long until = System.nanoTime() + SOON.toNanos();
        while (recorder.of(run).printed(Channel.STDOUT).length == 0) {
            assertThat(System.nanoTime()).as("nothing was printed").isLessThan(until);
            Thread.onSpinWait();
        }
    }

    private static void signal(String name, ProcessHandle process) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
