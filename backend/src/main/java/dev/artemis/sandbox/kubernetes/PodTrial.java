package dev.artemis.sandbox.kubernetes;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.apis.BatchV1Api;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.apis.NetworkingV1Api;
import io.kubernetes.client.openapi.models.V1DeleteOptions;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodCondition;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries whether the network plugin enforces the deny-all policy: with two pods under it, of which one listens and the other calls (ADR-0053); and with the
 * second whether pods may have users of their own (ADR-0054), and whom the kernel ends for memory there (ADR-0078). Needs no right that a run does not need. Removes what it made, and what an earlier one
 * left that died.
 */
final class PodTrial {

    private static final Logger LOG = LoggerFactory.getLogger(PodTrial.class);
    private static final Duration PAUSE = Duration.ofMillis(200);

    /** For a pod whose image is there: another of it runs. */
    private static final Duration USERS_PATIENCE = Duration.ofSeconds(40);

    private static final Duration LEFT_BEHIND = Duration.ofMinutes(10);

    private final Clock clock = Clock.systemUTC();
    private final KubernetesSettings settings;
    private final Cluster cluster;
    private final boolean triesUsers;
    private final Duration patience;
    private final BatchV1Api batch;
    private final CoreV1Api core;
    private final NetworkingV1Api networking;

    /**
     * A trial of pods as they are made there.
     *
     * @param triesUsers whether a pod with users of its own is tried too; the runner's ConfigMap must be there
     * @param patience for each pod, its image included
     */
    PodTrial(ApiClient client, KubernetesSettings settings, Cluster cluster, boolean triesUsers, Duration patience) {
        this.triesUsers = triesUsers;
        this.settings = settings;
        this.cluster = cluster;
        this.patience = patience;
        this.batch = new BatchV1Api(client);
        this.core = new CoreV1Api(client);
        this.networking = new NetworkingV1Api(client);
    }

    /** In a namespace that is there with all that holds its pods. What the cluster refuses is told as {@link NetworkSight.Unknown}. */
    PodSight in(String namespace) throws InterruptedException {
        byte[] mark = new byte[5];
        ThreadLocalRandom.current().nextBytes(mark);
        TrialPods pods =
                new TrialPods(settings, cluster, namespace, HexFormat.of().formatHex(mark));
        try {
            sweep(namespace);
            if (!isClosed(namespace)) {
                return new PodSight(
                        new NetworkSight.Unshut("the NetworkPolicy " + NamespaceObjects.NETWORK_POLICY
                                + " is missing in namespace " + namespace + ", or somebody opened it"),
                        UserSight.UNTRIED);
            }
            PodSight sight = tried(pods);
            LOG.info("pods tried namespace={} sight={}", namespace, sight);
            return sight;
        } catch (ClusterFault fault) {
            return unknown(fault.getMessage());
        } finally {
            List.of(pods.peerName(), pods.triesName(), pods.own().triesName()).forEach(name -> delete(namespace, name));
        }
    }

    private static PodSight unknown(String why) {
        return new PodSight(new NetworkSight.Unknown(why), UserSight.UNTRIED);
    }

    private PodSight tried(TrialPods pods) throws InterruptedException {
        create(pods.peer());
        Optional<V1Pod> peer = awaited(pods.namespace(), pods.peerName(), patience, PodTrial::isReady);
        if (peer.isEmpty()) {
            return unknown(
                    "no pod listens after " + patience.toSeconds() + " s" + why(pods.namespace(), pods.peerName()));
        }
        String address = String.valueOf(peer.get().getStatus().getPodIP());
        UserSight users = UserSight.UNTRIED;
        if (triesUsers) {
            Optional<String> said = Optional.empty();
            if (keepsHostUsers(create(pods.own().tries(address)))) {
                said = said(pods.own(), USERS_PATIENCE);
                users = said.map(UserSight::of)
                        .orElseGet(() -> isPlaced(pods.own()) ? UserSight.NOT_STARTED : UserSight.UNTRIED);
            } else {
                users = UserSight.DROPPED;
                said = said(pods.own(), patience);
            }
            // whoever was not started has tried nothing
            if (said.filter(words -> UserSight.of(words) != UserSight.NOT_STARTED)
                    .isPresent()) {
                return new PodSight(NetworkSight.of(said.get(), listens(pods)), users, MemorySight.of(said.get()));
            }
        }
        create(pods.tries(address));
        Optional<String> said = said(pods, patience);
        boolean listening = listens(pods);
        UserSight found = users;
        return said.map(words -> new PodSight(NetworkSight.of(words, listening), found, MemorySight.of(words)))
                .orElseGet(() -> unknown("the pod that tries it has not ended after " + patience.toSeconds() + " s"
                        + why(pods.namespace(), pods.triesName())));
    }

    private static boolean keepsHostUsers(V1Job made) {
        return Boolean.FALSE.equals(made.getSpec().getTemplate().getSpec().getHostUsers());
    }

    /** What the pod that tries has written, once it has ended. */
    private Optional<String> said(TrialPods pods, Duration longest) throws InterruptedException {
        return awaited(
                        pods.namespace(),
                        pods.triesName(),
                        longest,
                        pod -> said(pod).isPresent())
                .flatMap(PodTrial::said);
    }

