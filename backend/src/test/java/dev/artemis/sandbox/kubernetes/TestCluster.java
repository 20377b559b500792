package dev.artemis.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The real cluster that tests may use: the one of ARTEMIS_TEST_KUBECONFIG, else of KUBECONFIG. Without one a test is aborted, and says so. */
final class TestCluster {

    private static final String IMAGE = "localhost/python:test";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private TestCluster() {}

    static KubernetesSettings settings(String namespace, Map<String, String> more) {
        Map<String, String> said = new HashMap<>(Map.of(
                "kubeconfig", kubeconfig(),
                "namespace", namespace,
                "image", environment("ARTEMIS_TEST_IMAGE", IMAGE)));
        said.putAll(more);
        return SomeSettings.with(said);
    }

    /** Inputs of runs, in all namespaces. What we run with may not even list them. */
    static List<V1Secret> inputs(ClusterClients clients, KubernetesSettings settings) {
        return ClusterCalls.called(
                "list Secrets",
                () -> new CoreV1Api(clients.calls())
                        .listSecretForAllNamespaces()
                        .labelSelector(RunLabels.selector(settings.owner()))
                        .execute()
                        .getItems());
    }

    /** Waits, with patience that has an end. */
    static void until(BooleanSupplier condition) throws InterruptedException {
        untilNoneOf(() -> condition.getAsBoolean() ? List.of() : List.of("what is waited for"));
    }

    /** The same, until nothing is left: the error names what is. */
    static void untilNoneOf(Supplier<List<String>> left) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (List<String> names = left.get(); !names.isEmpty(); names = left.get()) {
            assertThat(System.nanoTime()).as("stayed 2 minutes: " + names).isLessThan(deadline);
            Thread.sleep(100);
        }
    }

    /** Whether something stays as it is for that long. */
    static boolean holdsFor(Duration time, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < deadline) {
            if (!condition.getAsBoolean()) {
                return false;
            }
            Thread.sleep(100);
        }
        return true;
    }

    private static String kubeconfig() {
        String file = Stream.of("ARTEMIS_TEST_KUBECONFIG", "KUBECONFIG")
                .map(name -> environment(name, ""))
                .filter(value -> !value.isBlank())
                .findFirst()
                .orElse("");
        Assumptions.assumeFalse(
                file.isBlank(),
                "no cluster: set ARTEMIS_TEST_KUBECONFIG or KUBECONFIG (./artemis cluster up makes one)");
        Assumptions.assumeTrue(Files.isReadable(Path.of(file)), "no cluster: " + file + " cannot be read");
        return file;
    }

    private static String environment(String name, String otherwise) {
        String value = System.getenv(name);
        return value == null || value.isBlank() ? otherwise : value;
    }
}
