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
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Watches all pods of an installation's runs and remembers in which of them a program's container was started. A watch that ends is
 * resumed where it was, so that no state of any pod is missed; it begins anew only where the cluster does not know that place any more.
 */
final class Witness implements AutoCloseable {

    private final Cluster cluster;
    private final CoreV1Api core;
    private final Map<String, Set<String>> startedPods = new ConcurrentHashMap<>();
    private final Thread thread;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final AtomicInteger beginnings = new AtomicInteger();
    private volatile boolean closed;

    /** The version of what was seen last; empty where nothing was. Of the one thread that looks. */
    private String seen = "";

    Witness(Cluster cluster) {
        this.cluster = cluster;
        this.core = new CoreV1Api(cluster.client());
        this.thread = Thread.ofPlatform().name("witness").daemon().start(this::look);
    }

    /** The pods that started a container, by Job, that is by run and attempt. */
    Map<String, Set<String>> startedPods() {
        return new TreeMap<>(startedPods);
    }

    /** How often the watch began, and what came and went before each is not known: once, where all was seen. */
    int beginnings() {
        return beginnings.get();
    }

    private void look() {
        while (!closed) {
            try {
                if (seen.isEmpty()) {
                    begin();
                }
                watch(seen);
            } catch (ApiException e) {
                if (e.getCode() == HttpURLConnection.HTTP_GONE) {
                    seen = "";
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            } catch (IOException | RuntimeException e) {
                // the watch ended: on from where it was
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private void begin() throws ApiException {
        V1PodList list =
                core.listPodForAllNamespaces().labelSelector(cluster.selector()).execute();
        list.getItems().forEach(this::note);
        seen = String.valueOf(list.getMetadata().getResourceVersion());
        beginnings.incrementAndGet();
    }

    private void watch(String from) throws ApiException, IOException {
        var call = core.listPodForAllNamespaces()
                .labelSelector(cluster.selector())
                .resourceVersion(from)
                .allowWatchBookmarks(true)
                .watch(true)
                .buildCall(null);
        try (Watch<V1Pod> watch =
                Watch.createWatch(cluster.client(), call, new TypeToken<Watch.Response<V1Pod>>() {}.getType())) {
            for (Watch.Response<V1Pod> event : watch) {
                if (event.object == null) {
                    boolean gone =
                            event.status == null || Objects.equals(event.status.getCode(), HttpURLConnection.HTTP_GONE);
                    seen = gone ? "" : seen;
                    return;
                }
                // a bookmark is a pod without a state
                note(event.object);
                seen = String.valueOf(event.object.getMetadata().getResourceVersion());
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
