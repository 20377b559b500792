package dev.artemis.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1PodSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pods that try the network: shut as a run's is, and nobody's run; and what their program says of addresses of this machine. */
@Execution(ExecutionMode.CONCURRENT)
class TrialPodsTest {

    private static final TrialPods PODS = new TrialPods(
            SomeSettings.with(
                    Map.of("runtime-class", "gvisor", "node-selector", "pool=runs", "tolerations", "runs:NoSchedule")),
            new Cluster(33, "runner", "amd64", false),
            "artemis-runs",
            "abc");

    @TempDir
    Path folder;

    @Test
    void areShutAsARunsPodIs() {
        assertThat(Stream.of(PODS.peer(), PODS.tries("10.0.0.7")).map(TrialPodsTest::pod))
                .allSatisfy(pod -> {
                    V1Container container = pod.getContainers().getFirst();
                    assertThat(pod.getAutomountServiceAccountToken()).isFalse();
                    assertThat(pod.getHostNetwork()).isFalse();
                    assertThat(pod.getServiceAccountName()).isEqualTo(RunPod.SERVICE_ACCOUNT);
                    assertThat(pod.getRuntimeClassName()).isEqualTo("gvisor");
                    assertThat(pod.getNodeSelector()).containsEntry("pool", "runs");
                    assertThat(pod.getTolerations()).hasSize(1);
                    assertThat(container.getSecurityContext()).isEqualTo(ClosedPod.security(10_001));
                    assertThat(container.getResources().getRequests())
                            .isEqualTo(container.getResources().getLimits());
                });
    }

    /** What a run mounts must be possible for users that are mapped. */
    @Test
    void withUsersOfItsOwnMountsWhatARunDoes() {
        V1PodSpec own = pod(PODS.own().tries("10.0.0.7"));

        assertThat(own.getHostUsers()).isFalse();
        assertThat(own.getVolumes()).extracting(volume -> volume.getName()).containsExactly("runner", "scratch");
        assertThat(own.getContainers().getFirst().getVolumeMounts()).hasSize(2);
        assertThat(pod(PODS.tries("10.0.0.7")).getHostUsers()).isNull();
        assertThat(pod(PODS.tries("10.0.0.7")).getVolumes()).isNullOrEmpty();
        assertThat(PODS.own().triesName()).isNotEqualTo(PODS.triesName());
    }

    /** A sweep of runs, or of what an installation left, looks for a run's name. */
    @Test
    void areNobodysRuns() {
        V1Job job = PODS.tries("10.0.0.7");

        assertThat(RunLabels.read(job.getMetadata())).isEmpty();
        assertThat(job.getMetadata().getLabels()).containsEntry(RunLabels.NAME, "artemis-network-trial");
        assertThat(RunLabels.selector("artemis")).doesNotContain("artemis-network-trial");
        assertThat(job.getSpec().getActiveDeadlineSeconds()).isPositive();
        assertThat(job.getSpec().getTtlSecondsAfterFinished()).isPositive();
    }

    /** Where Kueue holds every Job that names no queue of its, such a trial would never begin. */
    @Test
    void waitForTheirTurnWhereRunsDo() {
        KubernetesSettings settings = SomeSettings.with(Map.of("queue-name", "teams"));

        V1Job job = new TrialPods(settings, PODS.cluster(), "artemis-runs", "abc").peer();

        assertThat(job.getSpec().getSuspend()).isTrue();
        assertThat(job.getMetadata().getLabels()).containsEntry(RunLabels.QUEUE, "teams");
        assertThat(PODS.peer().getSpec().getSuspend()).isNull();
    }

    @Test
    void saysWhetherSomebodyAnswers() throws IOException, InterruptedException {
        try (ServerSocket listens = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            int free;
            try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                free = other.getLocalPort();
            }

            String said = said(listens.getLocalPort(), free);
            assertThat(said.lines().filter(line -> line.split(" ").length == 3))
                    .containsExactlyInAnyOrder(
                            "peer 127.0.0.1:%d connected".formatted(listens.getLocalPort()),
                            "api 127.0.0.1:%d ECONNREFUSED".formatted(free));
            // whether this test is in a user namespace is its machine's affair
            boolean own =
                    !Files.readString(Path.of("/proc/self/uid_map")).strip().matches("0\\s+0\\s+4294967295");
            assertThat(UserSight.of(said)).isEqualTo(own ? UserSight.OWN : UserSight.SHARED);
            assertThat(UserSight.of("failed to start: idmap mounts are not supported"))
                    .isEqualTo(UserSight.NOT_STARTED);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, ALL", "0, ONE", ", UNKNOWN"})
    void saysWhomTheKernelEndsForMemory(@Nullable String group, MemorySight sight) throws Exception {
        if (group != null) {
            Files.writeString(folder.resolve("memory.oom.group"), group + "\n");
        }
        try (ServerSocket listens = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            assertThat(MemorySight.of(said(listens.getLocalPort(), listens.getLocalPort())))
                    .isEqualTo(sight);
        }
    }

    /** Its termination file is a file of this test's, and so is its cgroup's. */
    private String said(int peer, int api) throws IOException, InterruptedException {
        Path file = folder.resolve("termination-log");
        List<String> command = new ArrayList<>();
        V1Container container = pod(PODS.tries("127.0.0.1")).getContainers().getFirst();
        container
                .getCommand()
                .forEach(word -> command.add(
                        word.equals("python3")
                                ? "/usr/bin/python3"
                                : word.equals(Integer.toString(TrialPods.PORT))
                                        ? Integer.toString(peer)
                                        : word.replace(RunPod.TERMINATION_FILE, file.toString())
                                                .replace("/sys/fs/cgroup", folder.toString())));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "KUBERNETES_SERVICE_HOST", "127.0.0.1", "KUBERNETES_SERVICE_PORT", Integer.toString(api)));
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return Files.readString(file);
    }

    private static V1PodSpec pod(V1Job job) {
        return job.getSpec().getTemplate().getSpec();
    }
}
