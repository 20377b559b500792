package dev.artemis.sandbox.kubernetes;

import dev.artemis.sandbox.Limits;
import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.sandbox.runner.Nonce;
import dev.artemis.sandbox.runner.RunnerJob;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1JobSpec;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1OwnerReference;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import io.kubernetes.client.openapi.models.V1Secret;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is created in the cluster for one run: Secrets that hold its input, and the Job. Pure.
 *
 * @param run whose they are
 * @param input the pod cannot start without it; made as the Job's own, see {@link #inputOf}
 * @param job made first; its nonce is in the pod's environment and nowhere else
 */
record RunObjects(RunRef run, List<V1Secret> input, V1Job job) {

    /** Below a Secret's 1 MiB, with room for the name of the pod that it is for. */
    static final int PART_BYTES = 960 * 1024;

    /** Kept output of both channels as base64 stays below the 10 MiB at which a log is rotated. What ends a run for its output stays as it was asked for. */
    static final long MAX_OUTPUT_BYTES = 3L * 1024 * 1024;

    static final String PART_KEY = "part";

    private static final Duration POD_GRACE = Duration.ofSeconds(30);
    private static final Duration JOB_GRACE = Duration.ofSeconds(60);

    static RunObjects of(KubernetesSettings settings, Cluster cluster, RunRef run, SandboxSpec spec, Nonce nonce) {
        byte[] description = describe(cluster, run, spec);
        List<V1Secret> input = inputs(settings, run, description);
        String hash = hash(description);

        V1JobSpec jobSpec = new V1JobSpec()
                .backoffLimit(0)
                .completions(1)
                .parallelism(1)
                .podReplacementPolicy("Failed")
                .activeDeadlineSeconds(deadline(settings, spec.limits(), JOB_GRACE))
                .ttlSecondsAfterFinished(Math.toIntExact(settings.keepFinished().toSeconds()))
                .template(new V1PodTemplateSpec()
                        .metadata(new V1ObjectMeta().labels(RunLabels.of(settings.owner(), run)))
                        .spec(new RunPod(settings, cluster, run, spec, description.length)
                                .spec(names(input), nonce)
                                .activeDeadlineSeconds(deadline(settings, spec.limits(), POD_GRACE))));
        Map<String, String> labels = new HashMap<>();
        settings.queue().ifPresent(queue -> {
            labels.put(RunLabels.QUEUE, queue);
            jobSpec.suspend(true);
        });
        labels.putAll(RunLabels.of(settings.owner(), run));
        return new RunObjects(
                run,
                input,
                new V1Job()
                        .apiVersion("batch/v1")
                        .kind("Job")
                        .metadata(metadata(settings, run, run.name(), labels)
                                .annotations(Map.of(
                                        RunLabels.SPEC_HASH,
                                        hash,
                                        RunLabels.MEMORY,
                                        Long.toString(spec.limits().memoryBytes()),
                                        RunLabels.WALL_MS,
                                        Long.toString(
                                                spec.limits().wallTimeout().toMillis()))))
                        .spec(jobSpec));
    }

    /**
     * The input as it is created: the Job's own, so that it never outlives it, whoever dies in between; and one pod's, so that no other pod of
     * the Job can run it (ADR-0046).
     *
     * @param made as the cluster has it
     * @param pod its uid
     */
    List<V1Secret> inputOf(V1Job made, String pod) {
        String uid = made.getMetadata().getUid();
        List<V1Secret> parts = new ArrayList<>();
        for (V1Secret part : input) {
            byte[] bytes = part.getData().getOrDefault(PART_KEY, new byte[0]);
            parts.add(secret(new V1ObjectMeta()
                            .namespace(part.getMetadata().getNamespace())
                            .name(part.getMetadata().getName())
                            .labels(part.getMetadata().getLabels())
                            .ownerReferences(List.of(owner(run, uid))))
                    .data(Map.of(PART_KEY, parts.isEmpty() ? RunnerJob.forPod(bytes, pod) : bytes)));
        }
        return List.copyOf(parts);
    }

    /** What an input becomes once a pod has it. @param uid of its Job */
    static V1Secret emptied(KubernetesSettings settings, RunRef run, String name, String uid) {
        return secret(metadata(settings, run, name, RunLabels.of(settings.owner(), run))
                .ownerReferences(List.of(owner(run, uid))));
    }

    private static V1OwnerReference owner(RunRef run, String uid) {
        return new V1OwnerReference()
                .apiVersion("batch/v1")
                .kind("Job")
                .name(run.name())
                .uid(uid);
    }

    private static V1Secret secret(V1ObjectMeta metadata) {
        return new V1Secret()
                .apiVersion("v1")
                .kind("Secret")
                .type("artemis.dev/run-input")
                .metadata(metadata);
    }

    /** The names of the input Secrets of a run of that size. */
    private static List<String> names(List<V1Secret> input) {
        return input.stream().map(secret -> secret.getMetadata().getName()).toList();
    }

    /** Of each channel. */
    static long keptOutput(Limits limits) {
        return Math.min(limits.outputBytes(), MAX_OUTPUT_BYTES);
    }

    private static byte[] describe(Cluster cluster, RunRef run, SandboxSpec spec) {
        return new RunnerJob(
                        run,
                        spec,
                        Optional.empty(),
                        RunPod.WORK_FOLDER,
                        RunnerJob.HeldBy.KERNEL,
                        cluster.sizesMemoryVolumes() ? RunnerJob.HeldBy.KERNEL : RunnerJob.HeldBy.RUNNER,
                        keptOutput(spec.limits()),
                        Optional.of(RunPod.TERMINATION_FILE),
                        List.of())
                .encode();
    }

    private static List<V1Secret> inputs(KubernetesSettings settings, RunRef run, byte[] description) {
        List<V1Secret> parts = new ArrayList<>();
        for (int from = 0; from < description.length; from += PART_BYTES) {
            byte[] part = Arrays.copyOfRange(description, from, Math.min(description.length, from + PART_BYTES));
            parts.add(secret(metadata(
                            settings, run, run.name() + "-" + parts.size(), RunLabels.of(settings.owner(), run)))
                    .data(Map.of(PART_KEY, part)));
        }
        return List.copyOf(parts);
    }

    private static V1ObjectMeta metadata(
            KubernetesSettings settings, RunRef run, String name, Map<String, String> labels) {
        return new V1ObjectMeta()
                .namespace(settings.namespaceOf(run.tenant()))
                .name(name)
                .labels(new HashMap<>(labels));
    }

    /** Later than the runner's own time-out, whatever the start took: runner first, pod next, Job last. */
    private static long deadline(KubernetesSettings settings, Limits limits, Duration grace) {
        return limits.wallTimeout()
                .plus(settings.startTimeout())
                .plus(grace)
                .plusMillis(999)
                .toSeconds();
    }

    private static String hash(byte[] description) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(description));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
