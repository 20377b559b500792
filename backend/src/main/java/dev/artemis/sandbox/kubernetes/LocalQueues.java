package dev.artemis.sandbox.kubernetes;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.apis.CustomObjectsApi;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kueue's queues in the namespaces of runs, which let Jobs go (ADR-0071): a Job whose namespace has none of its queue's name waits for ever. They are
 * read and made as they are written; nothing else of Kueue is known here.
 */
final class LocalQueues {

    static final String GROUP = "kueue.x-k8s.io";
    static final String RESOURCE = "localqueues";

    private static final Logger LOG = LoggerFactory.getLogger(LocalQueues.class);

    /** The newest first: Kueue 0.20 does not know the older any more, and old ones do not know the newer. */
    private static final List<String> VERSIONS = List.of("v1beta2", "v1beta1");

    private final CustomObjectsApi api;
    private final KubernetesSettings settings;

    LocalQueues(ApiClient client, KubernetesSettings settings) {
        this.api = new CustomObjectsApi(client);
        this.settings = settings;
    }

    /** One that is there. @param halted why it lets no Job go; empty: it does, or does not say */
    record LocalQueue(Optional<String> halted) {}

    /** Empty where there is none of that name in the namespace, or no Kueue. Throws a {@link ClusterFault}. */
    Optional<LocalQueue> find(String namespace, String name) {
        for (String version : VERSIONS) {
            Optional<Object> found = ClusterCalls.found(() -> ClusterCalls.called(
                    "read LocalQueue " + name,
                    () -> api.getNamespacedCustomObject(GROUP, version, namespace, RESOURCE, name)
                            .execute()));
            if (found.isPresent()) {
                return Optional.of(new LocalQueue(halted(found.get())));
            }
        }
        return Optional.empty();
    }

    /**
     * Makes the queue of a namespace where it is missing and we may; does nothing where no queue is set.
     *
     * @throws IllegalStateException it is missing, and an operator has to make it
     */
    void ensure(String namespace) {
        settings.queue().filter(name -> find(namespace, name).isEmpty()).ifPresent(name -> make(namespace, name));
    }

    private void make(String namespace, String name) {
        String clusterQueue = settings.ownClusterQueue()
                .orElseThrow(() -> new IllegalStateException(
                        "there is no LocalQueue %s in namespace %s, and Jobs would wait for ever: make it, or change artemis.sandbox.kubernetes.queue-name"
                                .formatted(name, namespace)));
        for (String version : VERSIONS) {
            try {
                ClusterCalls.called(
                        "create LocalQueue " + name,
                        () -> api.createNamespacedCustomObject(
                                        GROUP, version, namespace, RESOURCE, object(version, name, clusterQueue))
                                .execute());
                LOG.info("made object=LocalQueue {} namespace={}", name, namespace);
                return;
            } catch (ClusterFault fault) {
                switch (fault.kind()) {
                    // another instance was faster
                    case CONFLICT -> {
                        return;
                    }
                    case NOT_FOUND -> LOG.debug("not known to this Kueue version={}", version);
                    case UNREACHABLE, BUSY, FORBIDDEN, QUOTA, INVALID, OTHER -> throw fault;
                }
            }
        }
        throw new IllegalStateException("there is no Kueue in the cluster that knows a LocalQueue: install it, or leave"
                + " artemis.sandbox.kubernetes.queue-name empty");
    }

    private static Map<String, Object> object(String version, String name, String clusterQueue) {
        return Map.of(
                "apiVersion",
                GROUP + "/" + version,
                "kind",
                "LocalQueue",
                "metadata",
                Map.of("name", name, "labels", NamespaceObjects.LABELS),
                "spec",
                Map.of("clusterQueue", clusterQueue));
    }

    /** Its condition Active says so where its ClusterQueue is missing or stopped. */
    private static Optional<String> halted(Object queue) {
        return conditions(queue)
                .filter(condition -> "Active".equals(condition.get("type")) && "False".equals(condition.get("status")))
                .map(condition -> String.valueOf(
                        condition.get("message") == null ? condition.get("reason") : condition.get("message")))
                .findFirst();
    }

    private static Stream<Map<?, ?>> conditions(Object queue) {
        return field(field(queue, "status"), "conditions") instanceof List<?> all
                ? all.stream().filter(Map.class::isInstance).map(each -> (Map<?, ?>) each)
                : Stream.empty();
    }

    private static @Nullable Object field(@Nullable Object object, String name) {
        return object instanceof Map<?, ?> fields ? fields.get(name) : null;
    }
}