    /** It has a node: what keeps it from its start is there, and no want of room. */
    private boolean isPlaced(TrialPods pods) {
        return pod(pods.namespace(), pods.triesName())
                .filter(pod -> has(pod, "PodScheduled"))
                .isPresent();
    }

    private boolean listens(TrialPods pods) {
        return pod(pods.namespace(), pods.peerName()).filter(PodTrial::isReady).isPresent();
    }

    private boolean isClosed(String namespace) {
        return ClusterCalls.found(() -> ClusterCalls.called(
                        "read NetworkPolicy " + NamespaceObjects.NETWORK_POLICY,
                        () -> networking
                                .readNamespacedNetworkPolicy(NamespaceObjects.NETWORK_POLICY, namespace)
                                .execute()))
                .filter(NamespaceObjects::isClosed)
                .isPresent();
    }

    private V1Job create(V1Job job) {
        return ClusterCalls.called(
                "create Job " + job.getMetadata().getName(),
                () -> batch.createNamespacedJob(job.getMetadata().getNamespace(), job)
                        .execute());
    }

    private Optional<V1Pod> awaited(String namespace, String job, Duration longest, Predicate<V1Pod> wanted)
            throws InterruptedException {
        long until = System.nanoTime() + longest.toNanos();
        while (System.nanoTime() < until) {
            Optional<V1Pod> pod = pod(namespace, job).filter(wanted);
            if (pod.isPresent()) {
                return pod;
            }
            Thread.sleep(PAUSE);
        }
        return Optional.empty();
    }

    private Optional<V1Pod> pod(String namespace, String job) {
        return ClusterCalls.called(
                        "list pods of " + job,
                        () -> core.listNamespacedPod(namespace)
                                .labelSelector(RunLabels.JOB_NAME + "=" + job)
                                .execute())
                .getItems()
                .stream()
                .findFirst();
    }

    private static boolean isReady(V1Pod pod) {
        return has(pod, "Ready");
    }

    private static boolean has(V1Pod pod, String condition) {
        List<V1PodCondition> conditions =
                pod.getStatus() == null ? null : pod.getStatus().getConditions();
        return conditions != null
                && conditions.stream()
                        .anyMatch(one -> condition.equals(one.getType()) && "True".equals(one.getStatus()));
    }

    /** What it left in its termination file, once it has ended. */
    private static Optional<String> said(V1Pod pod) {
        return sight(pod) instanceof Sight.Ended ended
                ? Optional.of(ended.exit().map(Sight.Exit::record).orElse(""))
                : Optional.empty();
    }

    private static Sight sight(V1Pod pod) {
        return Sight.of(new Picture(Optional.empty(), List.of(pod)), Optional.empty());
    }

    private String why(String namespace, String job) {
        String words = pod(namespace, job)
                .map(PodTrial::sight)
                .map(PodTrial::words)
                .orElseGet(() -> isSuspended(namespace, job)
                        ? "the queue " + settings.queueName() + " has not admitted its Job"
                        : "");
        return words.isEmpty() ? "" : ": " + words;
    }

    private boolean isSuspended(String namespace, String job) {
        return ClusterCalls.found(() -> ClusterCalls.called(
                        "read Job " + job,
                        () -> batch.readNamespacedJob(job, namespace).execute()))
                .filter(made -> Boolean.TRUE.equals(made.getSpec().getSuspend()))
                .isPresent();
    }

    private static String words(Sight sight) {
        return switch (sight) {
            case Sight.Pending pending -> pending.why();
            case Sight.Hopeless hopeless -> hopeless.why();
            case Sight.Ended ended -> "it ended" + (ended.reason().isEmpty() ? "" : ", " + ended.reason());
            case Sight.Running running -> "";
            case Sight.Suspended suspended -> "";
            case Sight.Gone gone -> gone.why();
        };
    }

    /** Of a process that died in between, on a cluster that does not take Jobs away by itself. */
    private void sweep(String namespace) {
        String selector = TrialPods.labels(settings.owner()).entrySet().stream()
                .map(Map.Entry::toString)
                .collect(Collectors.joining(","));
        ClusterCalls.called(
                        "list Jobs",
                        () -> batch.listNamespacedJob(namespace)
                                .labelSelector(selector)
                                .execute())
                .getItems()
                .stream()
                .map(V1Job::getMetadata)
                .filter(job -> job.getCreationTimestamp() != null
                        && job.getCreationTimestamp()
                                .toInstant()
                                .isBefore(clock.instant().minus(LEFT_BEHIND)))
                .forEach(job -> delete(namespace, String.valueOf(job.getName())));
    }

    private void delete(String namespace, String job) {
        try {
            ClusterCalls.found(() -> ClusterCalls.called(
                    "delete Job " + job,
                    () -> batch.deleteNamespacedJob(job, namespace)
                            .body(new V1DeleteOptions().propagationPolicy("Background"))
                            .execute()));
        } catch (ClusterFault fault) {
            LOG.info("a trial's Job stays for the next one to sweep job={} why={}", job, fault.getMessage());
        }
    }
}
