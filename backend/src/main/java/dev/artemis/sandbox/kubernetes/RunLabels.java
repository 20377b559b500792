package dev.artemis.sandbox.kubernetes;

import dev.artemis.sandbox.RunRef;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The labels by which our objects are found, and a run is known again after a restart. */
final class RunLabels {

    static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    static final String NAME = "app.kubernetes.io/name";
    static final String OWNER = "artemis.dev/owner";
    static final String TENANT = "artemis.dev/tenant";
    static final String RUN = "artemis.dev/run";
    static final String ATTEMPT = "artemis.dev/attempt";
    static final String TOKEN = "artemis.dev/fencing-token";

    /** Annotation: which specification a Job was made from. */
    static final String SPEC_HASH = "artemis.dev/spec-hash";

    /** Annotation: wall timeout in milliseconds. */
    static final String WALL_MS = "artemis.dev/wall-ms";

    /** Annotation: the memory that the run may use, in bytes; its container may use more, for the runner and what goes in and out. */
    static final String MEMORY = "artemis.dev/memory-bytes";

    /** Kubernetes puts it on a Job's pods, in every version. */
    static final String JOB_NAME = "job-name";

    /** By which Kueue knows whose turn a Job waits for. */
    static final String QUEUE = "kueue.x-k8s.io/queue-name";

    private RunLabels() {}

    static Map<String, String> of(String owner, RunRef run) {
        return Map.of(
                NAME, "artemis-run",
                MANAGED_BY, "artemis",
                OWNER, owner,
                TENANT, run.tenant().toString(),
                RUN, run.run().toString(),
                ATTEMPT, Integer.toString(run.attempt()),
                TOKEN, Long.toString(run.fencingToken()));
    }

    static String selector(String owner) {
        return NAME + "=artemis-run," + OWNER + "=" + owner;
    }

    /** The run that an object is of. Empty: somebody wrote labels that are not ours. */
    static Optional<RunRef> read(V1ObjectMeta metadata) {
        return read(metadata, metadata.getName());
    }

    /** The run that a pod is of, whether its Job is there or not. */
    static Optional<RunRef> readPod(V1ObjectMeta metadata) {
        Map<String, String> labels = Optional.ofNullable(metadata.getLabels()).orElse(Map.of());
        return read(metadata, labels.get(JOB_NAME));
    }

    private static Optional<RunRef> read(V1ObjectMeta metadata, @Nullable String job) {
        Map<String, String> labels = Optional.ofNullable(metadata.getLabels()).orElse(Map.of());
        try {
            RunRef run = new RunRef(
                    UUID.fromString(labels.getOrDefault(TENANT, "")),
                    UUID.fromString(labels.getOrDefault(RUN, "")),
                    Integer.parseInt(labels.getOrDefault(ATTEMPT, "")),
                    Long.parseLong(labels.getOrDefault(TOKEN, "")));
            return run.name().equals(job) ? Optional.of(run) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
