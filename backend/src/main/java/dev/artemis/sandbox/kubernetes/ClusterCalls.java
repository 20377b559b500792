package dev.artemis.sandbox.kubernetes;

import io.kubernetes.client.custom.V1Patch;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.BatchV1Api;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.CoreV1Event;
import io.kubernetes.client.openapi.models.V1DeleteOptions;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1JobList;
import io.kubernetes.client.openapi.models.V1PodList;
import io.kubernetes.client.openapi.models.V1Preconditions;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.util.PatchUtils;
import java.util.List;
import java.util.Optional;
import okhttp3.Call;

/** What we ask of the cluster about runs. Each throws a {@link ClusterFault}; none retries. */
final class ClusterCalls {

    private final ClusterClients clients;
    private final String namespace;
    private final String selector;
    private final BatchV1Api batch;
    private final CoreV1Api core;

    ClusterCalls(ClusterClients clients, KubernetesSettings settings) {
        this.clients = clients;
        this.namespace = settings.namespace();
        this.selector = RunLabels.selector(settings.owner());
        this.batch = new BatchV1Api(clients.calls());
        this.core = new CoreV1Api(clients.calls());
    }

    V1Job createJob(V1Job job) {
        return called(
                "create Job " + job.getMetadata().getName(),
                () -> batch.createNamespacedJob(namespace, job).execute());
    }

    Optional<V1Job> job(String name) {
        return found(() -> called(
                "read Job " + name,
                () -> batch.readNamespacedJob(name, namespace).execute()));
    }

    /** Already there counts as made: its name is the run's, and so is its content. */
    void createInput(V1Secret secret) {
        String name = secret.getMetadata().getName();
        try {
            called(
                    "create Secret " + name,
                    () -> core.createNamespacedSecret(namespace, secret).execute());
        } catch (ClusterFault fault) {
            if (fault.kind() != ClusterFault.Kind.CONFLICT) {
                throw fault;
            }
        }
    }

    /** Makes the Job the owner of its input, so that it goes with it. */
    void ownInput(String name, V1Job job) {
        String patch =
                """
                {"metadata":{"ownerReferences":[{"apiVersion":"batch/v1","kind":"Job","name":"%s","uid":"%s"}]}}""".formatted(job.getMetadata().getName(), job.getMetadata().getUid());
        found(() -> called(
                "patch Secret " + name,
                () -> PatchUtils.patch(
                        V1Secret.class,
                        () -> core.patchNamespacedSecret(name, namespace, new V1Patch(patch))
                                .buildCall(null),
                        V1Patch.PATCH_FORMAT_JSON_MERGE_PATCH,
                        clients.calls())));
    }

    void deleteInput(String name) {
        found(() -> called(
                "delete Secret " + name,
                () -> core.deleteNamespacedSecret(name, namespace).execute()));
    }

    /** The Job ends its pod and makes no other. Kept, so that its end can be told. */
    void stop(String name) {
        patchJob(name, "{\"spec\":{\"parallelism\":0}}");
    }

    /** A newer claim of the same attempt takes over. */
    void retoken(String name, long fencingToken) {
        patchJob(name, "{\"metadata\":{\"labels\":{\"%s\":\"%d\"}}}".formatted(RunLabels.TOKEN, fencingToken));
    }

    private void patchJob(String name, String patch) {
        found(() -> called(
                "patch Job " + name,
                () -> PatchUtils.patch(
                        V1Job.class,
                        () -> batch.patchNamespacedJob(name, namespace, new V1Patch(patch))
                                .buildCall(null),
                        V1Patch.PATCH_FORMAT_JSON_MERGE_PATCH,
                        clients.calls())));
    }

    /** With its pod, in the background; only that very Job, not a later one of the same name. */
    void deleteJob(String name, String uid) {
        V1DeleteOptions options =
                new V1DeleteOptions().propagationPolicy("Background").preconditions(new V1Preconditions().uid(uid));
        try {
            found(() -> called(
                    "delete Job " + name,
                    () -> batch.deleteNamespacedJob(name, namespace)
                            .body(options)
                            .execute()));
        } catch (ClusterFault fault) {
            if (fault.kind() != ClusterFault.Kind.CONFLICT) {
                throw fault;
            }
        }
    }

    V1JobList jobs() {
        return called(
                "list Jobs",
                () -> batch.listNamespacedJob(namespace).labelSelector(selector).execute());
    }

    V1PodList pods() {
        return called(
                "list pods",
                () -> core.listNamespacedPod(namespace).labelSelector(selector).execute());
    }

    List<V1Secret> inputs() {
        return called(
                "list Secrets",
                () -> core.listNamespacedSecret(namespace)
                        .labelSelector(selector)
                        .execute()
                        .getItems());
    }

    Call watchJobs(String version) {
        return called(
                "watch Jobs",
                () -> new BatchV1Api(clients.watches())
                        .listNamespacedJob(namespace)
                        .labelSelector(selector)
                        .resourceVersion(version)
                        .timeoutSeconds(Math.toIntExact(ClusterClients.WATCH_TIMEOUT.toSeconds()))
                        .watch(true)
                        .buildCall(null));
    }

    Call watchPods(String version) {
        return called(
                "watch pods",
                () -> new CoreV1Api(clients.watches())
                        .listNamespacedPod(namespace)
                        .labelSelector(selector)
                        .resourceVersion(version)
                        .timeoutSeconds(Math.toIntExact(ClusterClients.WATCH_TIMEOUT.toSeconds()))
                        .watch(true)
                        .buildCall(null));
    }

    ApiClient watching() {
        return clients.watches();
    }

    /** The log of the pod's container from its beginning. @param follow until the container ends */
    Call log(String pod, boolean follow) {
        return called(
                "read log of " + pod,
                () -> new CoreV1Api(clients.logs())
                        .readNamespacedPodLog(pod, namespace)
                        .container(RunPod.CONTAINER)
                        .follow(follow)
                        .buildCall(null));
    }

    /** The newest warning about an object, such as a quota that its pod does not fit into. Empty if there is none or we may not ask. */
    Optional<String> warning(String name) {
        try {
            List<CoreV1Event> events = called(
                    "list events",
                    () -> core.listNamespacedEvent(namespace)
                            .fieldSelector("type=Warning,involvedObject.name=" + name)
                            .limit(20)
                            .execute()
                            .getItems());
            return events.isEmpty()
                    ? Optional.empty()
                    : Optional.of(events.getLast().getReason() + ": "
                            + events.getLast().getMessage());
        } catch (ClusterFault fault) {
            return Optional.empty();
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
