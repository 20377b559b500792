package dev.artemis.sandbox.kubernetes;

import static dev.artemis.sandbox.kubernetes.Rendered.list;
import static dev.artemis.sandbox.kubernetes.Rendered.map;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.common.KubernetesObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;
import org.yaml.snakeyaml.Yaml;

/** The overlays as an operator applies them: what the processes are told, and by whom. */
class RenderedTest {

    private static final Path OVERLAYS = Path.of("../k8s/overlays");
    private static final Path SETTINGS = Path.of("src/main/resources/application.yaml");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(ARTEMIS_[A-Z_]+):");

    @Test
    void pagesAreReachedWhereTheIngressIsAndItsControllerIsBelieved() {
        List<Map<String, Object>> objects = Rendered.of(OVERLAYS.resolve("production"));
        Map<String, Object> told = told(objects);
        Set<String> hosts = new TreeSet<>();
        objects.stream()
                .filter(object -> Rendered.kind(object).equals("Ingress"))
                .flatMap(ingress -> list(map(ingress.get("spec")).get("rules")).stream())
                .forEach(rule -> hosts.add(Rendered.text(map(rule), "host")));

        assertThat(hosts).hasSize(1);
        assertThat(told.get("ARTEMIS_PUBLIC_URL"))
                .isEqualTo("https://" + hosts.iterator().next());
        assertThat(Rendered.text(told, "ARTEMIS_TRUSTED_PROXIES")).matches("[0-9./,]+");
    }

    @Test
    void everyProcessScalesIsDrainedAndOutlivesANode() {
        List<Map<String, Object>> objects = Rendered.of(OVERLAYS.resolve("production"));
        List<String> processes = List.of("artemis-api", "artemis-ui", "artemis-worker");

        assertThat(ofKind(objects, "Deployment"))
                .extracting(Rendered::name)
                .containsExactlyInAnyOrderElementsOf(processes);
        assertThat(ofKind(objects, "PodDisruptionBudget"))
                .extracting(Rendered::name)
                .containsExactlyInAnyOrderElementsOf(processes);
        assertThat(ofKind(objects, "HorizontalPodAutoscaler"))
                .extracting(scaler ->
                        map(map(scaler.get("spec")).get("scaleTargetRef")).get("name"))
                .containsExactlyInAnyOrderElementsOf(processes);
        assertThat(ofKind(objects, "Deployment")).allSatisfy(deployment -> {
            assertThat(map(deployment.get("spec")))
                    .as("what scales says how many")
                    .doesNotContainKey("replicas");
            Map<String, Object> pod =
                    map(map(map(deployment.get("spec")).get("template")).get("spec"));
            Map<String, Object> container = map(list(pod.get("containers")).getFirst());
            List<Object> sleep =
                    list(map(map(map(container.get("lifecycle")).get("preStop")).get("exec"))
                            .get("command"));
            assertThat(number(pod, "terminationGracePeriodSeconds"))
                    .isGreaterThan(2 * Integer.parseInt(String.valueOf(sleep.getLast())));
            assertThat(container).containsKeys("startupProbe", "livenessProbe", "readinessProbe");
        });
    }

    @Test
    void aBrowserComesBackToItsProcessAndMayBringFiles() {
        List<Map<String, Object>> objects = Rendered.of(OVERLAYS.resolve("production"));

        Map<String, Object> service = ofKind(objects, "Service").stream()
                .filter(each -> Rendered.name(each).equals("artemis-ui"))
                .findFirst()
                .orElseThrow();
        assertThat(map(service.get("spec"))).containsEntry("sessionAffinity", "ClientIP");
        assertThat(ofKind(objects, "Ingress")).allSatisfy(ingress -> {
            Map<String, Object> told = map(map(ingress.get("metadata")).get("annotations"));
            int most = Integer.parseInt(Rendered.text(told, "nginx.ingress.kubernetes.io/proxy-body-size")
                    .replace("m", ""));
            assertThat(most).as("a provider's bill is the largest").isGreaterThanOrEqualTo(16);
        });
        assertThat(ofKind(objects, "Ingress").stream()
                        .filter(each -> Rendered.name(each).equals("artemis-ui"))
                        .map(each -> map(map(each.get("metadata")).get("annotations")))
                        .findFirst()
                        .orElseThrow())
                .containsEntry("nginx.ingress.kubernetes.io/affinity", "cookie");
    }

