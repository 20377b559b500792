package dev.artemis.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.sandbox.Limits;
import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.SandboxFile;
import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.sandbox.runner.Nonce;
import dev.artemis.shared.Language;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1OwnerReference;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Volume;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Each field that keeps a run in. */
class RunObjectsTest {

    private static final RunRef RUN = new RunRef(
            UUID.fromString("00000000-0000-7000-8000-000000000001"),
            UUID.fromString("00000000-0000-7000-8000-000000000002"),
            3,
            17);
    private static final Cluster TODAY = new Cluster(35, "artemis-runner-1234", "amd64", false);
    private static final Cluster OLD = new Cluster(20, "artemis-runner-1234", "amd64", false);
    private static final SandboxSpec SPEC = SandboxSpec.of(Language.PYTHON, "print(1)");
    private static final Nonce NONCE = Nonce.random();

    @Test
    void runsAtMostOncePerAttempt() {
        V1Job job = job(SomeSettings.defaults());

        assertThat(job.getMetadata().getName()).isEqualTo("run-00000000-0000-7000-8000-000000000002-3");
        assertThat(job.getMetadata().getGenerateName()).isNull();
        assertThat(job.getSpec().getBackoffLimit()).isZero();
        assertThat(job.getSpec().getParallelism()).isOne();
        assertThat(job.getSpec().getCompletions()).isOne();
        assertThat(job.getSpec().getPodReplacementPolicy()).isEqualTo("Failed");
        assertThat(pod(job).getRestartPolicy()).isEqualTo("Never");
    }

    @Test
    void timesOutRunnerFirstThenPodThenJob() {
        V1Job job = job(SomeSettings.with(Map.of("start-timeout", "60s", "keep-finished", "2h")));

        long wall = SPEC.limits().wallTimeout().toSeconds();
        assertThat(pod(job).getActiveDeadlineSeconds()).isEqualTo(wall + 60 + 30);
        assertThat(job.getSpec().getActiveDeadlineSeconds()).isEqualTo(wall + 60 + 60);
        assertThat(job.getSpec().getTtlSecondsAfterFinished()).isEqualTo(7200);
    }

