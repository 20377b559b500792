package dev.artemis.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.artemis.configuration.Finding;
import dev.artemis.sandbox.Isolation;
import io.kubernetes.client.openapi.apis.BatchV1Api;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.apis.NetworkingV1Api;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Two real pods try the network. The test cluster's plugin enforces no policy; what one that does would do, drop what pods send each other, a rule on
 * the bridge does for the time of a test.
 */
@OnCluster
class PodTrialClusterTest {

    private static final String NAMESPACE = "artemis-runs-trial";
    private static final Path IPTABLES = Path.of("/usr/sbin/iptables");
    private static final Path FILTERED = Path.of("/proc/sys/net/bridge/bridge-nf-call-iptables");
    private static final String BRIDGE = "k8stest0";
    private static final List<String> DROP = List.of("FORWARD", "-i", BRIDGE, "-o", BRIDGE, "-j", "DROP");

    private final KubernetesSettings settings = TestCluster.settings(NAMESPACE, Map.of());
    private final ClusterClients clients = ClusterClients.of(settings.kubeconfig());
    private final RunnerConfigMap runner = RunnerConfigMap.built();
    private final PodTrial trial = new PodTrial(
            clients.calls(),
            settings,
            new ClusterProbe(clients.calls(), settings, PodSight::untried)
                    .cluster(runner)
                    .orElseThrow(),
            true,
            Duration.ofMinutes(2));

    @BeforeEach
    void namespace() {
        new RunNamespace(clients.calls(), settings, NAMESPACE, runner).ensure();
    }

    @Test
    void saysThatNobodyEnforcesThePolicyAndLeavesNothing() throws Exception {
        NetworkSight sight = trial.in(NAMESPACE).network();

        assertThat(sight)
                .isInstanceOfSatisfying(
                        NetworkSight.Open.class,
                        open -> assertThat(open.reached()).matches("another pod at [0-9.]+:7000"));
        awaitNothing();
    }

    @Test
    void saysThatThePolicyIsEnforcedWherePodsDoNotReachEachOther() throws Exception {
        assumeTrue(
                Files.isExecutable(IPTABLES)
                        && Files.exists(Path.of("/sys/class/net", BRIDGE))
                        && Files.exists(FILTERED)
                        && Files.readString(FILTERED).strip().equals("1"),
                "the pods' bridge is not on this machine, or its packets cannot be filtered with " + IPTABLES);
        iptables("-I");
        try {
            assertThat(trial.in(NAMESPACE).network()).isEqualTo(new NetworkSight.Closed());
        } finally {
            iptables("-D");
        }
        awaitNothing();
    }

    /** A cluster of 1.20 drops the field, and says nothing of it: read back, and seen. */
    @Test
    void saysThatPodsGetNoUsersOfTheirOwnHere() throws Exception {
        assertThat(trial.in(NAMESPACE).users()).isEqualTo(UserSight.DROPPED);
        awaitNothing();
    }

    @Test
    void saysNothingWhereSomebodyOpenedThePolicy() throws Exception {
        new NetworkingV1Api(clients.calls())
                .deleteNamespacedNetworkPolicy(NamespaceObjects.NETWORK_POLICY, NAMESPACE)
                .execute();

        assertThat(trial.in(NAMESPACE).network())
                .isInstanceOfSatisfying(
                        NetworkSight.Unshut.class,
                        unshut -> assertThat(unshut.why()).contains("deny-all is missing"));
    }

    @Test
    void saysWhyItCouldNotBeTried() throws Exception {
        KubernetesSettings nowhere = TestCluster.settings(NAMESPACE, Map.of("image", "localhost/nowhere:1"));

        NetworkSight sight = new PodTrial(
                        clients.calls(),
                        nowhere,
                        new Cluster(20, runner.name(), runner.architecture(), false),
                        true,
                        Duration.ofSeconds(10))
                .in(NAMESPACE)
                .network();

        assertThat(sight)
                .isInstanceOfSatisfying(
                        NetworkSight.Unknown.class,
                        unknown -> assertThat(unknown.why())
                                .startsWith("no pod listens after 10 s: ")
                                .contains("localhost/nowhere:1"));
        awaitNothing();
    }

    /** In a namespace of no team, as a worker does it from its start on; then a start finds the same there. */
    @Test
    void aWorkerKnowsAndSoDoesItsNextStart() throws Exception {
        KubernetesSettings teams = TestCluster.settings(
                "artemis-trials", Map.of("namespace-per-tenant", "true", "require-network-policy", "true"));
        String ours = teams.namespaceOf(KubernetesSettings.NOBODY);
        try (PodTrials trials = new PodTrials(teams, ClusterClients.of(teams.kubeconfig()));
                KubernetesSandbox sandbox = new KubernetesSandbox(
                        teams, ClusterClients.of(teams.kubeconfig()), java.time.Clock.systemUTC(), trials)) {
            assertThat(sandbox.isolation().strength()).isEqualTo(Isolation.Strength.NONE);

            trials.open();
            TestCluster.until(() -> trials.get().network() instanceof NetworkSight.Open);

            assertThat(sandbox.isolation().strength()).isEqualTo(Isolation.Strength.NONE);
            assertThat(sandbox.isolation().lacks())
                    .singleElement()
                    .asString()
                    .startsWith("network: the network plugin does not enforce NetworkPolicies");
            // it is no team's, so no team leaves it
            assertThat(sandbox.tenants()).isEmpty();
            assertThat(new ClusterCheck(new org.springframework.mock.env.MockEnvironment()
                                    .withProperty("artemis.sandbox.kind", "kubernetes")
                                    .withProperty("artemis.sandbox.kubernetes.kubeconfig", teams.kubeconfig())
                                    .withProperty("artemis.sandbox.kubernetes.image", teams.image())
                                    .withProperty("artemis.sandbox.kubernetes.namespace", teams.namespace())
                                    .withProperty("artemis.sandbox.kubernetes.require-network-policy", "true"))
                            .findings())
                    .anyMatch(finding -> finding.verdict() == Finding.Verdict.FAIL
                            && finding.detail().startsWith("NetworkPolicies are not enforced"));
        } finally {
            new CoreV1Api(clients.calls()).deleteNamespace(ours).execute();
        }
    }

    private void awaitNothing() throws InterruptedException {
        String selector = RunLabels.NAME + "=" + TrialPods.NAME;
        TestCluster.until(() -> ClusterCalls.called(
                                "list Jobs",
                                () -> new BatchV1Api(clients.calls())
                                        .listNamespacedJob(NAMESPACE)
                                        .labelSelector(selector)
                                        .execute())
                        .getItems()
                        .isEmpty()
                && ClusterCalls.called(
                                "list pods",
                                () -> new CoreV1Api(clients.calls())
                                        .listNamespacedPod(NAMESPACE)
                                        .labelSelector(selector)
                                        .execute())
                        .getItems()
                        .isEmpty());
    }

    private static void iptables(String what) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of(IPTABLES.toString(), what));
        command.addAll(DROP);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
