package dev.artemis.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.configuration.Finding;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

/** The start-up check without a cluster. */
@Execution(ExecutionMode.CONCURRENT)
class ClusterCheckTest {

    private static final AnsweringCluster.Refusal UNCOUNTED = new AnsweringCluster.Refusal(
            403,
            "jobs.batch \"run-1\" is forbidden: status unknown for quota: artemis-runs, resources: count/jobs.batch");
    private static final KubernetesSettings ONE_NAMESPACE = SomeSettings.with(Map.of("manage-namespace", "false"));

    @TempDir
    Path folder;

    @Test
    void passesWhereRunsGoElsewhere() {
        List<Finding> findings =
                new ClusterCheck(new MockEnvironment().withProperty("artemis.sandbox.kind", "local")).findings();

        assertThat(findings).singleElement().extracting(Finding::verdict).isEqualTo(Finding.Verdict.PASS);
    }

    @Test
    void passesWhereThisProcessTakesNoRuns() {
        List<Finding> findings = new ClusterCheck(kubernetes().withProperty("artemis.roles", "api, ui")).findings();

        assertThat(findings).singleElement().extracting(Finding::verdict).isEqualTo(Finding.Verdict.PASS);
    }

    @Test
    void failsWithoutKubeconfig() {
        Finding finding = only(kubernetes()
                .withProperty(
                        "artemis.sandbox.kubernetes.kubeconfig",
                        folder.resolve("none").toString()));

        assertThat(finding.verdict()).isEqualTo(Finding.Verdict.FAIL);
        assertThat(finding.detail()).contains(folder.resolve("none").toString()).contains("cannot be read");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "just words", "[1, 2", "kind: Config", "kind: Config\ncurrent-context: none\ncontexts: []"})
    void failsWithAKubeconfigThatIsNone(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("kubeconfig"), text);

        Finding finding = only(kubernetes().withProperty("artemis.sandbox.kubernetes.kubeconfig", file.toString()));

        assertThat(finding.verdict()).isEqualTo(Finding.Verdict.FAIL);
        assertThat(finding.detail()).startsWith("the kubeconfig " + file + " cannot be used");
    }

    @Test
    void failsForAPermissionThatIsMissing() throws IOException {
        try (AnsweringCluster cluster = new AnsweringCluster()) {
            cluster.refuses(new AnsweringCluster.Refusal(403, "forbidden"), false);

            assertThat(ClusterCheck.of(ONE_NAMESPACE, cluster.clients().calls(), SomeSettings.NOBODY_TRIES))
                    .anySatisfy(finding -> {
                        assertThat(finding.verdict()).isEqualTo(Finding.Verdict.FAIL);
                        assertThat(finding.detail())
                                .contains("not allowed in namespace")
                                .contains("create jobs");
                        assertThat(finding.toString()).contains("k8s/sandbox");
                    });
        }
    }

    @Test
    void warnsWhereNobodyAnswers() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path file = TestKubeconfig.write(folder.resolve("kubeconfig"), port);

        Finding finding = only(kubernetes().withProperty("artemis.sandbox.kubernetes.kubeconfig", file.toString()));

        assertThat(finding.verdict()).isEqualTo(Finding.Verdict.WARN);
        assertThat(finding.detail()).startsWith("it does not answer").contains("Failed to connect");
    }

    @Test
    void failsForAClusterThatIsTooOld() throws IOException {
        try (AnsweringCluster cluster = new AnsweringCluster()) {
            cluster.isOf("19+");

            assertThat(ClusterCheck.of(ONE_NAMESPACE, cluster.clients().calls(), SomeSettings.NOBODY_TRIES))
                    .contains(Finding.fail("cluster", "Kubernetes 1.19 is too old", "Use one of 1.20 or newer."));
        }
    }

    @Test
    void saysWhetherTheRuntimeClassIsThere() throws IOException {
        KubernetesSettings settings = SomeSettings.with(Map.of("manage-namespace", "false", "runtime-class", "gvisor"));
        try (AnsweringCluster cluster = new AnsweringCluster()) {
            assertThat(ClusterCheck.of(settings, cluster.clients().calls(), SomeSettings.NOBODY_TRIES))
                    .contains(Finding.pass("cluster", "the runtime class gvisor is there"));

            cluster.saysOfRuntimeClass("gvisor", new AnsweringCluster.Refusal(404, "not found"));
            assertThat(ClusterCheck.of(settings, cluster.clients().calls(), SomeSettings.NOBODY_TRIES))
                    .contains(Finding.fail(
                            "cluster",
                            "there is no runtime class gvisor",
                            "Install it, or change artemis.sandbox.kubernetes.runtime-class."));

            cluster.saysOfRuntimeClass("gvisor", new AnsweringCluster.Refusal(403, "forbidden"));
            assertThat(ClusterCheck.of(settings, cluster.clients().calls(), SomeSettings.NOBODY_TRIES))
                    .contains(Finding.warn(
                            "cluster",
                            "whether the runtime class gvisor exists cannot be asked: not allowed",
                            "Grant get on runtimeclasses.node.k8s.io."));
        }
    }

    /** Not that there is none. */
    @Test
    void aClusterThatStopsAnsweringHalfwayIsWeather() throws IOException {
        try (AnsweringCluster cluster = new AnsweringCluster()) {
            cluster.saysOfRuntimeClass("gvisor", new AnsweringCluster.Refusal(503, "etcd is away"));

            assertThat(only(at(cluster).withProperty("artemis.sandbox.kubernetes.runtime-class", "gvisor")))
                    .satisfies(finding -> {
                        assertThat(finding.verdict()).isEqualTo(Finding.Verdict.WARN);
                        assertThat(finding.detail())
                                .startsWith("it does not answer, and runs wait until it does")
                                .contains("etcd is away");
                    });
        }
    }

    @Test
    void failsForCredentialsThatAreNotTaken() throws IOException {
        try (AnsweringCluster cluster = new AnsweringCluster()) {
            cluster.refusesToSay("/version/", new AnsweringCluster.Refusal(401, "Unauthorized"));

            assertThat(only(at(cluster))).satisfies(finding -> {
                assertThat(finding.verdict()).isEqualTo(Finding.Verdict.FAIL);
                assertThat(finding.detail()).isEqualTo("it refuses us: read version: status 401, Unauthorized");
                assertThat(finding.remedy()).startsWith("Mend the credentials in KUBECONFIG");
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"403, FAIL", "503, WARN"})
    void saysWhereTeamsNamespacesCannotBeListed(int status, Finding.Verdict verdict) throws IOException {
        try (AnsweringCluster cluster = new AnsweringCluster()) {
            cluster.refusesToSay("/api/v1/namespaces", new AnsweringCluster.Refusal(status, "no namespaces for you"));

            List<Finding> findings = new ClusterCheck(at(cluster)
                            .withProperty("artemis.sandbox.kubernetes.namespace-per-tenant", "true")
                            .withProperty("artemis.sandbox.kubernetes.manage-namespace", "true"))
                    .findings();

            Finding worst = findings.stream()
                    .max(java.util.Comparator.comparing(Finding::verdict))
                    .orElseThrow();
            assertThat(worst.verdict()).isEqualTo(verdict);
            assertThat(worst.detail())
                    .startsWith(
                            verdict == Finding.Verdict.FAIL
                                    ? "the teams' namespaces cannot be listed: "
                                    : "it does not answer, and runs wait until it does: ")
                    .contains("no namespaces for you");
            assertThat(worst.remedy())
                    .startsWith(verdict == Finding.Verdict.FAIL ? "Apply k8s/tenants" : "Start it, or name another");
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0B, is not bounded", "4001, 8GB, runs may hold 4001 millicores", "4000, 8GB, the nodes have what"})
    void saysWhetherTheQueueHandsOutWhatNodesHave(String cpu, String memory, String words) throws IOException {
        try (AnsweringCluster cluster = new AnsweringCluster()) {
            cluster.hasNode("one", "3", "6Gi");
            cluster.hasNode("two", "1", "2Gi");

            assertThat(new ClusterCheck(at(cluster)
                                    .withProperty("artemis.runs.cpu-millicores", cpu)
                                    .withProperty("artemis.runs.memory", memory))
                            .findings())
                    .last()
                    .satisfies(finding -> {
                        assertThat(finding.detail()).contains(words);
                        assertThat(finding.verdict())
                                .isEqualTo(words.startsWith("the nodes") ? Finding.Verdict.PASS : Finding.Verdict.WARN);
                    });
        }
    }

    @Test
    void failsForSettingThatCannotWork() {
        Finding finding = only(kubernetes().withProperty("artemis.sandbox.kubernetes.tolerations", "runs"));

        assertThat(finding.verdict()).isEqualTo(Finding.Verdict.FAIL);
        assertThat(finding.detail()).contains("artemis.sandbox.kubernetes.tolerations must be like");
    }

    @Test
    void waitsAMomentForAQuotaThatIsNew() throws IOException {
        try (AnsweringCluster cluster = new AnsweringCluster()) {
            cluster.refusesNext(2, UNCOUNTED);

            assertThat(ClusterCheck.of(ONE_NAMESPACE, cluster.clients().calls(), SomeSettings.NOBODY_TRIES))
                    .extracting(Finding::verdict)
                    .doesNotContain(Finding.Verdict.FAIL);
            assertThat(ClusterCheck.of(ONE_NAMESPACE, cluster.clients().calls(), SomeSettings.NOBODY_TRIES))
                    .anyMatch(finding -> finding.detail().contains("takes our Jobs, every field of them"));
        }
    }

    @Test
    void warnsWhereNobodyCountsWhatAQuotaHolds() throws IOException {
        try (AnsweringCluster cluster = new AnsweringCluster()) {
            cluster.refuses(UNCOUNTED, true);

            assertThat(ClusterCheck.of(ONE_NAMESPACE, cluster.clients().calls(), SomeSettings.NOBODY_TRIES))
                    .noneMatch(finding -> finding.verdict() == Finding.Verdict.FAIL)
                    .anyMatch(finding -> finding.verdict() == Finding.Verdict.WARN
                            && finding.detail().contains("has not counted yet"));
        }
    }

    @Test
    void failsWhereAWebhookOpensWhatHoldsARun() throws IOException {
        try (AnsweringCluster cluster = new AnsweringCluster()) {
            cluster.keeps(job -> job.replace("\"hostNetwork\":false", "\"hostNetwork\":true"));

            assertThat(ClusterCheck.of(ONE_NAMESPACE, cluster.clients().calls(), SomeSettings.NOBODY_TRIES))
                    .anyMatch(finding -> finding.verdict() == Finding.Verdict.FAIL
                            && finding.detail().endsWith("does not keep what holds a run: template.spec.hostNetwork"));
        }
    }

    @Test
    void triesAJobOfEveryImage() throws IOException {
        KubernetesSettings settings =
                SomeSettings.with(Map.of("manage-namespace", "false", "image", "all:1", "images.shell", "shell:1"));
        try (AnsweringCluster cluster = new AnsweringCluster()) {
            cluster.keeps(job -> job.contains("\"image\":\"shell:1\"")
                    ? job.replace("\"hostNetwork\":false", "\"hostNetwork\":true")
                    : job);

            assertThat(ClusterCheck.of(settings, cluster.clients().calls(), SomeSettings.NOBODY_TRIES))
                    .anyMatch(finding -> finding.detail().contains("takes our Jobs, every field of them"))
                    .anyMatch(finding -> finding.detail().contains("does not keep what holds a run"));
        }
    }

    @Test
    void triesTheNetworkWhereRunsAre() throws IOException {
        try (AnsweringCluster cluster = new AnsweringCluster()) {
            List<String> tried = new ArrayList<>();

            ClusterCheck.Trial trial = (where, namespace) -> {
                tried.add(namespace);
                return new NetworkSight.Closed();
            };

            List<Finding> findings =
                    ClusterCheck.of(ONE_NAMESPACE, cluster.clients().calls(), Optional.of(trial));

            assertThat(tried).containsExactly("artemis-runs");
            assertThat(findings)
                    .anyMatch(finding -> finding.verdict() == Finding.Verdict.PASS
                            && finding.detail().startsWith("NetworkPolicies are enforced"));
        }
    }

    /** Whether a Job would be taken may be asked anywhere: that makes nothing. */
    @Test
    void triesTheNetworkInNoTeamsNamespace() throws IOException {
        try (AnsweringCluster cluster = new AnsweringCluster()) {
            KubernetesSettings teams = SomeSettings.with(Map.of("namespace-per-tenant", "true"));
            cluster.hasNamespace(teams.namespaceOf(UUID.randomUUID()));
            List<String> tried = new ArrayList<>();
            ClusterCheck.Trial trial = (where, namespace) -> {
                tried.add(namespace);
                return new NetworkSight.Closed();
            };

            List<Finding> before = ClusterCheck.of(teams, cluster.clients().calls(), Optional.of(trial));
            cluster.hasNamespace(teams.namespaceOf(KubernetesSettings.NOBODY));
            List<Finding> then = ClusterCheck.of(teams, cluster.clients().calls(), Optional.of(trial));

            assertThat(before)
                    .anyMatch(finding -> finding.detail().endsWith("takes our Jobs, every field of them"))
                    .anyMatch(finding -> finding.verdict() == Finding.Verdict.WARN
                            && finding.detail().endsWith("the namespace for it is not made yet"));
            assertThat(then).anyMatch(finding -> finding.detail().startsWith("NetworkPolicies are enforced"));
            assertThat(tried).containsExactly(teams.namespaceOf(KubernetesSettings.NOBODY));
        }
    }

    /** A start waits for nothing that it does not depend on: what its worker's trials find is told once it is up. */
    @ParameterizedTest
    @CsvSource({"'', false, false", "check, false, true", "'', true, true"})
    void triesTheNetworkWhereTheStartDependsOnItOrNobodyStarts(String command, boolean required, boolean tries)
            throws IOException {
        try (AnsweringCluster cluster = new AnsweringCluster()) {
            Path kubeconfig = TestKubeconfig.write(folder.resolve("kubeconfig"), cluster.port());
            MockEnvironment environment = kubernetes()
                    // as Spring keeps what is no option on the command line
                    .withProperty("nonOptionArgs", command)
                    .withProperty("artemis.sandbox.kubernetes.kubeconfig", kubeconfig.toString())
                    .withProperty("artemis.sandbox.kubernetes.namespace-per-tenant", "false")
                    .withProperty("artemis.sandbox.kubernetes.manage-namespace", "false")
                    .withProperty("artemis.sandbox.kubernetes.require-network-policy", Boolean.toString(required));

            List<Finding> findings = new ClusterCheck(environment).findings();

            // this cluster answers for a policy that holds nobody
            assertThat(findings.stream()
                            .anyMatch(finding -> finding.detail()
                                    .startsWith("nothing shuts the network of runs: the NetworkPolicy")))
                    .isEqualTo(tries);
        }
    }

    static Stream<Arguments> sights() {
        return Stream.of(
                Arguments.of(new NetworkSight.Closed(), Finding.Verdict.PASS, Finding.Verdict.PASS),
                Arguments.of(
                        new NetworkSight.Open("another pod at 10.0.0.7:7000"),
                        Finding.Verdict.WARN,
                        Finding.Verdict.FAIL),
                Arguments.of(
                        new NetworkSight.OpenAtFirst("another pod at 10.0.0.7:7000"),
                        Finding.Verdict.WARN,
                        Finding.Verdict.FAIL),
                Arguments.of(NetworkSight.untried(), Finding.Verdict.WARN, Finding.Verdict.WARN),
                // it may be a pod that waits for room: runs wait until it is known
                Arguments.of(new NetworkSight.Unknown("no room"), Finding.Verdict.WARN, Finding.Verdict.WARN));
    }

    @ParameterizedTest
    @MethodSource("sights")
    void aNetworkThatIsOpenIsAFaultOnlyWhereItMustBeShut(
            NetworkSight sight, Finding.Verdict otherwise, Finding.Verdict whereRequired) {
        Finding told = NetworkCheck.finding(SomeSettings.defaults(), sight);
        Finding required = NetworkCheck.finding(SomeSettings.with(Map.of("require-network-policy", "true")), sight);

        assertThat(told.verdict()).isEqualTo(otherwise);
        assertThat(required.verdict()).isEqualTo(whereRequired);
        assertThat(required.detail()).isEqualTo(told.detail());
        if (sight instanceof NetworkSight.Open(var reached)) {
            assertThat(told.detail()).contains("not enforced").endsWith(reached);
            assertThat(told.remedy()).contains("Calico");
        }
    }

    private MockEnvironment at(AnsweringCluster cluster) throws IOException {
        return kubernetes()
                .withProperty(
                        "artemis.sandbox.kubernetes.kubeconfig",
                        TestKubeconfig.write(folder.resolve("kubeconfig"), cluster.port())
                                .toString())
                .withProperty("artemis.sandbox.kubernetes.namespace-per-tenant", "false")
                .withProperty("artemis.sandbox.kubernetes.manage-namespace", "false");
    }

    private static MockEnvironment kubernetes() {
        return new MockEnvironment().withProperty("artemis.sandbox.kind", "kubernetes");
    }

    private static Finding only(MockEnvironment environment) {
        List<Finding> findings = new ClusterCheck(environment).findings();
        assertThat(findings).hasSize(1);
        return findings.getFirst();
    }
}
