package dev.artemis.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.artemis.configuration.Finding;
import dev.artemis.sandbox.Channel;
import dev.artemis.sandbox.Ending;
import dev.artemis.sandbox.Observation;
import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.shared.Language;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.apis.NetworkingV1Api;
import io.kubernetes.client.openapi.apis.RbacAuthorizationV1Api;
import io.kubernetes.client.openapi.models.AuthenticationV1TokenRequest;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1TokenRequestSpec;
import io.kubernetes.client.util.KubeConfig;
import io.kubernetes.client.util.Yaml;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an operator applies, taken by a real cluster, and the sandbox part used for real. */
@OnCluster
class ManifestsClusterTest {

    private static final String PLATFORM = "artemis-manifests";
    private static final String RUNS = "artemis-manifests-runs";

    private static ApiClient client;

    @TempDir
    Path folder;

    @BeforeAll
    static void namespaces() {
        client = ClusterClients.of(TestCluster.settings(RUNS, Map.of()).kubeconfig())
                .calls();
        for (String name : List.of(PLATFORM, RUNS)) {
            made(() -> new CoreV1Api(client)
                    .createNamespace(new V1Namespace().metadata(new V1ObjectMeta().name(name)))
                    .execute());
        }
    }

    /** Every object of every folder that an operator applies, patches and replicas of overlays included. */
    static Stream<Arguments> rendered() {
        return Manifests.kustomizations().stream()
                .map(file -> Objects.requireNonNull(file.getParent()))
                .flatMap(folder -> Rendered.of(folder).stream()
                        .map(object -> Arguments.of(
                                folder.getFileName() + ": " + Rendered.kind(object) + " " + Rendered.name(object),
                                object)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rendered")
    void isTakenByTheClusterAsItIsApplied(String what, Map<String, Object> object) throws IOException {
        Sent sent = Sent.of(object);
        Assumptions.assumeTrue(known(sent), "this cluster does not know " + sent.apiVersion() + " " + sent.kind());

        assertThat(post(sent, true)).as(what).isIn(201, 409);
    }

    /** What is left out above is left out for a reason, and nothing else is. */
    @Test
    void knowsAllButWhatIsNewerThanItIs() throws IOException {
        Set<String> unknown = new TreeSet<>();
        Set<String> known = new TreeSet<>();
        for (Arguments one : rendered().toList()) {
            Sent sent = Sent.of(Rendered.map(one.get()[1]));
            (known(sent) ? known : unknown).add(sent.apiVersion() + " " + sent.kind());
        }

        assertThat(known)
                .contains("apps/v1 Deployment", "batch/v1 Job", "networking.k8s.io/v1 NetworkPolicy", "v1 Service");
        assertThat(unknown)
                .isSubsetOf(
                        "admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy",
                        "admissionregistration.k8s.io/v1 ValidatingAdmissionPolicyBinding",
                        "autoscaling/v2 HorizontalPodAutoscaler",
                        "policy/v1 PodDisruptionBudget");
    }

    /** A field that no Kubernetes has is refused: what is taken is not only looked at by its name. */
    @Test
    void refusesAnObjectThatIsWrong() throws IOException {
        Map<String, Object> deployment = Rendered.of(Path.of("../k8s/overlays/production")).stream()
                .filter(object -> Rendered.kind(object).equals("Deployment"))
                .findFirst()
                .orElseThrow();
        Rendered.map(deployment.get("spec")).put("replicas", -1);
        Sent sent = Sent.of(deployment);

        assertThatThrownBy(() -> post(sent, true)).hasMessageContaining("replicas");
    }

    /** With no rights but those of k8s/sandbox, a worker runs code; and in another namespace it may do nothing. */
    @Test
    void worksWithTheRightsOfItsRoleAlone() throws Exception {
        made(() -> new CoreV1Api(client)
                .createNamespacedServiceAccount(
                        PLATFORM, new V1ServiceAccount().metadata(new V1ObjectMeta().name("artemis-worker")))
                .execute());
        for (Manifests.Manifest manifest : Manifests.of("sandbox")) {
            apply(Sent.of(manifest));
        }
        KubernetesSettings settings = TestCluster.settings(
                RUNS,
                Map.of(
                        "manage-namespace",
                        "false",
                        "kubeconfig",
                        workersKubeconfig().toString()));
        Recorder recorder = new Recorder();
        RunRef run = new RunRef(UUID.randomUUID(), UUID.randomUUID(), 1, 1);

        awaitNothingIsMissing(settings);
        try (KubernetesSandbox sandbox = new KubernetesSandbox(
                settings, ClusterClients.of(settings.kubeconfig()), Clock.systemUTC(), PodSight::untried)) {
            sandbox.open(recorder);
            sandbox.start(run, SandboxSpec.of(Language.PYTHON, "print('hello')"));

            assertThat(((Observation.Finished) recorder.awaitEnd(run)).result().ending())
                    .isEqualTo(new Ending.Exited(0));
            assertThat(recorder.text(run, Channel.STDOUT)).isEqualTo("hello\n");
            sandbox.forget(run);
            ClusterCalls calls = new ClusterCalls(ClusterClients.of(settings.kubeconfig()), settings);
            TestCluster.until(() -> calls.job(run).isEmpty());
        }
        KubernetesSettings elsewhere = TestCluster.settings(
                PLATFORM, Map.of("manage-namespace", "false", "kubeconfig", settings.kubeconfig()));
        // rights that another test took back may hold a moment longer
        TestCluster.until(() -> new Permissions(elsewhere)
                        .missing(ClusterClients.of(settings.kubeconfig()).calls())
                        .size()
                == new Permissions(elsewhere).needed().size());
    }

    /** With no rights but those of k8s/tenants, a worker makes a team's namespace with all that holds its pods, and runs code there. */
    @Test
    void makesTeamsNamespaceWithTheRightsOfTenantsAlone() throws Exception {
        made(() -> new CoreV1Api(client)
                .createNamespacedServiceAccount(
                        PLATFORM, new V1ServiceAccount().metadata(new V1ObjectMeta().name("artemis-worker")))
                .execute());
        for (Manifests.Manifest manifest : Manifests.of("tenants")) {
            apply(Sent.of(manifest));
        }
        for (Manifests.Manifest manifest : Manifests.of("bounds")) {
            Sent sent = Sent.of(manifest);
            // an older cluster does not know the policy, and holds the rights beside it all the same
            if (!sent.kind().startsWith("ValidatingAdmissionPolicy") || known(sent)) {
                assertThat(post(sent, false)).isIn(201, 409);
            }
        }
        KubernetesSettings settings = TestCluster.settings(
                "artemis-team",
                Map.of(
                        "namespace-per-tenant",
                        "true",
                        "service-account",
                        PLATFORM + "/artemis-worker",
                        "kubeconfig",
                        workersKubeconfig().toString()));
        Recorder recorder = new Recorder();
        RunRef run = new RunRef(UUID.randomUUID(), UUID.randomUUID(), 1, 1);
        String namespace = settings.namespaceOf(run.tenant());

        awaitNothingIsMissing(settings);
        try (KubernetesSandbox sandbox = new KubernetesSandbox(
                settings, ClusterClients.of(settings.kubeconfig()), Clock.systemUTC(), PodSight::untried)) {
            sandbox.open(recorder);
            sandbox.start(run, SandboxSpec.of(Language.PYTHON, "print('hello')"));

            assertThat(((Observation.Finished) recorder.awaitEnd(run)).result().ending())
                    .isEqualTo(new Ending.Exited(0));
            assertThat(recorder.text(run, Channel.STDOUT)).isEqualTo("hello\n");
            NamespaceObjects wanted = new NamespaceObjects(settings, namespace);
            assertThat(new CoreV1Api(client)
                            .readNamespacedResourceQuota(NamespaceObjects.QUOTA, namespace)
                            .execute()
                            .getSpec()
                            .getHard())
                    .isEqualTo(wanted.quota().getSpec().getHard());
            assertThat(new NetworkingV1Api(client)
                            .readNamespacedNetworkPolicy(NamespaceObjects.NETWORK_POLICY, namespace)
                            .execute()
                            .getSpec()
                            .getPolicyTypes())
                    .containsExactly("Ingress", "Egress");
            assertThat(new CoreV1Api(client)
                            .readNamespace(namespace)
                            .execute()
                            .getMetadata()
                            .getLabels())
                    .containsAllEntriesOf(wanted.namespace().getMetadata().getLabels());
            sandbox.forget(run);
            ClusterClients admin =
                    ClusterClients.of(TestCluster.settings(namespace, Map.of()).kubeconfig());
            ClusterCalls calls = new ClusterCalls(admin, settings);
            TestCluster.until(() -> calls.job(run).isEmpty()
                    && TestCluster.inputs(admin, settings).isEmpty());

            // once the team is erased, its namespace goes with it, and no other
            UUID stranger = UUID.randomUUID();
            assertThat(sandbox.tenants()).contains(run.tenant());
            sandbox.leave(stranger);
            sandbox.leave(run.tenant());
            TestCluster.until(() -> isGoing(namespace));
            assertThat(isGoing(PLATFORM)).isFalse();
            sandbox.leave(run.tenant());
        } finally {
            if (!isGoing(namespace)) {
                new CoreV1Api(client).deleteNamespace(namespace).execute();
            }
            takeBackRightsOverTeams();
        }
    }

    /** What was bound a moment ago holds a moment later: the API server learns its own roles by a watch. */
    private static void awaitNothingIsMissing(KubernetesSettings settings) throws InterruptedException {
        TestCluster.until(() ->
                ClusterCheck.of(
                                settings,
                                ClusterClients.of(settings.kubeconfig()).calls(),
                                SomeSettings.NOBODY_TRIES)
                        .stream()
                        .noneMatch(finding -> finding.verdict() == Finding.Verdict.FAIL));
    }

    private static boolean isGoing(String namespace) {
        return ClusterCalls.found(() -> ClusterCalls.called(
                        "read Namespace " + namespace,
                        () -> new CoreV1Api(client).readNamespace(namespace).execute()))
                .map(there -> there.getMetadata().getDeletionTimestamp() != null)
                .orElse(true);
    }

    /** They hold in every namespace, also in those of the other tests. */
    private static void takeBackRightsOverTeams() throws ApiException {
        for (String binding : List.of("artemis-worker", "artemis-worker-removes")) {
            new RbacAuthorizationV1Api(client).deleteClusterRoleBinding(binding).execute();
        }
    }

    private Path workersKubeconfig() throws ApiException, IOException {
        String token = new CoreV1Api(client)
                .createNamespacedServiceAccountToken(
                        "artemis-worker",
                        PLATFORM,
                        new AuthenticationV1TokenRequest()
                                .spec(new V1TokenRequestSpec()
                                        .audiences(List.of())
                                        .expirationSeconds(3_600L)))
                .execute()
                .getStatus()
                .getToken();
        KubeConfig admin;
        try (Reader reader = Files.newBufferedReader(
                Path.of(TestCluster.settings(RUNS, Map.of()).kubeconfig()))) {
            admin = KubeConfig.loadKubeConfig(reader);
        }
        String authority = admin.getCertificateAuthorityFile() == null
                ? "certificate-authority-data: " + admin.getCertificateAuthorityData()
                : "certificate-authority: " + admin.getCertificateAuthorityFile();
        return Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "%s", %s}}]
                users: [{name: u, user: {token: "%s"}}]
                contexts: [{name: x, context: {cluster: c, user: u}}]
                current-context: x
                """.formatted(client.getBasePath(), authority, token));
    }

    private static void made(ClusterCalls.Request<?> create) {
        try {
            ClusterCalls.called("create", create);
        } catch (ClusterFault fault) {
            assertThat(fault.kind()).isEqualTo(ClusterFault.Kind.CONFLICT);
        }
    }

    private static boolean known(Sent sent) throws IOException {
        try (Response response = send(
                new Request.Builder().url(client.getBasePath() + sent.group()).get())) {
            return response.isSuccessful() && response.body().string().contains("\"kind\":\"" + sent.kind() + "\"");
        }
    }

    private static int post(Sent sent, boolean dry) throws IOException {
        try (Response response = send(new Request.Builder()
                .url(client.getBasePath() + sent.path() + (dry ? "?dryRun=All" : ""))
                .post(RequestBody.create(sent.json(), MediaType.get("application/json"))))) {
            if (response.code() >= 400 && response.code() != 409) {
                throw new AssertionError(sent.kind() + ": " + response.body().string());
            }
            return response.code();
        }
    }

    /** Whatever rights an earlier version of us left there. */
    private static void apply(Sent sent) throws IOException {
        if (post(sent, false) == 409 && sent.kind().endsWith("Role")) {
            String name = String.valueOf(((io.kubernetes.client.common.KubernetesObject) Yaml.load(sent.json()))
                    .getMetadata()
                    .getName());
            try (Response response = send(new Request.Builder()
                    .url(client.getBasePath() + sent.path() + "/" + name)
                    .put(RequestBody.create(sent.json(), MediaType.get("application/json"))))) {
                assertThat(response.code()).as(sent.kind() + " " + name).isEqualTo(200);
            }
        }
    }

    private static Response send(Request.Builder request) throws IOException {
        return client.getHttpClient().newCall(request.build()).execute();
    }

    /** An object on its way to the test's own namespaces. */
    private record Sent(String apiVersion, String kind, boolean namespaced, String json, String namespace) {

        static Sent of(Map<String, Object> object) throws IOException {
            return of(new org.yaml.snakeyaml.Yaml().dumpAsMap(object));
        }

        static Sent of(Manifests.Manifest manifest) throws IOException {
            return of(manifest.yaml());
        }

        private static Sent of(String yaml) throws IOException {
            String moved = yaml.replaceAll("(?m)^(  namespace: )artemis-runs$", "$1" + RUNS)
                    .replaceAll("(?m)^(  namespace: )artemis$", "$1" + PLATFORM)
                    .replaceAll(
                            "(?m)^  name: artemis-runs$(?=\\n  labels:\\n    app.kubernetes.io/managed-by: artemis\\n    #)",
                            "  name: " + RUNS);
            Object object = Yaml.load(moved);
            var known = (io.kubernetes.client.common.KubernetesObject) object;
            String namespace = known.getMetadata().getNamespace();
            return new Sent(
                    known.getApiVersion(),
                    known.getKind(),
                    namespace != null,
                    JSON.getGson().toJson(object),
                    namespace == null ? "" : namespace);
        }

        String group() {
            return apiVersion.contains("/") ? "/apis/" + apiVersion : "/api/" + apiVersion;
        }

        String path() {
            String lower = kind.toLowerCase(Locale.ROOT);
            String plural = lower.endsWith("y")
                    ? lower.substring(0, lower.length() - 1) + "ies"
                    : lower.endsWith("s") ? lower + "es" : lower + "s";
            return group() + (namespaced ? "/namespaces/" + namespace : "") + "/" + plural;
        }
    }
}