    @Test
    void theMigrationsCommandIsAProgramOfOurs() throws ReflectiveOperationException {
        Map<String, Object> job =
                pods(Rendered.of(OVERLAYS.resolve("production")), Set.of("Job")).getFirst();
        Map<String, Object> container = map(list(job.get("containers")).getFirst());
        List<Object> command = list(container.get("command"));

        assertThat(Class.forName(String.valueOf(command.getLast())).getMethod("main", String[].class))
                .isNotNull();
    }

    @Test
    void theSmallOnePromisesRunsWhatASmallClusterHas() {
        Map<String, Object> told = told(Rendered.of(OVERLAYS.resolve("small")));

        assertThat(number(told, "ARTEMIS_RUNS_CPUMILLICORES")).isLessThanOrEqualTo(4_000);
        assertThat(number(told, "ARTEMIS_RUN_SLOTS")).isLessThanOrEqualTo(20);
    }

    /** Of 100, three are a superuser's. */
    @Test
    void aStockDatabaseHasConnectionsForEveryPodWhileTheyAreReplaced() {
        List<Map<String, Object>> objects = Rendered.of(OVERLAYS.resolve("production"));

        assertThat(connections(objects, "minReplicas")).isLessThanOrEqualTo(100 - 3);
    }

    @Test
    void theReadmeSaysWhatADatabaseNeedsForAsManyPodsAsThereMayBe() throws IOException {
        List<Map<String, Object>> objects = Rendered.of(OVERLAYS.resolve("production"));
        String readme = Files.readString(Path.of("../k8s/README.md"));
        String settings = Files.readString(OVERLAYS.resolve("production/settings.yaml"));
        Matcher said = Pattern.compile("max_connections of (\\d+) or more").matcher(settings);
        assertThat(said.find()).isTrue();

        int most = connections(objects, "maxReplicas");
        assertThat(most).isLessThanOrEqualTo(Integer.parseInt(said.group(1)) - 3);
        assertThat(settings).contains("take up to " + most);
        assertThat(readme)
                .contains(
                        "it is " + most + ": give the server " + said.group(1),
                        "that is\n  " + connections(objects, "minReplicas") + ",");
    }

    /** What has no room in a quota of Jobs is refused by the cluster, and would come back again and again. */
    @Test
    void allWorkersFollowFewerRunsThanTheirNamespaceMayHaveJobs() {
        List<Map<String, Object>> base = Rendered.of(Path.of("../k8s/base"));
        Map<String, Object> scaler = map(ofKind(base, "HorizontalPodAutoscaler").stream()
                .filter(each -> Rendered.name(each).equals("artemis-worker"))
                .findFirst()
                .orElseThrow()
                .get("spec"));
        Map<String, Object> quota = map(map(ofKind(Rendered.of(Path.of("../k8s/sandbox")), "ResourceQuota")
                        .getFirst()
                        .get("spec"))
                .get("hard"));

        // one more while they are replaced
        int workers = number(scaler, "maxReplicas") + 1;
        assertThat(workers * number(told(base), "ARTEMIS_RUN_SLOTS")).isLessThan(number(quota, "count/jobs.batch"));
    }

    @Test
    void theQuotaOfAllRunsHasRoomForWhatHasJustEnded() {
        Map<String, Object> quota = map(map(ofKind(Rendered.of(Path.of("../k8s/sandbox")), "ResourceQuota")
                        .getFirst()
                        .get("spec"))
                .get("hard"));
        Map<String, Object> told = told(Rendered.of(Path.of("../k8s/base")));

        assertHasRoom(
                new KubernetesSettings.Quota(
                        1, String.valueOf(quota.get("limits.cpu")), String.valueOf(quota.get("limits.memory"))),
                Rendered.text(told, "ARTEMIS_RUNS_CPUMILLICORES"),
                Rendered.text(told, "ARTEMIS_RUNS_MEMORY"));
        assertThat(quota.get("requests.cpu")).isEqualTo(quota.get("limits.cpu"));
        assertThat(quota.get("requests.memory")).isEqualTo(quota.get("limits.memory"));
    }

    private static void assertHasRoom(KubernetesSettings.Quota quota, String millicores, String memory) {
        assertThat(new PromisedRoom(
                                Long.parseLong(millicores),
                                DataSize.parse(memory).toBytes())
                        .beside(quota))
                .isEmpty();
    }

