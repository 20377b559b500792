package dev.artemis.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.sandbox.Failure;
import dev.artemis.sandbox.Observation;
import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.sandbox.runner.Nonce;
import dev.artemis.shared.Language;
import io.kubernetes.client.openapi.models.V1Job;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Two claims of one attempt: whose fencing token is higher has the Job, and the other one says nothing and touches nothing. */
class SupersededRunTest {

    private static final SandboxSpec SPEC = SandboxSpec.of(Language.PYTHON, "print('hello')");

    private final AnsweringCluster cluster = new AnsweringCluster();
    private final KubernetesSettings settings = SomeSettings.with(Map.of("manage-namespace", "false"));
    private final ClusterClients clients = cluster.clients();
    private final ClusterCalls calls = new ClusterCalls(clients, settings);
    private final RunnerConfigMap runner = RunnerConfigMap.built();
    private final Cluster where = new Cluster(33, runner.name(), runner.architecture(), false);
    private final RunRef older = new RunRef(UUID.randomUUID(), UUID.randomUUID(), 1, 7);
    private final RunRef newer = new RunRef(older.tenant(), older.run(), 1, 8);

    SupersededRunTest() throws IOException {}

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void whoComesLateFindsTheNewerClaimAndLetsItBe() throws InterruptedException {
        assertThat(launch().launch(where, newer, SPEC, () -> false)).isInstanceOf(RunLaunch.Launched.There.class);

        assertThat(launch().launch(where, older, SPEC, () -> false)).isEqualTo(new RunLaunch.Launched.Superseded());
        assertThat(launch().resume(where, older, SPEC)).isEqualTo(new RunLaunch.Launched.Superseded());

        assertThat(cluster.patches()).isEmpty();
        assertThat(cluster.removed()).isZero();
        assertThat(RunLabels.read(cluster.job(newer).getMetadata())).contains(newer);
    }

    @Test
    void theNewerClaimTakesTheJobOver() throws InterruptedException {
        assertThat(launch().launch(where, older, SPEC, () -> false)).isInstanceOf(RunLaunch.Launched.There.class);

        assertThat(launch().launch(where, newer, SPEC, () -> false)).isInstanceOf(RunLaunch.Launched.There.class);

        assertThat(cluster.patches())
                .containsExactly("{\"metadata\":{\"labels\":{\"artemis.dev/fencing-token\":\"8\"}}}");
        assertThat(cluster.removed()).isZero();
    }

    /** Neither a failure, which would have the run tried again, nor a loss: the other's words are the run's. */
    @Test
    void whoIsSupersededTellsNothing() throws Exception {
        launch().launch(where, newer, SPEC, () -> false);
        Recorder recorder = new Recorder();
        try (KubernetesSandbox late = new KubernetesSandbox(settings, clients, Clock.systemUTC(), PodSight::untried)) {
            late.open(recorder);
            late.start(older, SPEC);
            RunRef other = new RunRef(older.tenant(), UUID.randomUUID(), 1, 1);
            late.start(other, SPEC);
            recorder.await(other, Observation.Accepted.class::isInstance);

            assertThat(recorder.of(older)).isEmpty();
            assertThat(late.list())
                    .extracting(live -> live.run())
                    .contains(newer)
                    .doesNotContain(older);
        }
    }

    static Stream<Arguments> strangers() {
        return Stream.of(
                Arguments.of(
                        "of another team",
                        changed(job -> job.getMetadata()
                                .putLabelsItem(
                                        RunLabels.TENANT, UUID.randomUUID().toString()))),
                Arguments.of(
                        "of nobody",
                        changed(job -> job.getMetadata().labels(Map.of("app.kubernetes.io/name", "batch")))),
                Arguments.of(
                        "of another program",
                        changed(job -> job.getMetadata().annotations(Map.of(RunLabels.SPEC_HASH, "another")))));
    }

    private static Consumer<V1Job> changed(Consumer<V1Job> how) {
        return how;
    }

    /** Neither is it gone on with nor removed: it is somebody's. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("strangers")
    void aJobOfItsNameThatIsNotTheRunsIsLeftAlone(String whose, Consumer<V1Job> change) throws InterruptedException {
        V1Job stranger =
                RunObjects.of(settings, where, older, SPEC, Nonce.random()).job();
        change.accept(stranger);
        calls.createJob(stranger);

        assertThat(launch().launch(where, newer, SPEC, () -> false))
                .isEqualTo(new RunLaunch.Launched.Failed(new Observation.Failed(
                        Failure.SANDBOX_BROKEN,
                        "a Job " + newer.name() + " is there already, made from something else")));

        assertThat(cluster.patches()).isEmpty();
        assertThat(cluster.removed()).isZero();
        assertThat(cluster.inputs()).isZero();
    }

    private RunLaunch launch() {
        return new RunLaunch(
                settings,
                calls,
                new RunNamespaces(clients.calls(), settings, runner),
                new Standing(clients.calls(), settings),
                Clock.systemUTC());
    }
}
