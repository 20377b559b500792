package dev.artemis.sandbox.kubernetes;

import dev.artemis.sandbox.Most;
import dev.artemis.sandbox.runner.Nonce;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1EnvVar;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1VolumeProjection;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a Job itself says about its run: enough to go on with it after a restart, or on another instance.
 *
 * @param uid of the Job
 * @param inputs names of its Secrets
 * @param most what the run may use
 */
record RunTerms(String uid, Nonce nonce, Most most, List<String> inputs) {

    /** Empty: a Job with our labels that we did not make. */
    static Optional<RunTerms> of(V1Job job) {
        try {
            V1Container container =
                    job.getSpec().getTemplate().getSpec().getContainers().getFirst();
            String nonce = container.getEnv().stream()
                    .filter(variable -> RunPod.NONCE_VARIABLE.equals(variable.getName()))
                    .map(V1EnvVar::getValue)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElseThrow();
            Map<String, String> annotations = job.getMetadata().getAnnotations();
            return Optional.of(new RunTerms(
                    job.getMetadata().getUid(),
                    Nonce.ofHex(nonce),
                    most(
                            Duration.ofMillis(Long.parseLong(annotations.get(RunLabels.WALL_MS))),
                            limit(container, "cpu").movePointRight(3).intValueExact(),
                            memory(annotations, container)),
                    inputs(job)));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Jobs of earlier versions do not say it; their container's limit is a little more. */
    private static long memory(Map<String, String> annotations, V1Container container) {
        String said = annotations.get(RunLabels.MEMORY);
        return said != null ? Long.parseLong(said) : limit(container, "memory").longValueExact();
    }

    /** A Job does not say how much CPU time in all: what is held for the run is the last bound. */
    private static Most most(Duration wall, int cpuMillicores, long memoryBytes) {
        return new Most(wall, wall.multipliedBy(cpuMillicores).dividedBy(1_000), cpuMillicores, memoryBytes);
    }

    private static BigDecimal limit(V1Container container, String resource) {
        return Objects.requireNonNull(container.getResources().getLimits().get(resource))
                .getNumber();
    }

    private static List<String> inputs(V1Job job) {
        return job.getSpec().getTemplate().getSpec().getVolumes().stream()
                .filter(volume -> volume.getProjected() != null)
                .flatMap(volume -> volume.getProjected().getSources().stream())
                .map(V1VolumeProjection::getSecret)
                .filter(Objects::nonNull)
                .map(secret -> Objects.requireNonNullElse(secret.getName(), ""))
                .toList();
    }
}
