package dev.artemis.e2e.bench;

import com.google.gson.reflect.TypeToken;
import dev.artemis.e2e.Cluster;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.BatchV1Api;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1JobList;
import io.kubernetes.client.util.Watch;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Says when each Job was created and when it completed, as one watch of the cluster sees both: ours and bare ones alike. */
final class JobArrivals implements AutoCloseable {

    private static final String RUNS = "app.kubernetes.io/name=artemis-run";

    private final Cluster cluster;
    private final Consumer<V1Job> onCreated;
    private final Map<String, Long> created = new ConcurrentHashMap<>();
    private final Map<String, Long> completed = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile boolean closed;

    /** @param onCreated told each Job as soon as it is seen, on the watch's thread */
    JobArrivals(Cluster cluster, Consumer<V1Job> onCreated) {
        this.cluster = cluster;
        this.onCreated = onCreated;
        this.thread = Thread.ofPlatform().name("job-arrivals").daemon().start(this::look);
    }

    /** When a Job was seen first, by {@link System#nanoTime()}; waits for it. */
    long created(String job) throws InterruptedException {
        return when(created, job);
    }

    /** When a Job was seen to have succeeded; waits for it. */
    long completed(String job) throws InterruptedException {
        return when(completed, job);
    }

    private synchronized long when(Map<String, Long> times, String job) throws InterruptedException {
        while (!times.containsKey(job)) {
            wait();
        }
        return times.getOrDefault(job, 0L);
    }

    private void look() {
        while (!closed) {
            try {
                BatchV1Api batch = new BatchV1Api(cluster.client());
                V1JobList list =
                        batch.listJobForAllNamespaces().labelSelector(RUNS).execute();
                list.getItems().forEach(this::note);
                var call = batch.listJobForAllNamespaces()
                        .labelSelector(RUNS)
                        .resourceVersion(list.getMetadata().getResourceVersion())
                        .watch(true)
                        .buildCall(null);
                try (Watch<V1Job> watch = Watch.createWatch(
                        cluster.client(), call, new TypeToken<Watch.Response<V1Job>>() {}.getType())) {
                    for (Watch.Response<V1Job> event : watch) {
                        if (event.object != null) {
                            note(event.object);
                        }
                    }
                }
            } catch (ApiException | IOException | RuntimeException e) {
                if (!closed) {
                    System.out.println("the watch ended, and begins anew: " + e.getMessage());
                }
            }
        }
    }

    private void note(V1Job job) {
        long now = System.nanoTime();
        String name = String.valueOf(job.getMetadata().getName());
        if (created.putIfAbsent(name, now) == null) {
            onCreated.accept(job);
        }
        if (job.getStatus() != null && job.getStatus().getCompletionTime() != null) {
            completed.putIfAbsent(name, now);
        }
        synchronized (this) {
            notifyAll();
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
