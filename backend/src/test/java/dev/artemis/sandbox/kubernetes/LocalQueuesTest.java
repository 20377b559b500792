package dev.artemis.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.artemis.configuration.Finding;
import dev.artemis.sandbox.Failure;
import dev.artemis.sandbox.Observation;
import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.shared.Language;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where Kueue lets Jobs go, its queue is there before the first of them; or somebody is told that it is not. */
@Execution(ExecutionMode.CONCURRENT)
class LocalQueuesTest {

    private static final KubernetesSettings OPERATORS =
            SomeSettings.with(Map.of("manage-namespace", "false", "queue-name", "teams"));
    private static final KubernetesSettings OURS =
            SomeSettings.with(Map.of("namespace-per-tenant", "true", "queue-name", "teams", "cluster-queue", "runs"));

    private final AnsweringCluster cluster = new AnsweringCluster();

    LocalQueuesTest() throws IOException {}

    @AfterEach
    void close() {
        cluster.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1beta2", "v1beta1"})
    void isMadeInEachTeamsNamespaceInTheFormThatKueueKnows(String version) throws IOException {
        cluster.hasKueue(version);
        UUID team = UUID.randomUUID();
        RunNamespaces namespaces = new RunNamespaces(cluster.clients().calls(), OURS, RunnerConfigMap.built());

        namespaces.ensure(team);

        assertThat(cluster.queues()).containsOnlyKeys(OURS.namespaceOf(team) + "/teams");
        assertThat(cluster.queues().get(OURS.namespaceOf(team) + "/teams"))
                .contains(
                        "\"apiVersion\":\"kueue.x-k8s.io/" + version + "\"",
                        "\"clusterQueue\":\"runs\"",
                        "\"app.kubernetes.io/managed-by\":\"artemis\"");
    }

    @Test
    void oneThatIsThereIsTakenAsItIs() throws IOException {
        cluster.hasQueue("artemis-runs", "teams", "{}");

        new LocalQueues(cluster.clients().calls(), OPERATORS).ensure("artemis-runs");

        assertThat(cluster.queues().get("artemis-runs/teams")).contains("theirs");
    }

    @Test
    void saysThatThereIsNoKueue() throws IOException {
        cluster.hasKueue("");
        LocalQueues queues = new LocalQueues(cluster.clients().calls(), OURS);

        assertThatThrownBy(() -> queues.ensure("artemis-runs"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no Kueue");
    }

    /** It goes back to our line, and no Job is made that would wait for ever. */
    @Test
    void aRunIsGivenToNoNamespaceThatHasNone() throws Exception {
        RunRef run = new RunRef(UUID.randomUUID(), UUID.randomUUID(), 1, 1);
        Recorder recorder = new Recorder();
        try (KubernetesSandbox sandbox =
                new KubernetesSandbox(OPERATORS, cluster.clients(), Clock.systemUTC(), PodSight::untried)) {
            sandbox.open(recorder);

            sandbox.start(run, SandboxSpec.of(Language.PYTHON, "print('hello')"));

            assertThat(recorder.awaitEnd(run)).isInstanceOfSatisfying(Observation.Failed.class, failed -> {
                assertThat(failed.failure()).isEqualTo(Failure.UNREACHABLE);
                assertThat(failed.toString()).contains("there is no LocalQueue teams in namespace artemis-runs");
            });
            assertThat(cluster.hasJob(run)).isFalse();
        }
    }

    @Test
    void theStartFailsWhereAnOperatorsIsMissing() throws IOException {
        assertThat(findings(OPERATORS)).anySatisfy(finding -> {
            assertThat(finding.verdict()).isEqualTo(Finding.Verdict.FAIL);
            assertThat(finding.detail()).startsWith("there is no LocalQueue teams in namespace artemis-runs");
            assertThat(finding.remedy()).contains("queue-name", "k8s/README.md");
        });

        cluster.hasQueue("artemis-runs", "teams", "{}");
        assertThat(findings(OPERATORS))
                .noneMatch(finding -> finding.verdict() == Finding.Verdict.FAIL)
                .anyMatch(
                        finding -> finding.detail().equals("the LocalQueue teams is there in namespace artemis-runs"));
    }

    @Test
    void theStartSaysWhatKueueSaysOfOneThatLetsNothingGo() throws IOException {
        cluster.hasQueue("artemis-runs", "teams", """
                {"conditions": [{"type": "Active", "status": "False", "reason": "ClusterQueueDoesNotExist",
                  "message": "Can't submit new workloads to clusterQueue"}]}""");

        assertThat(findings(OPERATORS)).anySatisfy(finding -> {
            assertThat(finding.verdict()).isEqualTo(Finding.Verdict.WARN);
            assertThat(finding.detail())
                    .isEqualTo("the LocalQueue teams in namespace artemis-runs lets no Job go:"
                            + " Can't submit new workloads to clusterQueue");
        });
    }

    @Test
    void theStartSaysThatOursIsStillToBeMade() throws IOException {
        String namespace = OURS.namespaceOf(KubernetesSettings.NOBODY);
        cluster.hasNamespace(namespace);

        assertThat(findings(OURS))
                .noneMatch(finding -> finding.verdict() == Finding.Verdict.FAIL)
                .anyMatch(finding ->
                        finding.detail().equals("the LocalQueue teams will be made in namespace " + namespace));
    }

    @Test
    void theStartWarnsWhereItMayNotAsk() throws IOException {
        for (String version : List.of("v1beta2", "v1beta1")) {
            cluster.refusesToSay(
                    "/apis/kueue.x-k8s.io/" + version + "/namespaces/artemis-runs/localqueues/teams",
                    new AnsweringCluster.Refusal(403, "forbidden"));
        }

        assertThat(findings(OPERATORS))
                .noneMatch(finding -> finding.verdict() == Finding.Verdict.FAIL)
                .anyMatch(finding -> finding.verdict() == Finding.Verdict.WARN
                        && finding.detail().equals("whether the LocalQueue teams exists cannot be asked: not allowed"));
    }

    @Test
    void asksForTheRightToReadIt() {
        assertThat(new Permissions(OPERATORS).needed())
                .extracting(Permissions.Needed::toString)
                .contains("get localqueues")
                .doesNotContain("create localqueues");
        assertThat(new Permissions(SomeSettings.defaults()).needed())
                .extracting(Permissions.Needed::resource)
                .doesNotContain("localqueues");
    }

    /** Otherwise it would be looked for in the image, or the network. */
    @Test
    void aTrialSaysThatItsQueueHasNotLetItGo() throws Exception {
        cluster.hasQueue("artemis-runs", "teams", "{}");
        cluster.shutsTheNetwork();

        PodSight sight = new PodTrial(
                        cluster.clients().calls(),
                        OPERATORS,
                        new Cluster(33, "runner", "amd64", false),
                        false,
                        Duration.ofMillis(1))
                .in("artemis-runs");

        assertThat(sight.network())
                .isEqualTo(
                        new NetworkSight.Unknown("no pod listens after 0 s: the queue teams has not admitted its Job"));
    }

    private List<Finding> findings(KubernetesSettings settings) throws IOException {
        return ClusterCheck.of(settings, cluster.clients().calls(), SomeSettings.NOBODY_TRIES);
    }
}
