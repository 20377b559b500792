package dev.artemis.sandbox.kubernetes;

import dev.artemis.sandbox.RunRef;
import io.kubernetes.client.custom.V1Patch;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.BatchV1Api;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.CoreV1Event;
import io.kubernetes.client.openapi.models.V1DeleteOptions;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1JobList;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1Node;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodList;
import io.kubernetes.client.openapi.models.V1Preconditions;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.util.PatchUtils;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import okhttp3.Call;

/** What we ask of the cluster about runs. Each throws a {@link ClusterFault}; none retries. */
final class ClusterCalls {

    private static final int MOST_EVENTS = 100;
    private static final int WATCH_SECONDS = Math.toIntExact(ClusterClients.WATCH_TIMEOUT.toSeconds());

    private final ClusterClients clients;
    private final KubernetesSettings settings;
    private final String selector;
    private final BatchV1Api batch;
    private final CoreV1Api core;

    ClusterCalls(ClusterClients clients, KubernetesSettings settings) {
        this.clients = clients;
        this.settings = settings;
        this.selector = RunLabels.selector(settings.owner());
        this.batch = new BatchV1Api(clients.calls());
        this.core = new CoreV1Api(clients.calls());
    }

    V1Job createJob(V1Job job) {
        return called(
                "create Job " + job.getMetadata().getName(),
                () -> batch.createNamespacedJob(job.getMetadata().getNamespace(), job)
                        .execute());
    }

    Optional<V1Job> job(RunRef run) {
        return found(() -> called(
                "read Job " + run.name(),
                () -> batch.readNamespacedJob(run.name(), namespaceOf(run)).execute()));
    }

    private String namespaceOf(RunRef run) {
        return settings.namespaceOf(run.tenant());
    }

    /** Already there counts as made: its name is the run's, and so is its content. */
    void createInput(V1Secret secret) {
        String name = secret.getMetadata().getName();
        try {
            called(
                    "create Secret " + name,
                    () -> core.createNamespacedSecret(secret.getMetadata().getNamespace(), secret)
                            .execute());
        } catch (ClusterFault fault) {
            if (fault.kind() != ClusterFault.Kind.CONFLICT) {
                throw fault;
            }
        }
    }

    /**
     * Takes an input away for good: its name stays, with nothing in it, as long as its Job. So no pod can mount it any more, and nobody
     * can make it again.
     */
    void emptyInput(V1Secret emptied) {
        String name = emptied.getMetadata().getName();
        String namespace = emptied.getMetadata().getNamespace();
        if (found(() -> called(
                        "empty Secret " + name,
                        () -> core.replaceNamespacedSecret(name, namespace, emptied)
                                .execute()))
                .isEmpty()) {
            createInput(emptied);
        }
    }

    /** The Job ends its pod and makes no other. Kept, so that its end can be told. */
    void stop(RunRef run) {
        patchJob(run, "{\"spec\":{\"parallelism\":0}}");
    }

    /** A newer claim of the same attempt takes over. */
    void retoken(RunRef run) {
        patchJob(run, "{\"metadata\":{\"labels\":{\"%s\":\"%d\"}}}".formatted(RunLabels.TOKEN, run.fencingToken()));
    }

    private void patchJob(RunRef run, String patch) {
        found(() -> called(
                "patch Job " + run.name(),
                () -> PatchUtils.patch(
                        V1Job.class,
                        () -> batch.patchNamespacedJob(run.name(), namespaceOf(run), new V1Patch(patch))
                                .buildCall(null),
                        V1Patch.PATCH_FORMAT_JSON_MERGE_PATCH,
                        clients.calls())));
    }

    /** With its pod, in the background; only that very Job, not a later one of the same name. */
    void deleteJob(RunRef run, String uid) {
        V1DeleteOptions options =
                new V1DeleteOptions().propagationPolicy("Background").preconditions(new V1Preconditions().uid(uid));
        try {
            found(() -> called(
                    "delete Job " + run.name(),
                    () -> batch.deleteNamespacedJob(run.name(), namespaceOf(run))
                            .body(options)
                            .execute()));
        } catch (ClusterFault fault) {
            if (fault.kind() != ClusterFault.Kind.CONFLICT) {
                throw fault;
            }
        }
    }

    /** One that no Job takes away; only that very one. */
    void deletePod(RunRef run, String name, String uid) {
        V1DeleteOptions options = new V1DeleteOptions().preconditions(new V1Preconditions().uid(uid));
        found(() -> called(
                "delete pod " + name,
                () -> core.deleteNamespacedPod(name, namespaceOf(run))
                        .body(options)
                        .execute()));
    }

    V1JobList jobs() {
        return called(
                "list Jobs",
                () -> settings.namespacePerTenant()
                        ? batch.listJobForAllNamespaces()
                                .labelSelector(selector)
                                .execute()
                        : batch.listNamespacedJob(settings.namespace())
                                .labelSelector(selector)
                                .execute());
    }

    V1PodList pods() {
        return called(
                "list pods",
                () -> settings.namespacePerTenant()
                        ? core.listPodForAllNamespaces().labelSelector(selector).execute()
                        : core.listNamespacedPod(settings.namespace())
                                .labelSelector(selector)
                                .execute());
    }

