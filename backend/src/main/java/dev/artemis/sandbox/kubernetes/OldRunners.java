package dev.artemis.sandbox.kubernetes;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.apis.BatchV1Api;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ConfigMapList;
import io.kubernetes.client.openapi.models.V1ConfigMapVolumeSource;
import io.kubernetes.client.openapi.models.V1DeleteOptions;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1Preconditions;
import io.kubernetes.client.openapi.models.V1Volume;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.Call;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes away the runners of other versions that no Job mounts any more, since each upgrade leaves one in every namespace. One goes that was not
 * mounted at two looks; a worker of its version that is still there makes it again, see {@link RunNamespace} and ADR-0060.
 */
final class OldRunners {

    private static final Logger LOG = LoggerFactory.getLogger(OldRunners.class);

    /** Between two looks: longer than a rolling upgrade takes, as a rule. */
    private static final Duration PAUSE = Duration.ofHours(1);

    /** A runner is most of a megabyte, and its name is what counts. */
    private static final String WITHOUT_CONTENT = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

    private static final String SELECTOR = RunLabels.NAME + "=" + RunnerConfigMap.LABEL;

    private final ClusterCalls calls;
    private final ApiClient client;
    private final CoreV1Api core;
    private final BatchV1Api batch;
    private final RunnerConfigMap ours;
    private final Thread thread = Thread.ofVirtual().name("old-runners").unstarted(this::keepSweeping);
    private Set<String> idle = Set.of();

    OldRunners(ClusterCalls calls, ApiClient client, RunnerConfigMap ours) {
        this.calls = calls;
        this.client = client;
        this.core = new CoreV1Api(client);
        this.batch = new BatchV1Api(client);
        this.ours = ours;
    }

    void open() {
        thread.start();
    }

    void close() {
        thread.interrupt();
    }

    private void keepSweeping() {
        try {
            while (true) {
                Thread.sleep(PAUSE);
                try {
                    sweep();
                } catch (RuntimeException fault) {
                    // the cluster's, or the client's own trouble: looked again in an hour
                    LOG.info("old runners not swept why={}", fault.getMessage());
                }
            }
        } catch (InterruptedException e) {
            // closed
            Thread.currentThread().interrupt();
        }
    }

    /** Looks once. Throws a {@link ClusterFault} where the namespaces are not told. */
    void sweep() {
        Set<String> before = idle;
        Set<String> now = new HashSet<>();
        for (String namespace : calls.namespaces()) {
            try {
                idle(namespace).forEach(runner -> {
                    String uid = String.valueOf(runner.getUid());
                    if (before.contains(uid)) {
                        remove(namespace, String.valueOf(runner.getName()), uid);
                    } else {
                        now.add(uid);
                    }
                });
            } catch (ClusterFault fault) {
                // an older Role of the operator's does not allow it; or the namespace is going
                LOG.info("old runners stay namespace={} why={}", namespace, fault.getMessage());
            }
        }
        idle = now;
    }

    /** Others' that nobody mounts. */
    private List<V1ObjectMeta> idle(String namespace) {
        List<V1ObjectMeta> others = runners(namespace).getItems().stream()
                .map(V1ConfigMap::getMetadata)
                .filter(runner -> !ours.name().equals(runner.getName()))
                .toList();
        if (others.isEmpty()) {
            return others;
        }
        Set<String> mounted = mounted(namespace);
        return others.stream()
                .filter(runner -> !mounted.contains(runner.getName()))
                .toList();
    }

    private V1ConfigMapList runners(String namespace) {
        return ClusterCalls.called("list ConfigMaps", () -> {
            Call all = core.listNamespacedConfigMap(namespace)
                    .labelSelector(SELECTOR)
                    .buildCall(null);
            Call names = client.getHttpClient()
                    .newCall(all.request()
                            .newBuilder()
                            .header("Accept", WITHOUT_CONTENT)
                            .build());
            return client.<V1ConfigMapList>execute(names, V1ConfigMapList.class).getData();
        });
    }

    /** By whosever Jobs: another installation may share the namespace. */
    private Set<String> mounted(String namespace) {
        return ClusterCalls.called(
                        "list Jobs", () -> batch.listNamespacedJob(namespace).execute())
                .getItems()
                .stream()
                .flatMap(OldRunners::volumes)
                .map(V1Volume::getConfigMap)
                .filter(Objects::nonNull)
                .map(V1ConfigMapVolumeSource::getName)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    private static Stream<V1Volume> volumes(V1Job job) {
        V1PodSpec pod = job.getSpec().getTemplate().getSpec();
        return pod == null || pod.getVolumes() == null ? Stream.of() : pod.getVolumes().stream();
    }

    /** Only that very one: somebody may have made it anew. */
    private void remove(String namespace, String name, String uid) {
        try {
            ClusterCalls.found(() -> ClusterCalls.called(
                    "delete ConfigMap " + name,
                    () -> core.deleteNamespacedConfigMap(name, namespace)
                            .body(new V1DeleteOptions().preconditions(new V1Preconditions().uid(uid)))
                            .execute()));
            LOG.info("old runner removed name={} namespace={}", name, namespace);
        } catch (ClusterFault fault) {
            if (fault.kind() != ClusterFault.Kind.CONFLICT) {
                throw fault;
            }
        }
    }
}
