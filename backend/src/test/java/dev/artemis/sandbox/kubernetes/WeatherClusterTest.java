package dev.artemis.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.sandbox.Channel;
import dev.artemis.sandbox.Ending;
import dev.artemis.sandbox.Isolation;
import dev.artemis.sandbox.Limits;
import dev.artemis.sandbox.Observation;
import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.shared.Language;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API server hangs, connections break, many runs at once: every run ends once, with all its output. */
@OnCluster
class WeatherClusterTest {

    private static final String NAMESPACE = "artemis-runs-weather";
    private static final Limits SMALL = new Limits(
            100, 64L << 20, Duration.ofSeconds(20), Duration.ofSeconds(60), 1L << 20, 1L << 20, 16, 64, 1L << 16);

    @TempDir
    Path folder;

    @Test
    void everyRunEndsOnceThoughTheServerHangsAndConnectionsBreak() throws Exception {
        KubernetesSettings direct = TestCluster.settings(NAMESPACE, Map.of());
        Recorder recorder = new Recorder();
        List<RunRef> runs = new ArrayList<>();
        try (CuttableRoad road =
                new CuttableRoad(ClusterClients.of(direct.kubeconfig()).calls().getBasePath())) {
            Path kubeconfig = road.kubeconfig(Path.of(direct.kubeconfig()), folder);
            KubernetesSettings settings = TestCluster.settings(NAMESPACE, Map.of("kubeconfig", kubeconfig.toString()));
            try (KubernetesSandbox sandbox = new KubernetesSandbox(
                    settings, ClusterClients.of(settings.kubeconfig()), Clock.systemUTC(), PodSight::untried)) {
                sandbox.open(recorder);
                start(sandbox, runs, 8);
                recorder.await(runs.getFirst(), Observation.Output.class::isInstance);

                // asked while nobody answers: creates time out, and whether they arrived is unknown
                road.hangFor(Duration.ofSeconds(12), () -> start(sandbox, runs, 4));
                start(sandbox, runs, 4);

                for (RunRef run : runs) {
                    Observation last = recorder.awaitEnd(run);
                    assertThat(last).isInstanceOf(Observation.Finished.class);
                    assertThat(((Observation.Finished) last).result().ending()).isEqualTo(new Ending.Exited(0));
                    assertThat(recorder.of(run).stream().filter(Recorder::isLast))
                            .hasSize(1);
                    assertThat(recorder.text(run, Channel.STDOUT)).isEqualTo("one\ntwo\nthree\n");
                }
                ClusterClients clients = ClusterClients.of(direct.kubeconfig());
                ClusterCalls calls = new ClusterCalls(clients, direct);
                assertThat(calls.pods().getItems()).hasSameSizeAs(runs);
                runs.forEach(sandbox::forget);
                TestCluster.until(() -> calls.jobs().getItems().isEmpty()
                        && calls.pods().getItems().isEmpty()
                        && TestCluster.inputs(clients, direct).isEmpty());
            }
        }
    }

    /** While nobody answers a worker takes nothing from the queue; and then it goes on by itself. */
    @Test
    void isAbleOnlyWhileTheClusterAnswers() throws Exception {
        KubernetesSettings direct = TestCluster.settings(NAMESPACE, Map.of());
        Recorder recorder = new Recorder();
        try (CuttableRoad road =
                new CuttableRoad(ClusterClients.of(direct.kubeconfig()).calls().getBasePath())) {
            Path kubeconfig = road.kubeconfig(Path.of(direct.kubeconfig()), folder);
            KubernetesSettings settings = TestCluster.settings(NAMESPACE, Map.of("kubeconfig", kubeconfig.toString()));
            try (KubernetesSandbox sandbox = new KubernetesSandbox(
                    settings, ClusterClients.of(settings.kubeconfig()), Clock.systemUTC(), PodSight::untried)) {
                sandbox.open(recorder);
                TestCluster.until(() -> sandbox.isolation().strength() != Isolation.Strength.NONE);

                road.cut();
                TestCluster.until(() -> sandbox.isolation().strength() == Isolation.Strength.NONE);
                assertThat(sandbox.isolation().lacks().toString()).contains("runs wait in the queue");

                road.mend();
                TestCluster.until(() -> sandbox.isolation().strength() != Isolation.Strength.NONE);
                List<RunRef> runs = new ArrayList<>();
                start(sandbox, runs, 1);
                assertThat(recorder.awaitEnd(runs.getFirst())).isInstanceOf(Observation.Finished.class);
                sandbox.forget(runs.getFirst());
                ClusterCalls calls = new ClusterCalls(ClusterClients.of(direct.kubeconfig()), direct);
                TestCluster.until(() -> calls.job(runs.getFirst()).isEmpty()
                        && calls.pods().getItems().isEmpty());
            }
        }
    }

    private static void start(KubernetesSandbox sandbox, List<RunRef> runs, int count) {
        for (int at = 0; at < count; at++) {
            RunRef run = new RunRef(UUID.randomUUID(), UUID.randomUUID(), 1, 1);
            runs.add(run);
            sandbox.start(
                    run,
                    SandboxSpec.of(
                                    Language.PYTHON,
                                    "import time\nfor word in 'one', 'two', 'three': print(word); time.sleep(2)")
                            .withLimits(SMALL));
        }
    }
}
