package dev.artemis.e2e.faults;

import com.google.gson.reflect.TypeToken;
import dev.artemis.e2e.Cluster;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1ContainerStatus;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodList;
import io.kubernetes.client.util.Watch;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Watches all pods of an installation's runs and remembers in which of them a program's container was started. */
final class Witness implements AutoCloseable {

    private final Cluster cluster;
    private final Map<String, Set<String>> startedPods = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile boolean closed;

    Witness(Cluster cluster) {
        this.cluster = cluster;
        this.thread = Thread.ofPlatform().name("witness").daemon().start(this::look);
    }

    /** The pods that started a container, by Job, that is by run and attempt. */
    Map<String, Set<String>> startedPods() {
        return new TreeMap<>(startedPods);
    }

    private void look() {
        while (!closed) {
            try {
                CoreV1Api core = new CoreV1Api(cluster.client());
                V1PodList list = core.listPodForAllNamespaces()
                        .labelSelector(cluster.selector())
                        .execute();
                list.getItems().forEach(this::note);
                var call = core.listPodForAllNamespaces()
                        .labelSelector(cluster.selector())
                        .resourceVersion(list.getMetadata().getResourceVersion())
                        .watch(true)
                        .buildCall(null);
                try (Watch<V1Pod> watch = Watch.createWatch(
                        cluster.client(), call, new TypeToken<Watch.Response<V1Pod>>() {}.getType())) {
                    for (Watch.Response<V1Pod> event : watch) {
                        if (event.object != null) {
                            note(event.object);
                        }
                    }
                }
            } catch (ApiException | IOException | RuntimeException e) {
                // the watch ended: again
            }
        }
    }

    private void note(V1Pod pod) {
        if (pod.getStatus() == null || pod.getStatus().getContainerStatuses() == null) {
            return;
        }
        for (V1ContainerStatus container : pod.getStatus().getContainerStatuses()) {
            var state = container.getState();
            if (state != null && (state.getRunning() != null || state.getTerminated() != null)) {
                startedPods
                        .computeIfAbsent(
                                pod.getMetadata().getLabels().get("job-name"), job -> ConcurrentHashMap.newKeySet())
                        .add(pod.getMetadata().getUid());
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
