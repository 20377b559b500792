package dev.artemis.e2e.bench;

import dev.artemis.e2e.Cluster;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.apis.BatchV1Api;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1DeleteOptions;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1JobSpec;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Volume;
import io.kubernetes.client.openapi.models.V1VolumeProjection;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The same Jobs as ours, created by nothing but a POST each: one of ours, copied under other names and with another owner, so
 * that the server lets them be. They share one input, which is more than fair to them, and all say that they are the pod that it is for.
 */
final class BareJobs {

    private static final String OWNER = "artemis.dev/owner";
    private static final String INPUT = "bare-input";

    private final Cluster cluster;
    private final String namespace;
    private final V1Job sample;
    private final String pod;
    private int number;

    private BareJobs(Cluster cluster, String namespace, V1Job sample, String pod) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.sample = sample;
        this.pod = pod;
    }

    /** @param input of that Job, still there */
    static BareJobs like(Cluster cluster, V1Job ours, V1Secret input) {
        String namespace = String.valueOf(ours.getMetadata().getNamespace());
        Cluster.asked(() -> new CoreV1Api(cluster.client())
                .createNamespacedSecret(
                        namespace,
                        new V1Secret()
                                .metadata(new V1ObjectMeta().name(INPUT))
                                .type(input.getType())
                                .data(input.getData()))
                .execute());
        return new BareJobs(cluster, namespace, ours, podOf(input));
    }

    /** The job's second line is the length of the third (backend/docs/protocol.md). */
    private static String podOf(V1Secret input) {
        byte[] first = input.getData().values().iterator().next();
        return new String(first, StandardCharsets.ISO_8859_1).split("\n", 4)[2];
    }

    /** Creates one more, and returns its name. */
    String create() {
        V1Job job = next();
        Cluster.asked(() -> new BatchV1Api(cluster.client())
                .createNamespacedJob(namespace, job)
                .execute());
        return String.valueOf(job.getMetadata().getName());
    }

    private synchronized V1Job next() {
        V1JobSpec spec = copied(sample.getSpec());
        spec.setSelector(null);
        Map<String, String> labels = bare(sample.getMetadata().getLabels());
        spec.getTemplate().getSpec().getContainers().getFirst().getEnv().stream()
                .filter(variable -> variable.getName().equals("ARTEMIS_POD"))
                .forEach(variable -> variable.valueFrom(null).value(pod));
        spec.getTemplate().setMetadata(new V1ObjectMeta().labels(labels));
        for (V1Volume volume : spec.getTemplate().getSpec().getVolumes()) {
            if (volume.getProjected() != null) {
                for (V1VolumeProjection source : volume.getProjected().getSources()) {
                    source.getSecret().setName(INPUT);
                }
            }
        }
        return new V1Job()
                .metadata(new V1ObjectMeta()
                        .name("bare-" + ++number)
                        .namespace(namespace)
                        .labels(labels)
                        .annotations(sample.getMetadata().getAnnotations()))
                .spec(spec);
    }

    private static V1JobSpec copied(V1JobSpec spec) {
        return JSON.getGson().fromJson(JSON.getGson().toJson(spec), V1JobSpec.class);
    }

    private static Map<String, String> bare(Map<String, String> labels) {
        Map<String, String> bare = new HashMap<>(labels);
        bare.put(OWNER, "bare");
        return bare;
    }

    /** With its pod. */
    void delete(String name) {
        Cluster.asked(() -> new BatchV1Api(cluster.client())
                .deleteNamespacedJob(name, namespace)
                .body(new V1DeleteOptions().propagationPolicy("Background"))
                .execute());
    }
}
