package dev.artemis.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.sandbox.Channel;
import dev.artemis.sandbox.Ending;
import dev.artemis.sandbox.KillReason;
import dev.artemis.sandbox.Language;
import dev.artemis.sandbox.Limits;
import dev.artemis.sandbox.Observation;
import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.SandboxSpec;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real Jobs on a real cluster. */
@Tag("cluster")
class KubernetesSandboxClusterTest {

    private static final UUID TENANT = UUID.randomUUID();
    private static final Limits LIMITS = new Limits(
            100, 64L << 20, Duration.ofSeconds(20), Duration.ofSeconds(30), 8L << 20, 16L << 20, 32, 64, 1L << 20);

    private static Recorder recorder = new Recorder();
    private static KubernetesSandbox sandbox;

    @BeforeAll
    static void open() {
        KubernetesSettings settings = TestCluster.settings("artemis-runs-test", Map.of());
        sandbox = new KubernetesSandbox(settings, ClusterClients.of(settings.kubeconfig()), Clock.systemUTC());
        sandbox.open(recorder);
    }

    @AfterAll
    static void close() {
        if (sandbox != null) {
            sandbox.close();
        }
    }

    @Test
    void saysHello() throws Exception {
        RunRef run = aRun();

        sandbox.start(run, python("print('hello')"));

        assertThat(ending(run)).isEqualTo(new Ending.Exited(0));
        assertThat(recorder.text(run, Channel.STDOUT)).isEqualTo("hello\n");
        sandbox.forget(run);
    }

    @Test
    void tellsExitCode() throws Exception {
        RunRef run = aRun();

        sandbox.start(run, python("import sys; sys.exit(7)"));

        assertThat(ending(run)).isEqualTo(new Ending.Exited(7));
        sandbox.forget(run);
    }

    @Test
    void killsForMemory() throws Exception {
        RunRef run = aRun();

        sandbox.start(run, python("x = bytearray(512 << 20)\nprint(len(x))"));

        assertThat(ending(run)).isEqualTo(new Ending.Killed(KillReason.OUT_OF_MEMORY));
        sandbox.forget(run);
    }

    private static Ending ending(RunRef run) throws InterruptedException {
        Observation last = recorder.awaitEnd(run);
        assertThat(last).isInstanceOf(Observation.Finished.class);
        return ((Observation.Finished) last).result().ending();
    }

    private static RunRef aRun() {
        return new RunRef(TENANT, UUID.randomUUID(), 1, 1);
    }

    private static SandboxSpec python(String code) {
        return SandboxSpec.of(Language.PYTHON, code).withLimits(LIMITS);
    }
}