    @Test
    void givesPodNothingOfTheClusterOrNode() {
        V1PodSpec pod = pod(job(SomeSettings.defaults()));

        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getServiceAccountName()).isEqualTo("artemis-run");
        assertThat(pod.getEnableServiceLinks()).isFalse();
        assertThat(pod.getHostNetwork()).isFalse();
        assertThat(pod.getHostPID()).isFalse();
        assertThat(pod.getHostIPC()).isFalse();
        assertThat(pod.getShareProcessNamespace()).isFalse();
        assertThat(pod.getDnsPolicy()).isEqualTo("None");
        assertThat(pod.getDnsConfig().getNameservers()).containsExactly("127.0.0.1");
        assertThat(pod.getHostname()).isEqualTo("sandbox");
        assertThat(pod.getVolumes()).allMatch(volume -> volume.getHostPath() == null);
        assertThat(pod.getNodeSelector()).isEqualTo(Map.of("kubernetes.io/os", "linux", "kubernetes.io/arch", "amd64"));
    }

    @Test
    void givesPodNoRights() {
        V1PodSpec pod = pod(job(SomeSettings.defaults()));
        V1Container container = pod.getContainers().getFirst();

        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(container.getSecurityContext().getRunAsUser()).isGreaterThanOrEqualTo(10_000);
        assertThat(container.getSecurityContext().getRunAsGroup())
                .isEqualTo(container.getSecurityContext().getRunAsUser());
        // the pause process must not count as one of the program's
        assertThat(pod.getSecurityContext().getRunAsUser()).isNull();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(container.getSecurityContext().getPrivileged()).isFalse();
        assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(container.getSecurityContext().getCapabilities().getAdd()).isNullOrEmpty();
    }

    @Test
    void runsEachLanguageInItsImage() {
        KubernetesSettings settings = SomeSettings.with(Map.of("image", "all:1", "images.shell", "shell:1"));
        SandboxSpec shell = SandboxSpec.of(Language.SHELL, "true");

        assertThat(pod(job(settings)).getContainers().getFirst().getImage()).isEqualTo("all:1");
        assertThat(pod(RunObjects.of(settings, TODAY, RUN, shell, Nonce.random())
                                .job())
                        .getContainers()
                        .getFirst()
                        .getImage())
                .isEqualTo("shell:1");
        assertThat(pod(job(SomeSettings.defaults())).getContainers().getFirst().getImage())
                .isEqualTo(Language.PYTHON.image());
    }

    @Test
    void requestsWhatItMayUse() {
        V1Container container =
                pod(job(SomeSettings.defaults())).getContainers().getFirst();

        assertThat(container.getResources().getRequests())
                .isEqualTo(container.getResources().getLimits());
        assertThat(container.getResources().getLimits())
                .containsOnlyKeys("cpu", "memory", "ephemeral-storage")
                .containsEntry("cpu", new Quantity("1"));
        long memory = container
                .getResources()
                .getLimits()
                .getOrDefault("memory", new Quantity("0"))
                .getNumber()
                .longValueExact();
        assertThat(memory - SPEC.limits().memoryBytes()).isBetween(12L << 20, 24L << 20);
    }

    @Test
    void worksInMemoryOfLimitedSize() {
        V1PodSpec pod = pod(job(SomeSettings.defaults()));

        V1Volume scratch = volume(pod, "scratch");
        assertThat(scratch.getEmptyDir().getMedium()).isEqualTo("Memory");
        assertThat(scratch.getEmptyDir().getSizeLimit().getNumber().longValueExact())
                .isBetween(SPEC.limits().diskBytes(), SPEC.limits().diskBytes() + 10_000);
        assertThat(volume(pod, "runner").getConfigMap().getDefaultMode()).isEqualTo(0555);
        assertThat(pod.getContainers().getFirst().getVolumeMounts().stream()
                        .filter(mount -> !Boolean.TRUE.equals(mount.getReadOnly()))
                        .map(mount -> mount.getMountPath()))
                .containsExactlyInAnyOrder("/work", "/tmp");
    }

    @Test
    void givesTheNonceToTheRunnerOnly() {
        RunObjects objects = RunObjects.of(SomeSettings.defaults(), TODAY, RUN, SPEC, NONCE);

        assertThat(text(objects.input())).doesNotContain(NONCE.hex());
        assertThat(RunTerms.of(created(objects.job())).orElseThrow().nonce().hex())
                .isEqualTo(NONCE.hex());
        assertThat(objects.job().getMetadata().toString()).doesNotContain(NONCE.hex());
    }

    @Test
    void tellsTheRunnerItsPod() {
        assertThat(pod(job(SomeSettings.defaults())).getContainers().getFirst().getEnv())
                .filteredOn(variable -> "ARTEMIS_POD".equals(variable.getName()))
                .singleElement()
                .satisfies(variable -> assertThat(
                                variable.getValueFrom().getFieldRef().getFieldPath())
                        .isEqualTo("metadata.uid"));
    }

    @Test
    void saysOnItsJobWhatTheRunMayUse() {
        RunTerms terms = RunTerms.of(created(RunObjects.of(SomeSettings.defaults(), TODAY, RUN, SPEC, NONCE)
                        .job()))
                .orElseThrow();

        assertThat(terms.most().memoryBytes()).isEqualTo(SPEC.limits().memoryBytes());
        assertThat(terms.most().wallTimeout()).isEqualTo(SPEC.limits().wallTimeout());
    }

    @Test
    void partsLargeInputOverSecretsThatTogetherAreTheJob() {
        byte[] large = new byte[3 << 20];
        new Random(1).nextBytes(large);
        SandboxSpec spec = new SandboxSpec(
                Language.PYTHON,
                "print(1)",
                List.of(new SandboxFile("a", large)),
                new byte[0],
                Map.of(),
                Limits.DEFAULTS);

        RunObjects objects = RunObjects.of(SomeSettings.defaults(), TODAY, RUN, spec, NONCE);

        assertThat(objects.input()).hasSize(4).allMatch(secret -> bytes(secret).length < 1 << 20);
        assertThat(text(objects.input())).startsWith("artemis-job 1\n").endsWith("end 0\n\n");
        assertThat(pod(objects.job()).getContainers().getFirst().getArgs())
                .containsExactly(
                        "run",
                        "--cgroup",
                        "auto",
                        "/artemis/job/0",
                        "/artemis/job/1",
                        "/artemis/job/2",
                        "/artemis/job/3");
        assertThat(volume(pod(objects.job()), "input").getProjected().getSources())
                .allMatch(source -> Boolean.FALSE.equals(source.getSecret().getOptional()));
    }

    @Test
    void inputIsTheJobsOwnAndOnePods() {
        RunObjects objects = RunObjects.of(SomeSettings.defaults(), TODAY, RUN, SPEC, NONCE);
        V1Job made = objects.job();
        made.getMetadata().setUid("the-uid");

        assertThat(objects.inputOf(made, "the-pod")).singleElement().satisfies(input -> {
            assertThat(text(List.of(input)))
                    .isEqualTo(
                            text(objects.input()).replaceFirst("artemis-job 1\n", "artemis-job 1\npod 7\nthe-pod\n"));
            assertThat(input.getMetadata().getName()).isEqualTo(RUN.name() + "-0");
            assertThat(input.getMetadata().getNamespace())
                    .isEqualTo(made.getMetadata().getNamespace());
            assertThat(input.getMetadata().getOwnerReferences())
                    .containsExactly(new V1OwnerReference()
                            .apiVersion("batch/v1")
                            .kind("Job")
                            .name(RUN.name())
                            .uid("the-uid"));
        });
    }

    @Test
    void labelsSayWhoseRunItIs() {
        V1Job job = job(SomeSettings.defaults());

        assertThat(RunLabels.read(job.getMetadata())).contains(RUN);
        // nothing that whoever submits a run says is among them
        assertThat(job.getSpec().getTemplate().getMetadata().getLabels())
                .containsEntry(RunLabels.OWNER, "artemis")
                .containsEntry(RunLabels.TENANT, RUN.tenant().toString())
                .isEqualTo(RunLabels.of("artemis", RUN));
        assertThat(job.getMetadata().getLabels()).isEqualTo(RunLabels.of("artemis", RUN));
    }

    @Test
    void hashIsOfTheSpecificationAlone() {
        String hash = hash(job(SomeSettings.defaults()));

        assertThat(hash(RunObjects.of(SomeSettings.with(Map.of("image", "other")), TODAY, RUN, SPEC, Nonce.random())
                        .job()))
                .isEqualTo(hash);
        assertThat(hash(RunObjects.of(
                                SomeSettings.defaults(), TODAY, RUN, SandboxSpec.of(Language.PYTHON, "print(2)"), NONCE)
                        .job()))
                .isNotEqualTo(hash);
    }

    @Test
    void everyRunHasAUserOfItsOwn() {
        RunRef next = new RunRef(RUN.tenant(), RUN.run(), 4, 18);

        assertThat(user(job(SomeSettings.defaults())))
                .isNotEqualTo(user(RunObjects.of(SomeSettings.defaults(), TODAY, next, SPEC, NONCE)
                        .job()));
    }

    /** Of an image, and of the machine. */
    @Test
    void theLowestUserThereIsIsAboveAllThatAreSomebodys() {
        RunRef lowest = new RunRef(RUN.tenant(), new UUID(0x7000, -1), 31, 1);

        assertThat(user(RunObjects.of(SomeSettings.defaults(), TODAY, lowest, SPEC, NONCE)
                        .job()))
                .isEqualTo(100_000);
        assertThat(user(RunObjects.of(SomeSettings.defaults(), TODAY.withUserNamespaces(true), lowest, SPEC, NONCE)
                        .job()))
                .isEqualTo(10_000);
    }

    @Test
    void userNamespacesMapAllUsersThereAre() {
        V1Job job = RunObjects.of(SomeSettings.defaults(), TODAY.withUserNamespaces(true), RUN, SPEC, NONCE)
                .job();

        assertThat(pod(job).getHostUsers()).isFalse();
        assertThat(user(job)).isBetween(10_000L, 65_535L);
        assertThat(pod(job(SomeSettings.defaults())).getHostUsers()).isNull();
    }

    @Test
    void takesWhatTheOperatorSays() {
        V1Job job = job(SomeSettings.with(Map.of(
                "image", "sandbox@sha256:12",
                "image-pull-secret", "pull",
                "runtime-class", "gvisor",
                "node-selector", "pool=runs,kubernetes.io/arch=other",
                "tolerations", "runs:NoSchedule",
                "queue-name", "teams")));

        V1PodSpec pod = pod(job);
        assertThat(pod.getContainers().getFirst().getImage()).isEqualTo("sandbox@sha256:12");
        assertThat(pod.getImagePullSecrets()).singleElement().extracting("name").isEqualTo("pull");
        assertThat(pod.getRuntimeClassName()).isEqualTo("gvisor");
        assertThat(pod.getNodeSelector()).containsEntry("pool", "runs").containsEntry("kubernetes.io/arch", "amd64");
        assertThat(pod.getTolerations()).singleElement().extracting("operator").isEqualTo("Exists");
        assertThat(job.getSpec().getSuspend()).isTrue();
        assertThat(job.getMetadata().getLabels()).containsEntry("kueue.x-k8s.io/queue-name", "teams");
    }

    @Test
    void keepsLogBelowItsRotationAndEndsRunsForNoLessOutputThanElsewhere() {
        Limits much = new Limits(
                1_000, 1L << 29, Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 1L << 20, 1, 16, 16L << 20);

        RunObjects objects = RunObjects.of(SomeSettings.defaults(), TODAY, RUN, SPEC.withLimits(much), NONCE);

        assertThat(text(objects.input())).contains("output_bytes 8\n16777216\n").contains("kept_bytes 7\n3145728\n");
    }

    @Test
    void runnerLooksAfterTheDiskWhereVolumesHaveNoSize() {
        assertThat(text(RunObjects.of(SomeSettings.defaults(), OLD, RUN, SPEC, NONCE)
                        .input()))
                .contains("disk_bytes 9\n268435456\n");
        assertThat(text(RunObjects.of(SomeSettings.defaults(), TODAY, RUN, SPEC, NONCE)
                        .input()))
                .contains("disk_bytes 1\n0\n");
    }

    private static V1Job job(KubernetesSettings settings) {
        return RunObjects.of(settings, TODAY, RUN, SPEC, NONCE).job();
    }

    /** As the cluster gives it back. */
    private static V1Job created(V1Job job) {
        V1Job copy = JSON.getGson().fromJson(JSON.getGson().toJson(job), V1Job.class);
        copy.getMetadata().uid("u").creationTimestamp(java.time.OffsetDateTime.parse("2026-11-23T07:00:00Z"));
        return copy;
    }

    private static long user(V1Job job) {
        Long user = pod(job).getContainers().getFirst().getSecurityContext().getRunAsUser();
        return user == null ? 0 : user;
    }

    private static V1PodSpec pod(V1Job job) {
        return job.getSpec().getTemplate().getSpec();
    }

    private static V1Volume volume(V1PodSpec pod, String name) {
        return pod.getVolumes().stream()
                .filter(volume -> name.equals(volume.getName()))
                .findFirst()
                .orElseThrow();
    }

    private static String hash(V1Job job) {
        return String.valueOf(job.getMetadata().getAnnotations().get(RunLabels.SPEC_HASH));
    }

    private static byte[] bytes(V1Secret secret) {
        return secret.getData().getOrDefault(RunObjects.PART_KEY, new byte[0]);
    }

    private static String text(List<V1Secret> input) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        input.forEach(secret -> all.writeBytes(bytes(secret)));
        return all.toString(StandardCharsets.ISO_8859_1);
    }
}
