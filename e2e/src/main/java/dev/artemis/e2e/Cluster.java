package dev.artemis.e2e;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.BatchV1Api;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1DeleteOptions;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The cluster itself, asked directly: what one installation's runs have there, in whichever namespace. */
public final class Cluster {

    private static final String RUNS = "app.kubernetes.io/name=artemis-run";

    private static final String CLUSTERS_OWN = "kube-root-ca.crt";

    private final ApiClient client;
    private final String selector;
    private final String namespaces;

    private Cluster(ApiClient client, String selector, String namespaces) {
        this.client = client;
        this.selector = selector;
        this.namespaces = namespaces;
    }

    /**
     * The cluster of a kubeconfig.
     *
     * @param owner the installation's own mark: its setting {@code artemis.sandbox.kubernetes.owner}
     */
    public static Cluster of(Path kubeconfig, String owner) {
        try (Reader reader = Files.newBufferedReader(kubeconfig)) {
            KubeConfig config = KubeConfig.loadKubeConfig(reader);
            config.setFile(kubeconfig.toFile());
            ApiClient client = ClientBuilder.kubeconfig(config).build();
            client.setHttpClient(client.getHttpClient()
                    .newBuilder()
                    .readTimeout(Duration.ZERO)
                    .build());
            String owned = "artemis.dev/owner=" + owner;
            return new Cluster(client, RUNS + "," + owned, owned);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where its API server listens, without a path. */
    public String server() {
        return client.getBasePath();
    }

    public ApiClient client() {
        return client;
    }

    /** Chooses what belongs to the installation's runs. */
    public String selector() {
        return selector;
    }

    /** The same cluster, and the runs of every installation. */
    public Cluster ofEveryOwner() {
        return new Cluster(client, RUNS, "app.kubernetes.io/managed-by=artemis");
    }

    /** Deletes the installation's namespaces of teams, with all that is in them. */
    public void deleteNamespaces() {
        namespaces()
                .forEach(name ->
                        asked(() -> new CoreV1Api(client).deleteNamespace(name).execute()));
    }

    private List<String> namespaces() {
        return asked(() -> new CoreV1Api(client)
                        .listNamespace()
                        .labelSelector(namespaces)
                        .execute())
                .getItems()
                .stream()
                .map(namespace -> String.valueOf(namespace.getMetadata().getName()))
                .toList();
    }

    /** In the installation's namespaces of teams, whatever their labels; without the one that the cluster itself puts into each. */
    public List<V1ConfigMap> configMaps() {
        return namespaces().stream()
                .flatMap(name ->
                        asked(() -> new CoreV1Api(client)
                                        .listNamespacedConfigMap(name)
                                        .execute()
                                        .getItems())
                                .stream())
                .filter(map -> !CLUSTERS_OWN.equals(map.getMetadata().getName()))
                .toList();
    }

    public List<V1Job> jobs() {
        return asked(() -> new BatchV1Api(client)
                .listJobForAllNamespaces()
                .labelSelector(selector)
                .execute()
                .getItems());
    }

    public List<V1Pod> pods() {
        return asked(() -> new CoreV1Api(client)
                .listPodForAllNamespaces()
                .labelSelector(selector)
                .execute()
                .getItems());
    }

    /** Inputs of runs. */
    public List<V1Secret> secrets() {
        return asked(() -> new CoreV1Api(client)
                .listSecretForAllNamespaces()
                .labelSelector(selector)
                .execute()
                .getItems());
    }

    /** Deletes a pod at once, as if its node had gone; false if it is not there any more. */
    public boolean delete(V1Pod pod) {
        return deleted(() -> new CoreV1Api(client)
                .deleteNamespacedPod(
                        pod.getMetadata().getName(), pod.getMetadata().getNamespace())
                .gracePeriodSeconds(0)
                .execute());
    }

    /** Deletes a Job with its pods; false if it is not there any more. */
    public boolean delete(V1Job job) {
        return deleted(() -> new BatchV1Api(client)
                .deleteNamespacedJob(
                        job.getMetadata().getName(), job.getMetadata().getNamespace())
                .body(new V1DeleteOptions().propagationPolicy("Background"))
                .execute());
    }

    private static boolean deleted(Question<?> question) {
        return asked(() -> {
            try {
                question.ask();
                return true;
            } catch (ApiException e) {
                if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                    return false;
                }
                throw e;
            }
        });
    }

    /** A call of the generated client. */
    @FunctionalInterface
    public interface Question<T> {
        T ask() throws ApiException;
    }

    /** The answer; a fault is an error that shows what the cluster said. */
    public static <T> T asked(Question<T> question) {
        try {
            return question.ask();
        } catch (ApiException e) {
            throw new IllegalStateException("the cluster says " + e.getCode() + ": " + e.getResponseBody(), e);
        }
    }
}