    @Test
    void noTeamMayHoldMoreThanTheQuotaOfItsNamespace() throws IOException {
        Map<String, Object> told = told(Rendered.of(OVERLAYS.resolve("production")));
        Map<String, Object> defaults =
                map(map(new Yaml().load(Files.readString(SETTINGS))).get("artemis"));

        assertThat(number(told, "ARTEMIS_RUNS_MAXRUNNINGPERTENANT"))
                .isLessThan(number(told, "ARTEMIS_SANDBOX_KUBERNETES_QUOTA_JOBS"));
        assertHasRoom(
                new KubernetesSettings.Quota(
                        1,
                        Rendered.text(told, "ARTEMIS_SANDBOX_KUBERNETES_QUOTA_CPU"),
                        Rendered.text(told, "ARTEMIS_SANDBOX_KUBERNETES_QUOTA_MEMORY")),
                Rendered.text(told, "ARTEMIS_RUNS_MAXCPUMILLICORESPERTENANT"),
                Rendered.text(told, "ARTEMIS_RUNS_MAXMEMORYPERTENANT"));
        assertThat(number(map(defaults.get("runs")), "max-running-per-tenant"))
                .isLessThan(number(
                        map(map(map(defaults.get("sandbox")).get("kubernetes")).get("quota")), "jobs"));
    }

    /** Of all pods and one more of each kind: that is an upgrade, and what migrates meanwhile. */
    private static int connections(List<Map<String, Object>> objects, String replicas) {
        int pool = number(told(objects), "ARTEMIS_DATABASE_POOLSIZE");
        int all = 2;
        for (Map<String, Object> scaler : ofKind(objects, "HorizontalPodAutoscaler")) {
            Map<String, Object> deployment = ofKind(objects, "Deployment").stream()
                    .filter(each -> Rendered.name(each).equals(Rendered.name(scaler)))
                    .findFirst()
                    .orElseThrow();
            Map<String, Object> rolling =
                    map(map(map(deployment.get("spec")).get("strategy")).get("rollingUpdate"));
            int pods = number(map(scaler.get("spec")), replicas) + number(rolling, "maxSurge");
            int listening = Rendered.name(scaler).equals("artemis-ui") ? 2 : 1;
            all += pods * (pool + listening);
        }
        return all;
    }

