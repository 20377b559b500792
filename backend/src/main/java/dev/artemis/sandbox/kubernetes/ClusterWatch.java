package dev.artemis.sandbox.kubernetes;

import com.google.gson.reflect.TypeToken;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1JobList;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodList;
import io.kubernetes.client.util.Watch;
import java.io.IOException;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import okhttp3.Call;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a picture of our Jobs and pods: lists, then watches, and lists again when a watch ends, which each does after {@link
 * ClusterClients#WATCH_TIMEOUT}, and is broken off a little later where it does not. So a watch that is lost, silent, told "Gone" (client-java#2151,
 * #1533) or leaves anything out strands a run for a minute at most.
 */
final class ClusterWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterWatch.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** A watch that ends sooner was no watch. */
    private static final Duration LIVED = Duration.ofSeconds(1);

    private final ClusterCalls calls;
    private final Consumer<String> changed;
    private final Map<String, V1Job> jobs = new ConcurrentHashMap<>();
    private final Map<String, V1Pod> pods = new ConcurrentHashMap<>();
    private final List<Thread> threads;
    private final Map<String, Unseen> unseen = new ConcurrentHashMap<>();

    private volatile boolean closed;

    /** @param changed is told the name of each run of which anything has changed; must not block */
    ClusterWatch(ClusterCalls calls, Consumer<String> changed) {
        this.calls = calls;
        this.changed = changed;
        this.threads = List.of(
                Thread.ofVirtual()
                        .name("watch-jobs")
                        .unstarted(() -> keep(new Kind<>(
                                "Jobs",
                                jobs,
                                () -> {
                                    V1JobList list = calls.jobs();
                                    return new Listed<>(
                                            list.getItems(), list.getMetadata().getResourceVersion());
                                },
                                calls::watchJobs,
                                new TypeToken<Watch.Response<V1Job>>() {}.getType(),
                                job -> job.getMetadata().getName()))),
                Thread.ofVirtual()
                        .name("watch-pods")
                        .unstarted(() -> keep(new Kind<>(
                                "pods",
                                pods,
                                () -> {
                                    V1PodList list = calls.pods();
                                    return new Listed<>(
                                            list.getItems(), list.getMetadata().getResourceVersion());
                                },
                                calls::watchPods,
                                new TypeToken<Watch.Response<V1Pod>>() {}.getType(),
                                ClusterWatch::runOf))));
    }

    void open() {
        threads.forEach(Thread::start);
    }

    Picture picture(String run) {
        return new Picture(
                Optional.ofNullable(jobs.get(run)),
                pods.values().stream().filter(pod -> runOf(pod).equals(run)).toList());
    }

    /** Pods of ours that are no Job's: it was deleted and they were told to stay, so that nothing takes them away. */
    List<V1Pod> strays() {
        return pods.values().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .filter(pod -> pod.getMetadata().getOwnerReferences() == null
                        || pod.getMetadata().getOwnerReferences().isEmpty())
                .toList();
    }

    /** That the cluster does not answer. @param why what came of the last try, such as "list Jobs: status 401, Unauthorized" */
    record Lost(Duration duration, String why) {}

    /** Empty where it answers; of several kinds that are not seen the one that is missed for longest. */
    Optional<Lost> lost() {
        long now = System.nanoTime();
        return unseen.values().stream()
                .map(one -> new Lost(Duration.ofNanos(now - one.since()), one.why()))
                .max(Comparator.comparing(Lost::duration));
    }

    static String runOf(V1Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        return labels == null ? "" : labels.getOrDefault(RunLabels.JOB_NAME, "");
    }

    @Override
    public void close() {
        closed = true;
        threads.forEach(Thread::interrupt);
    }

    /** A kind that is not seen at the moment. @param since in the clock of System.nanoTime */
    private record Unseen(long since, String why) {}

    private record Listed<T>(List<T> items, String version) {}

    /** One kind of object: where it is kept, and how it is asked for. */
    private record Kind<T extends KubernetesObject>(
            String name,
            Map<String, T> kept,
            Supplier<Listed<T>> list,
            Function<String, Call> watch,
            Type type,
            Function<T, String> run) {}

    private <T extends KubernetesObject> void keep(Kind<T> kind) {
        Duration pause = FIRST_PAUSE;
        while (!closed) {
            long began = System.nanoTime();
            try {
                Listed<T> list = kind.list().get();
                replace(kind, list.items());
                watch(kind, list.version());
            } catch (Exception e) {
                // whatever it is, the answer is to list again; the HTTP client throws InterruptedException unannounced
                if (closed) {
                    return;
                }
                String why = e instanceof ApiException said
                        ? ClusterFault.of("watch " + kind.name(), said).getMessage()
                        : String.valueOf(e.getMessage());
                unseen.merge(
                        kind.name(),
                        new Unseen(System.nanoTime(), why),
                        (before, now) -> new Unseen(before.since(), now.why()));
                LOG.warn("watch lost kind={} why={}", kind.name(), why);
            }
            // one that lived has earned another at once; one that did not would be asked for without end
            pause = System.nanoTime() - began < LIVED.toNanos() ? slept(pause) : FIRST_PAUSE;
        }
    }

    /** Sleeps about that long, so that not all workers come at once, and returns how long the next time. */
    private static Duration slept(Duration pause) {
        try {
            Thread.sleep(pause.multipliedBy(ThreadLocalRandom.current().nextInt(50, 101))
                    .dividedBy(100));
        } catch (InterruptedException e) {
            // closed: the loop looks
            return pause;
        }
        return pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
    }

    private <T extends KubernetesObject> void replace(Kind<T> kind, List<T> items) {
        Set<String> runs = new HashSet<>();
        Set<String> there = new HashSet<>();
        for (T item : items) {
            String key = key(item.getMetadata());
            there.add(key);
            T before = kind.kept().put(key, item);
            if (before == null || !version(before).equals(version(item))) {
                runs.add(kind.run().apply(item));
            }
        }
        kind.kept().entrySet().removeIf(entry -> {
            boolean gone = !there.contains(entry.getKey());
            if (gone) {
                runs.add(kind.run().apply(entry.getValue()));
            }
            return gone;
        });
        runs.forEach(changed);
    }

    private <T extends KubernetesObject> void watch(Kind<T> kind, String version)
            throws IOException, io.kubernetes.client.openapi.ApiException {
        try (Watch<T> watch = Watch.createWatch(calls.watching(), kind.watch().apply(version), kind.type())) {
            // only who may watch, and not list alone, sees what happens
            if (unseen.remove(kind.name()) != null) {
                LOG.info("watch again kind={}", kind.name());
            }
            while (!closed && watch.hasNext()) {
                Watch.Response<T> event = watch.next();
                switch (event.type) {
                    case "ADDED", "MODIFIED" -> {
                        kind.kept().put(key(event.object.getMetadata()), event.object);
                        changed.accept(kind.run().apply(event.object));
                    }
                    case "DELETED" -> {
                        kind.kept().remove(key(event.object.getMetadata()));
                        changed.accept(kind.run().apply(event.object));
                    }
                    // an error, above all 410 Gone: list again
                    default -> {
                        return;
                    }
                }
            }
        }
    }

    /** Jobs by name, pods by their id: a name may come again. */
    private static String key(V1ObjectMeta metadata) {
        String owner =
                metadata.getLabels() == null ? null : metadata.getLabels().get(RunLabels.JOB_NAME);
        String key = owner == null ? metadata.getName() : metadata.getUid();
        return key == null ? "" : key;
    }

    private static String version(KubernetesObject object) {
        String version = object.getMetadata().getResourceVersion();
        return version == null ? "" : version;
    }
}