    /** Those of one run, as the cluster has them now. */
    List<V1Pod> podsOf(RunRef run) {
        return called(
                "list pods of " + run.name(),
                () -> core.listNamespacedPod(namespaceOf(run))
                        .labelSelector(RunLabels.JOB_NAME + "=" + run.name())
                        .execute()
                        .getItems());
    }

    /** Those that runs are executed in, as far as they were made. */
    List<String> namespaces() {
        if (!settings.namespacePerTenant()) {
            return List.of(settings.namespace());
        }
        return called(
                        "list Namespaces",
                        () -> core.listNamespace()
                                .labelSelector(RunLabels.OWNER + "=" + settings.owner())
                                .execute()
                                .getItems())
                .stream()
                .map(namespace -> namespace.getMetadata().getName())
                .filter(settings::isOfTenant)
                .toList();
    }

    /** With all that is in it: only one that is labelled as ours, and only that very one. Gone already counts as removed. */
    void deleteNamespace(String name) {
        found(() -> called(
                        "read Namespace " + name, () -> core.readNamespace(name).execute()))
                .map(V1Namespace::getMetadata)
                .filter(there -> there.getLabels() != null
                        && settings.owner().equals(there.getLabels().get(RunLabels.OWNER)))
                .ifPresent(there -> found(() -> called(
                        "delete Namespace " + name,
                        () -> core.deleteNamespace(name)
                                .body(new V1DeleteOptions().preconditions(new V1Preconditions().uid(there.getUid())))
                                .execute())));
    }

    Call watchJobs(String version) {
        BatchV1Api api = new BatchV1Api(clients.watches());
        return called(
                "watch Jobs",
                () -> settings.namespacePerTenant()
                        ? api.listJobForAllNamespaces()
                                .labelSelector(selector)
                                .resourceVersion(version)
                                .timeoutSeconds(WATCH_SECONDS)
                                .watch(true)
                                .buildCall(null)
                        : api.listNamespacedJob(settings.namespace())
                                .labelSelector(selector)
                                .resourceVersion(version)
                                .timeoutSeconds(WATCH_SECONDS)
                                .watch(true)
                                .buildCall(null));
    }

    Call watchPods(String version) {
        CoreV1Api api = new CoreV1Api(clients.watches());
        return called(
                "watch pods",
                () -> settings.namespacePerTenant()
                        ? api.listPodForAllNamespaces()
                                .labelSelector(selector)
                                .resourceVersion(version)
                                .timeoutSeconds(WATCH_SECONDS)
                                .watch(true)
                                .buildCall(null)
                        : api.listNamespacedPod(settings.namespace())
                                .labelSelector(selector)
                                .resourceVersion(version)
                                .timeoutSeconds(WATCH_SECONDS)
                                .watch(true)
                                .buildCall(null));
    }

    ApiClient watching() {
        return clients.watches();
    }

    /** The log of the pod's container from its beginning. @param follow until the container ends */
    Call log(RunRef run, String pod, boolean follow) {
        return called(
                "read log of " + pod,
                () -> new CoreV1Api(follow ? clients.logs() : clients.endedLogs())
                        .readNamespacedPodLog(pod, namespaceOf(run))
                        .container(RunPod.CONTAINER)
                        .follow(follow)
                        .buildCall(null));
    }

    /** The one that was seen last: what is said again raises the count of an event that is listed where it was first. */
    static Optional<CoreV1Event> newest(List<CoreV1Event> events) {
        return events.stream().max(Comparator.comparing(ClusterCalls::lastSeen));
    }

    private static OffsetDateTime lastSeen(CoreV1Event event) {
        OffsetDateTime inSeries =
                event.getSeries() == null ? null : event.getSeries().getLastObservedTime();
        return Stream.of(inSeries, event.getLastTimestamp(), event.getEventTime(), event.getFirstTimestamp())
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(OffsetDateTime.MIN);
    }

    /** The newest warning about an object, such as a quota that its pod does not fit into. Empty if there is none or we may not ask. */
    Optional<String> warning(RunRef run) {
        try {
            List<CoreV1Event> events = called(
                    "list events",
                    () -> core.listNamespacedEvent(namespaceOf(run))
                            .fieldSelector("type=Warning,involvedObject.name=" + run.name())
                            .limit(MOST_EVENTS)
                            .execute()
                            .getItems());
            return newest(events).map(event -> event.getReason() + ": " + event.getMessage());
        } catch (ClusterFault fault) {
            return Optional.empty();
        }
    }

    /** The cluster's machines. None where we may not ask, or get no answer. */
    List<V1Node> nodes() {
        try {
            return called("list nodes", () -> core.listNode().execute().getItems());
        } catch (ClusterFault fault) {
            return List.of();
        }
    }

    /** A call of the generated client. */
    @FunctionalInterface
    interface Request<T> {
        T send() throws ApiException;
    }

    static <T> T called(String what, Request<T> request) {
        try {
            return request.send();
        } catch (ApiException e) {
            throw ClusterFault.of(what, e);
        }
    }

    static <T> Optional<T> found(java.util.function.Supplier<T> call) {
        try {
            return Optional.of(call.get());
        } catch (ClusterFault fault) {
            if (fault.kind() == ClusterFault.Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw fault;
        }
    }
}