    private static List<Map<String, Object>> ofKind(List<Map<String, Object>> objects, String kind) {
        return objects.stream()
                .filter(object -> Rendered.kind(object).equals(kind))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"production", "small"})
    void everyProcessGetsTheOneMasterKeyOrDoesNotStart(String overlay) {
        List<Map<String, Object>> containers = containers(Rendered.of(OVERLAYS.resolve(overlay)));

        assertThat(containers).hasSize(3).allSatisfy(container -> {
            Map<String, Object> from = map(map(list(container.get("env")).stream()
                            .map(Rendered::map)
                            .filter(each -> Rendered.text(each, "name").equals("ARTEMIS_MASTER_KEY"))
                            .findFirst()
                            .orElseThrow()
                            .get("valueFrom"))
                    .get("secretKeyRef"));
            assertThat(from).containsEntry("name", "artemis").containsEntry("key", "ARTEMIS_MASTER_KEY");
            assertThat(from).doesNotContainKey("optional");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"production", "small"})
    void noSecretStandsInAnObjectAndTheReadmeMakesEachThatIsAskedFor(String overlay) throws IOException {
        List<Map<String, Object>> objects = Rendered.of(OVERLAYS.resolve(overlay));
        String readme = Files.readString(Path.of("../k8s/README.md"));

        assertThat(objects).noneMatch(object -> Rendered.kind(object).equals("Secret"));
        assertThat(told(objects).keySet())
                .doesNotContain(
                        "ARTEMIS_MASTER_KEY", "ARTEMIS_ADMIN_KEY", "ARTEMIS_ADMIN_PASSWORD", "ARTEMIS_DATABASE_URL");
        containers(objects)
                .forEach(container -> list(container.get("env")).stream()
                        .map(Rendered::map)
                        .filter(each -> each.containsKey("valueFrom"))
                        .forEach(each -> assertThat(readme).contains("--from-literal=" + each.get("name") + "=")));
    }

    /** A name that no setting has would be refused at the start: here it is told before. */
    @ParameterizedTest
    @ValueSource(strings = {"production", "small"})
    void everyNameIsASettings(String overlay) throws IOException {
        List<Map<String, Object>> objects = Rendered.of(OVERLAYS.resolve(overlay));
        Set<String> named = new TreeSet<>(told(objects).keySet());
        containers(objects)
                .forEach(container ->
                        list(container.get("env")).forEach(each -> named.add(Rendered.text(map(each), "name"))));

        assertThat(known()).containsAll(named);
    }

    /** Patched as they are: a patch may bring what no file has. */
    @ParameterizedTest
    @ValueSource(strings = {"production", "small"})
    void everyObjectIsOneOfTodaysKubernetes(String overlay) throws IOException {
        for (Map<String, Object> object : Rendered.of(OVERLAYS.resolve(overlay))) {
            assertThat(io.kubernetes.client.util.Yaml.load(new Yaml().dump(object)))
                    .isInstanceOf(KubernetesObject.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"production", "small"})
    void theDatabasesAuthorityIsWhereTheReadmeSaysInEveryProcess(String overlay) throws IOException {
        String readme = Files.readString(Path.of("../k8s/README.md"));
        Matcher place = Pattern.compile("sslrootcert=(/\\S+)/([^/' ]+)'").matcher(readme);
        assertThat(place.find()).isTrue();
        Matcher made = Pattern.compile("create secret generic (\\S+) --from-file=(\\S+)=")
                .matcher(readme);
        assertThat(made.find()).isTrue();
        assertThat(made.group(2)).isEqualTo(place.group(2));

        assertThat(pods(Rendered.of(OVERLAYS.resolve(overlay)), Set.of("Deployment", "Job")))
                .hasSize(4)
                .allSatisfy(pod -> {
                    Map<String, Object> volume = named("database-ca", pod.get("volumes"));
                    assertThat(map(volume.get("secret")))
                            .containsEntry("secretName", made.group(1))
                            .containsEntry("optional", true);
                    Map<String, Object> container =
                            map(list(pod.get("containers")).getFirst());
                    assertThat(named("database-ca", container.get("volumeMounts")))
                            .containsEntry("mountPath", place.group(1));
                });
    }

    /** The Job has the time that it may take, and nothing that waits for it is killed meanwhile. */
    @ParameterizedTest
    @ValueSource(strings = {"production", "small"})
    void serversWaitForTheMigrationAsLongAsItMayTake(String overlay) {
        List<Map<String, Object>> objects = Rendered.of(OVERLAYS.resolve(overlay));
        Map<String, Object> job = objects.stream()
                .filter(object -> Rendered.kind(object).equals("Job"))
                .findFirst()
                .orElseThrow();
        int most = number(map(job.get("spec")), "activeDeadlineSeconds");

        assertThat(told(objects)).containsEntry("ARTEMIS_DATABASE_MIGRATE", "false");
        assertThat(containers(objects)).allSatisfy(container -> {
            Map<String, Object> probe = map(container.get("startupProbe"));
            assertThat(number(probe, "periodSeconds") * number(probe, "failureThreshold"))
                    .isGreaterThan(most);
        });
    }

    private static int number(Map<String, Object> of, String name) {
        return Integer.parseInt(Rendered.text(of, name));
    }

    private static Map<String, Object> named(String name, @Nullable Object among) {
        return list(among).stream()
                .map(Rendered::map)
                .filter(each -> name.equals(each.get("name")))
                .findFirst()
                .orElseThrow();
    }

    private static List<Map<String, Object>> pods(List<Map<String, Object>> objects, Set<String> kinds) {
        return objects.stream()
                .filter(object -> kinds.contains(Rendered.kind(object)))
                .map(object -> map(map(map(object.get("spec")).get("template")).get("spec")))
                .toList();
    }

    private static Map<String, Object> told(List<Map<String, Object>> objects) {
        return map(objects.stream()
                .filter(object -> Rendered.kind(object).equals("ConfigMap")
                        && Rendered.name(object).equals("artemis"))
                .findFirst()
                .orElseThrow()
                .get("data"));
    }

    private static List<Map<String, Object>> containers(List<Map<String, Object>> objects) {
        return pods(objects, Set.of("Deployment")).stream()
                .flatMap(pod -> list(pod.get("containers")).stream())
                .map(Rendered::map)
                .toList();
    }

    /** As variables: those that application.yaml names, and each setting in its own name. */
    private static Set<String> known() throws IOException {
        String yaml = Files.readString(SETTINGS);
        Set<String> known = new TreeSet<>();
        Matcher variable = VARIABLE.matcher(yaml);
        while (variable.find()) {
            known.add(variable.group(1));
        }
        flat("artemis", map(map(new Yaml().load(yaml)).get("artemis")), known);
        return known;
    }

    private static void flat(String path, Map<String, Object> settings, Set<String> known) {
        new TreeMap<>(settings).forEach((name, value) -> {
            String own = path + "." + name;
            if (value instanceof Map<?, ?>) {
                flat(own, map(value), known);
            } else {
                known.add(own.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT));
            }
        });
    }
}
