package dev.artemis.sandbox.kubernetes;

import dev.artemis.sandbox.Limits;
import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.sandbox.runner.Nonce;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1ConfigMapVolumeSource;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1EmptyDirVolumeSource;
import io.kubernetes.client.openapi.models.V1EnvVar;
import io.kubernetes.client.openapi.models.V1EnvVarSource;
import io.kubernetes.client.openapi.models.V1KeyToPath;
import io.kubernetes.client.openapi.models.V1ObjectFieldSelector;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1ProjectedVolumeSource;
import io.kubernetes.client.openapi.models.V1ResourceRequirements;
import io.kubernetes.client.openapi.models.V1SecretProjection;
import io.kubernetes.client.openapi.models.V1Volume;
import io.kubernetes.client.openapi.models.V1VolumeMount;
import io.kubernetes.client.openapi.models.V1VolumeProjection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The pod of one run, field by field: what is not given here is shut, see {@link ClosedPod}. Pure. */
final class RunPod {

    static final String CONTAINER = "program";
    static final String NONCE_VARIABLE = "ARTEMIS_NONCE";
    static final String POD_VARIABLE = "ARTEMIS_POD";
    static final String SERVICE_ACCOUNT = "artemis-run";
    static final String WORK_FOLDER = "/work";
    static final String TERMINATION_FILE = "/dev/termination-log";
    static final String RUNNER_KEY = "artemis-runner";

    private static final String RUNNER_FOLDER = "/artemis/runner";
    private static final String INPUT_FOLDER = "/artemis/job";
    private static final long MIB = 1024L * 1024;

    /** The runner itself: its code, the rings of both channels (half a cap each) and room to breathe. */
    private static final long RUNNER_BYTES = 12 * MIB;

    private static final long FIRST_USER = 100_000;
    private static final long USERS = 2_000_000_000;
    private static final long FIRST_MAPPED_USER = 10_000;
    private static final long MAPPED_USERS = 50_000;

    private final KubernetesSettings settings;
    private final Cluster cluster;
    private final RunRef run;
    private final String image;
    private final Limits limits;
    private final long inputBytes;

    RunPod(KubernetesSettings settings, Cluster cluster, RunRef run, SandboxSpec spec, long inputBytes) {
        this.settings = settings;
        this.cluster = cluster;
        this.run = run;
        this.image = settings.imageOfEach().of(spec.language());
        this.limits = spec.limits();
        this.inputBytes = inputBytes;
    }

    V1PodSpec spec(List<String> inputs, Nonce nonce) {
        return ClosedPod.of(settings, cluster)
                .containers(List.of(container(inputs.size(), nonce)))
                .volumes(volumes(inputs));
    }

    /**
     * One user per run: RLIMIT_NPROC counts a user's processes across all pods of a node. In a user namespace of its own a pod has only 65,536
     * users, and they are counted apart. Said of the container, not of the pod: its pause process would be counted too, and one written in Go has
     * six threads.
     */
    private long user() {
        long number = run.run().getLeastSignificantBits() * 31 + run.attempt();
        return cluster.userNamespaces()
                ? FIRST_MAPPED_USER + Math.floorMod(number, MAPPED_USERS)
                : FIRST_USER + Math.floorMod(number, USERS);
    }

    private V1Container container(int parts, Nonce nonce) {
        List<String> arguments = new ArrayList<>(List.of("run", "--cgroup", "auto"));
        for (int part = 0; part < parts; part++) {
            arguments.add(INPUT_FOLDER + "/" + part);
        }
        Map<String, Quantity> resources = resources();
        return new V1Container()
                .name(CONTAINER)
                .image(image)
                .imagePullPolicy("IfNotPresent")
                .command(List.of(RUNNER_FOLDER + "/" + RUNNER_KEY))
                .args(arguments)
                .workingDir("/")
                .env(List.of(
                        new V1EnvVar().name(NONCE_VARIABLE).value(nonce.hex()),
                        new V1EnvVar()
                                .name(POD_VARIABLE)
                                .valueFrom(new V1EnvVarSource()
                                        .fieldRef(new V1ObjectFieldSelector().fieldPath("metadata.uid")))))
                .stdin(false)
                .tty(false)
                .terminationMessagePath(TERMINATION_FILE)
                .terminationMessagePolicy("File")
                .resources(new V1ResourceRequirements().requests(resources).limits(resources))
                .securityContext(ClosedPod.security(user()))
                .volumeMounts(List.of(
                        new V1VolumeMount()
                                .name("runner")
                                .mountPath(RUNNER_FOLDER)
                                .readOnly(true),
                        new V1VolumeMount()
                                .name("input")
                                .mountPath(INPUT_FOLDER)
                                .readOnly(true),
                        new V1VolumeMount()
                                .name("scratch")
                                .mountPath(WORK_FOLDER)
                                .subPath("work"),
                        new V1VolumeMount().name("scratch").mountPath("/tmp").subPath("tmp")));
    }

    private Map<String, Quantity> resources() {
        return Map.of(
                "cpu",
                new Quantity(limits.cpuMillicores() + "m"),
                "memory",
                bytes(limits.memoryBytes() + headroom()),
                "ephemeral-storage",
                ClosedPod.EPHEMERAL_STORAGE);
    }

    /** What the runner needs beside the program: its input is in its memory too. */
    private long headroom() {
        return RUNNER_BYTES + RunObjects.keptOutput(limits) + inputBytes;
    }

    private List<V1Volume> volumes(List<String> inputs) {
        V1ProjectedVolumeSource input = new V1ProjectedVolumeSource().defaultMode(0444);
        for (int part = 0; part < inputs.size(); part++) {
            input.addSourcesItem(new V1VolumeProjection()
                    .secret(new V1SecretProjection()
                            .name(inputs.get(part))
                            .optional(false)
                            .addItemsItem(
                                    new V1KeyToPath().key(RunObjects.PART_KEY).path(Integer.toString(part)))));
        }
        return List.of(
                runner(cluster),
                new V1Volume().name("input").projected(input),
                scratch(limits.diskBytes() + inputBytes));
    }

    /** The same volumes for another pod, but for an input. */
    static void mountAsARunDoes(V1PodSpec pod, Cluster cluster) {
        pod.volumes(List.of(runner(cluster), scratch(MIB)))
                .getContainers()
                .getFirst()
                .volumeMounts(List.of(
                        new V1VolumeMount()
                                .name("runner")
                                .mountPath(RUNNER_FOLDER)
                                .readOnly(true),
                        new V1VolumeMount()
                                .name("scratch")
                                .mountPath(WORK_FOLDER)
                                .subPath("work")));
    }

    private static V1Volume runner(Cluster cluster) {
        return new V1Volume()
                .name("runner")
                .configMap(
                        new V1ConfigMapVolumeSource().name(cluster.runnerName()).defaultMode(0555));
    }

    private static V1Volume scratch(long size) {
        return new V1Volume()
                .name("scratch")
                .emptyDir(new V1EmptyDirVolumeSource().medium("Memory").sizeLimit(bytes(size)));
    }

    private static Quantity bytes(long count) {
        return new Quantity(Long.toString(count));
    }
}
