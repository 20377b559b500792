package dev.artemis.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.configuration.Finding;
import dev.artemis.sandbox.Captured;
import dev.artemis.sandbox.Channel;
import dev.artemis.sandbox.Ending;
import dev.artemis.sandbox.Failure;
import dev.artemis.sandbox.Isolation;
import dev.artemis.sandbox.KillReason;
import dev.artemis.sandbox.Limits;
import dev.artemis.sandbox.Live;
import dev.artemis.sandbox.Loss;
import dev.artemis.sandbox.Observation;
import dev.artemis.sandbox.Result;
import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.SandboxFile;
import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.sandbox.runner.Nonce;
import dev.artemis.shared.Language;
import io.kubernetes.client.openapi.apis.BatchV1Api;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.apis.NetworkingV1Api;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1NetworkPolicyIngressRule;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Real Jobs on a real cluster. */
@OnCluster
class KubernetesSandboxClusterTest {

    private static final String NAMESPACE = "artemis-runs-test";
    private static final UUID TENANT = UUID.randomUUID();
    private static final long MIB = 1L << 20;
    private static final Limits LIMITS =
            new Limits(200, 64 * MIB, Duration.ofSeconds(20), Duration.ofSeconds(30), 8 * MIB, 16 * MIB, 32, 64, MIB);

    private static KubernetesSettings settings = SomeSettings.defaults();
    private static ClusterClients clients;
    private static ClusterCalls calls;
    private static Recorder recorder = new Recorder();
    private static KubernetesSandbox sandbox;

    private final List<RunRef> runs = new ArrayList<>();

    @BeforeAll
    static void open() {
        settings = TestCluster.settings(NAMESPACE, Map.of());
        clients = ClusterClients.of(settings.kubeconfig());
        calls = new ClusterCalls(clients, settings);
        sandbox = another(settings, recorder);
    }

    private static KubernetesSandbox another(KubernetesSettings settings, Recorder to) {
        KubernetesSandbox made = new KubernetesSandbox(
                settings, ClusterClients.of(settings.kubeconfig()), Clock.systemUTC(), PodSight::untried);
        made.open(to);
        return made;
    }

    @AfterAll
    static void close() {
        if (sandbox != null) {
            sandbox.close();
        }
    }

    /** Whatever a test did, nothing of its runs stays in the cluster. */
    @AfterEach
    void forgetsEverything() throws InterruptedException {
        for (RunRef run : runs) {
            sandbox.forget(run);
        }
        for (RunRef run : runs) {
            TestCluster.until(() -> calls.job(run).isEmpty()
                    && pods(run).isEmpty()
                    && secrets(run).isEmpty());
        }
    }

    @Test
    void saysHello() throws InterruptedException {
        RunRef run = aRun();

        sandbox.start(run, python("print('hello')"));

        assertThat(ending(run)).isEqualTo(new Ending.Exited(0));
        assertThat(recorder.text(run, Channel.STDOUT)).isEqualTo("hello\n");
        assertThat(recorder.of(run)).first().isEqualTo(new Observation.Accepted());
    }

    @Test
    void givesFilesInputAndEnvironment() throws InterruptedException {
        RunRef run = aRun();
        byte[] large = new byte[(int) (2 * MIB)];
        new Random(1).nextBytes(large);
        SandboxSpec spec = new SandboxSpec(
                Language.PYTHON,
                """
                import os, sys, hashlib
                print(open('data/large', 'rb').read() == open('data/large', 'rb').read(), os.path.getsize('data/large'))
                print(sys.stdin.read(), os.environ['COLOUR'], sorted(os.environ), file=sys.stderr)
                print(os.getuid() >= 10000, os.getcwd())
                """,
                List.of(new SandboxFile("data/large", large)),
                "typed".getBytes(StandardCharsets.UTF_8),
                Map.of("COLOUR", "green"),
                LIMITS);

        sandbox.start(run, spec);

        assertThat(ending(run)).isEqualTo(new Ending.Exited(0));
        assertThat(recorder.text(run, Channel.STDOUT)).isEqualTo("True 2097152\nTrue /work\n");
        assertThat(recorder.text(run, Channel.STDERR))
                .startsWith("typed green")
                .doesNotContain("ARTEMIS", "KUBERNETES");
    }

    @Test
    void tellsExitCodeAndSignal() throws InterruptedException {
        RunRef seven = aRun();
        RunRef segv = aRun();

        sandbox.start(seven, python("import sys; sys.exit(7)"));
        sandbox.start(segv, python("import os; os.kill(os.getpid(), 11)"));

        assertThat(ending(seven)).isEqualTo(new Ending.Exited(7));
        assertThat(ending(segv)).isEqualTo(new Ending.Signalled(11));
    }

    @Test
    void killsForMemory() throws InterruptedException {
        RunRef run = aRun();

        sandbox.start(run, python("x = bytearray(512 << 20)\nprint(len(x))"));

        assertThat(ending(run)).isEqualTo(new Ending.Killed(KillReason.OUT_OF_MEMORY));
    }

    @Test
    void killsForTime() throws InterruptedException {
        RunRef wall = aRun();
        RunRef cpu = aRun();

        sandbox.start(wall, limited("import time; print('in', flush=True); time.sleep(60)", 20_000, 8_000));
        sandbox.start(cpu, limited("while True: pass", 200, 30_000));

        assertThat(ending(wall)).isEqualTo(new Ending.Killed(KillReason.WALL_TIMEOUT));
        assertThat(recorder.text(wall, Channel.STDOUT)).isEqualTo("in\n");
        assertThat(ending(cpu)).isEqualTo(new Ending.Killed(KillReason.CPU_TIME));
    }

    @Test
    void killsForDisk() throws InterruptedException {
        RunRef run = aRun();

        sandbox.start(run, python("""
                import time
                for i in range(100):
                    with open(f'f{i}', 'wb') as f: f.write(bytes(1 << 20))
                    time.sleep(0.02)
                """));

        // where volumes in memory have a size, the program meets the full disk itself
        assertThat(ending(run)).isIn(new Ending.Killed(KillReason.DISK_LIMIT), new Ending.Exited(1));
    }

    /** By its number on this machine: where that is the node, and we may. */
    @Test
    void aRunnerThatIsKilledLosesItsRunAndLeavesNothing() throws Exception {
        RunRef run = aRun();
        sandbox.start(
                run,
                SandboxSpec.of(Language.SHELL, "echo kept > file; sleep 600 & echo up; sleep 600")
                        .withLimits(LIMITS));
        recorder.await(run, Observation.Output.class::isInstance);

        V1Pod pod = pods(run).getFirst();
        ProcessHandle runner = runnerHere(pod);
        TestCluster.until(() -> runner.descendants().count() >= 3);
        List<ProcessHandle> all = runner.descendants().toList();
        runner.destroyForcibly();

        assertThat(lost(run)).isEqualTo(Loss.RECORD_MISSING);
        assertThat(recorder.text(run, Channel.STDOUT)).isEqualTo("up\n");
        TestCluster.until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
        sandbox.forget(run);
        TestCluster.until(() -> processesOf(pod).isEmpty() && pods(run).isEmpty());
    }

    /** The first process of its container. */
    private static ProcessHandle runnerHere(V1Pod pod) {
        List<ProcessHandle> runners = processesOf(pod).stream()
                .filter(process -> process.info().commandLine().orElse("").contains("artemis-runner"))
                .toList();
        Assumptions.assumeFalse(runners.isEmpty(), "the cluster's pods run on another machine than this");
        assertThat(runners).hasSize(1);
        return runners.getFirst();
    }

    private static String id(V1Pod pod) {
        return String.valueOf(pod.getMetadata().getUid());
    }

    /** Those in its cgroups. */
    private static List<ProcessHandle> processesOf(V1Pod pod) {
        return ProcessHandle.allProcesses()
                .filter(process -> {
                    try {
                        String groups = Files.readString(Path.of("/proc/" + process.pid() + "/cgroup"))
                                .replace('_', '-');
                        return groups.contains(id(pod));
                    } catch (IOException e) {
                        return false; // it has ended
                    }
                })
                .toList();
    }

    /**
     * As a rule: the middle of three. Not in a pod's first seconds: a kubelet that has just looked at a pod looks again when its
     * next list of containers is there, which it makes once a second.
     */
    @Test
    void cancelsWithinTwoSeconds() throws InterruptedException {
        List<Duration> took = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            RunRef run = aRun();
            sandbox.start(run, python("import time; time.sleep(3); print('in', flush=True); time.sleep(60)"));
            recorder.await(run, Observation.Output.class::isInstance);

            long began = System.nanoTime();
            sandbox.cancel(run);

            assertThat(ending(run)).isEqualTo(new Ending.Killed(KillReason.CANCELLED));
            took.add(Duration.ofNanos(System.nanoTime() - began));
        }
        assertThat(took.stream().sorted().toList().get(1)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void cancelsOnAnotherInstance() throws InterruptedException {
        RunRef run = aRun();
        sandbox.start(run, python("import time; print('in', flush=True); time.sleep(60)"));
        recorder.await(run, Observation.Output.class::isInstance);

        try (KubernetesSandbox other = new KubernetesSandbox(
                settings, ClusterClients.of(settings.kubeconfig()), Clock.systemUTC(), PodSight::untried)) {
            other.cancel(run);

            assertThat(ending(run)).isEqualTo(new Ending.Killed(KillReason.CANCELLED));
        }
    }

    @Test
    void keepsFirstAndLastOfFlood() throws InterruptedException {
        RunRef run = aRun();

        sandbox.start(run, python("""
                import sys
                for i in range(300_000): sys.stdout.write(f'{i:015d}\\n')
                """));

        Result result = finished(run);
        assertThat(result.ending()).isEqualTo(new Ending.Exited(0));
        Captured captured = result.stdout();
        assertThat(captured.totalBytes()).isEqualTo(300_000 * 16);
        assertThat(captured.keptBytes()).isEqualTo(MIB);
        byte[] kept = recorder.bytes(run, Channel.STDOUT);
        assertThat(kept).hasSize((int) MIB);
        assertThat(new String(kept, 0, 16, StandardCharsets.UTF_8)).isEqualTo("000000000000000\n");
        assertThat(new String(Arrays.copyOfRange(kept, kept.length - 16, kept.length), StandardCharsets.UTF_8))
                .isEqualTo("000000000299999\n");
    }

    @Test
    void startsOnceHoweverOftenAsked() throws InterruptedException {
        RunRef run = aRun();
        SandboxSpec spec = python("print('once')");

        sandbox.start(run, spec);
        sandbox.start(run, spec);
        assertThat(ending(run)).isEqualTo(new Ending.Exited(0));
        sandbox.start(run, spec);

        assertThat(recorder.text(run, Channel.STDOUT)).isEqualTo("once\n");
        assertThat(pods(run)).hasSize(1);
    }

    @Test
    void adoptsJobThatAnotherInstanceMade() throws InterruptedException {
        RunRef run = aRun();
        SandboxSpec spec = python("import time; print('in', flush=True); time.sleep(3); print('out')");
        sandbox.start(run, spec);
        recorder.await(run, Observation.Output.class::isInstance);
        RunRef newer = new RunRef(run.tenant(), run.run(), run.attempt(), run.fencingToken() + 1);
        Recorder others = new Recorder();

        try (KubernetesSandbox other = new KubernetesSandbox(
                settings, ClusterClients.of(settings.kubeconfig()), Clock.systemUTC(), PodSight::untried)) {
            // it claims before it has listed anything: the create meets a conflict
            other.open(others);
            other.start(newer, spec);

            assertThat(((Observation.Finished) others.awaitEnd(newer)).result().ending())
                    .isEqualTo(new Ending.Exited(0));
            assertThat(others.text(newer, Channel.STDOUT)).isEqualTo("in\nout\n");
            assertThat(pods(run)).hasSize(1);
            TestCluster.until(() -> sandbox.list().contains(new Live(newer, Live.State.ENDED)));
        }
        sandbox.forget(newer);
    }

    @Test
    void suppliesJobWhoseCreatorDiedBeforeItsInput() throws InterruptedException {
        RunRef met = aRun();
        SandboxSpec spec = python("print('supplied')");
        createWithoutInput(met, spec);

        sandbox.start(met, spec);

        assertThat(ending(met)).isEqualTo(new Ending.Exited(0));
        assertThat(recorder.text(met, Channel.STDOUT)).isEqualTo("supplied\n");
    }

    @Test
    void suppliesFollowedJobThatLacksItsInput() throws InterruptedException {
        RunRef run = aRun();
        SandboxSpec spec = python("print('supplied')");
        createWithoutInput(run, spec);

        sandbox.follow(run, spec);

        assertThat(ending(run)).isEqualTo(new Ending.Exited(0));
        assertThat(pods(run)).hasSize(1);
    }

    @Test
    void neverBeginsAnewWhatItIsToFollow() throws InterruptedException {
        RunRef run = aRun();

        sandbox.follow(run, python("print('again')"));

        assertThat(lost(run)).isEqualTo(Loss.NODE_LOST);
        assertThat(calls.job(run)).isEmpty();
    }

    @Test
    void whoFollowsAfterThePodWasDeletedRunsNothingTwice() throws InterruptedException {
        RunRef run = aRun();
        SandboxSpec spec = python("import time; print('in', flush=True); time.sleep(60)");
        Recorder first = new Recorder();
        KubernetesSandbox before = another(settings, first);
        before.start(run, spec);
        first.await(run, Observation.Output.class::isInstance);
        TestCluster.until(() -> inputs(run).isEmpty());
        before.close();
        V1Pod pod = pods(run).getFirst();
        delete(pod);
        // a cluster of before 1.29 makes another pod; whatever it does, that one has no input
        TestCluster.until(() -> pods(run).stream()
                .noneMatch(there ->
                        there.getMetadata().getUid().equals(pod.getMetadata().getUid())));

        Recorder second = new Recorder();
        try (KubernetesSandbox after = another(settings, second)) {
            after.follow(run, spec);
            second.await(run, Observation.Accepted.class::isInstance);
            after.start(run, spec);
            assertThat(TestCluster.holdsFor(Duration.ofSeconds(6), () -> !started(pods(run), pod)))
                    .as("no second pod runs the program")
                    .isTrue();
        }
        assertThat(second.text(run, Channel.STDOUT)).isEmpty();
    }

    /** Whoever gave the input died before it could take it away; a cluster of before 1.29 makes another pod for a Job whose pod is deleted. */
    @Test
    void aSecondPodRunsNothingThoughTheInputIsStillThere() throws InterruptedException {
        RunRef run = aRun();
        SandboxSpec spec = python("import time; print('in', flush=True); time.sleep(60)");
        RunObjects objects = createWithoutInput(run, spec);
        TestCluster.until(() -> !pods(run).isEmpty());
        V1Pod first = pods(run).getFirst();
        objects.inputOf(
                        calls.job(run).orElseThrow(),
                        String.valueOf(first.getMetadata().getUid()))
                .forEach(calls::createInput);
        TestCluster.until(() -> sight(pods(run).getFirst()) instanceof Sight.Running);

        delete(first);

        TestCluster.until(() -> pods(run).stream()
                .filter(pod -> !String.valueOf(pod.getMetadata().getUid())
                        .equals(first.getMetadata().getUid()))
                .anyMatch(pod -> sight(pod) instanceof Sight.Ended ended
                        && ended.exit().map(exit -> exit.code() == 64).orElse(false)));
        assertThat(inputs(run)).hasSize(1);
        sandbox.follow(run, spec);
        assertThat(lost(run)).isEqualTo(Loss.NODE_LOST);
        assertThat(recorder.text(run, Channel.STDOUT)).isEmpty();
    }

    @Test
    void closesANetworkPolicyThatSomebodyOpened() throws Exception {
        var namespaces = new RunNamespaces(clients.calls(), settings, RunnerConfigMap.built());
        UUID tenant = UUID.randomUUID();
        namespaces.ensure(tenant);
        var networking = new NetworkingV1Api(clients.calls());
        V1NetworkPolicy open = networking
                .readNamespacedNetworkPolicy(NamespaceObjects.NETWORK_POLICY, NAMESPACE)
                .execute();
        open.getSpec().addIngressItem(new V1NetworkPolicyIngressRule());
        networking
                .replaceNamespacedNetworkPolicy(NamespaceObjects.NETWORK_POLICY, NAMESPACE, open)
                .execute();

        namespaces.doubt(tenant);
        namespaces.ensure(tenant);

        assertThat(networking
                        .readNamespacedNetworkPolicy(NamespaceObjects.NETWORK_POLICY, NAMESPACE)
                        .execute()
                        .getSpec()
                        .getIngress())
                .isNullOrEmpty();
    }

    /**
     * Whoever empties an input may be so late that its Job is gone, and makes an empty one that belongs to nobody there. We may not list Secrets, and
     * need not: the cluster takes away what is owned by what is not there.
     */
    @Test
    void anEmptiedInputOfAJobThatIsGoneDoesNotStay() throws InterruptedException {
        RunRef run = aRun();
        String name = run.name() + "-0";
        calls.emptyInput(
                RunObjects.emptied(settings, run, name, UUID.randomUUID().toString()));

        TestCluster.until(() -> secrets(run).isEmpty());
    }

    private static RunObjects createWithoutInput(RunRef run, SandboxSpec spec) {
        RunnerConfigMap runner = RunnerConfigMap.built();
        Cluster cluster = new ClusterProbe(clients.calls(), settings, PodSight::untried)
                .cluster(runner)
                .orElseThrow();
        new RunNamespaces(clients.calls(), settings, runner).ensure(run.tenant());
        RunObjects objects = RunObjects.of(settings, cluster, run, spec, Nonce.random());
        calls.createJob(objects.job());
        return objects;
    }

    private static Sight sight(V1Pod pod) {
        return Sight.of(new Picture(java.util.Optional.empty(), List.of(pod)), java.util.Optional.empty());
    }

    @Test
    void refusesToAdoptAnotherSpecification() throws InterruptedException {
        RunRef run = aRun();
        sandbox.start(run, python("print('mine')"));
        recorder.awaitEnd(run);
        Recorder others = new Recorder();
        RunRef newer = new RunRef(run.tenant(), run.run(), run.attempt(), run.fencingToken() + 1);

        try (KubernetesSandbox other = another(settings, others)) {
            other.start(newer, python("print('other')"));

            assertThat(others.awaitEnd(newer))
                    .isEqualTo(new Observation.Failed(
                            Failure.SANDBOX_BROKEN,
                            "a Job " + run.name() + " is there already, made from something else"));
        }
    }

    @Test
    void goesOnAfterRestart() throws InterruptedException {
        RunRef run = aRun();
        Recorder first = new Recorder();
        KubernetesSandbox before = another(settings, first);
        SandboxSpec spec = python("import time; print('in', flush=True); time.sleep(8); print('out')");
        before.start(run, spec);
        first.await(run, Observation.Output.class::isInstance);
        before.close();

        Recorder second = new Recorder();
        try (KubernetesSandbox after = another(settings, second)) {
            after.follow(run, spec);
            assertThat(((Observation.Finished) second.awaitEnd(run)).result().ending())
                    .isEqualTo(new Ending.Exited(0));
            assertThat(second.text(run, Channel.STDOUT)).isEqualTo("in\nout\n");
            assertThat(after.list()).contains(new Live(run, Live.State.ENDED));
        }
        assertThat(first.of(run)).noneMatch(Recorder::isLast);
    }

    @Test
    void losesRunWhosePodWasDeletedAndRunsItOnlyOnce() throws InterruptedException {
        RunRef run = aRun();
        sandbox.start(run, python("import time; print('in', flush=True); time.sleep(60)"));
        recorder.await(run, Observation.Output.class::isInstance);
        V1Pod first = pods(run).getFirst();
        TestCluster.until(() -> inputs(run).isEmpty());

        delete(first);

        assertThat(lost(run)).isEqualTo(Loss.NODE_LOST);
        assertThat(started(pods(run), first)).isFalse();
        assertThat(recorder.text(run, Channel.STDOUT)).isEqualTo("in\n");
    }

    /** A name may come again: who deletes means one Job, and not the next of its name. */
    @Test
    void deletesNoOtherJobOfTheSameName() throws InterruptedException {
        RunRef run = aRun();
        sandbox.start(run, python("import time; print('in', flush=True); time.sleep(60)"));
        recorder.await(run, Observation.Output.class::isInstance);
        V1Job job = calls.job(run).orElseThrow();

        calls.deleteJob(run, UUID.randomUUID().toString());

        V1ObjectMeta after = calls.job(run).orElseThrow().getMetadata();
        assertThat(after.getUid()).isEqualTo(job.getMetadata().getUid());
        assertThat(after.getDeletionTimestamp()).isNull();
        calls.deleteJob(run, String.valueOf(job.getMetadata().getUid()));
        TestCluster.until(() -> calls.job(run).isEmpty());
    }

    @Test
    void sweepsAPodWhoseJobWasDeletedWithoutIt() throws InterruptedException {
        RunRef run = aRun();
        sandbox.start(run, python("import time; print('in', flush=True); time.sleep(60)"));
        recorder.await(run, Observation.Output.class::isInstance);

        ClusterCalls.called(
                "delete Job alone",
                () -> new BatchV1Api(clients.calls())
                        .deleteNamespacedJob(run.name(), NAMESPACE)
                        .propagationPolicy("Orphan")
                        .execute());
        TestCluster.until(() -> calls.job(run).isEmpty());

        try (KubernetesSandbox other = another(settings, new Recorder())) {
            TestCluster.until(() -> other.list().contains(new Live(run, Live.State.RUNNING)));
            other.forget(run);
            TestCluster.until(() -> pods(run).isEmpty());
        }
        // with its Job that no longer owns it, unless it was emptied since and is that Job's again
        ClusterCalls.found(() -> ClusterCalls.called(
                "delete Secret",
                () -> new CoreV1Api(clients.calls())
                        .deleteNamespacedSecret(run.name() + "-0", NAMESPACE)
                        .execute()));
    }

    @Test
    void losesRunWhoseJobWasDeleted() throws InterruptedException {
        RunRef run = aRun();
        sandbox.start(run, python("import time; print('in', flush=True); time.sleep(60)"));
        recorder.await(run, Observation.Output.class::isInstance);

        calls.deleteJob(
                run, String.valueOf(calls.job(run).orElseThrow().getMetadata().getUid()));

        assertThat(lost(run)).isEqualTo(Loss.NODE_LOST);
    }

    @Test
    void tellsWhyItDoesNotStart() throws InterruptedException {
        RunRef run = aRun();
        Recorder others = new Recorder();
        KubernetesSettings nowhere =
                TestCluster.settings(NAMESPACE, Map.of("image", "localhost/nowhere:none", "start-timeout", "15s"));

        try (KubernetesSandbox other = another(nowhere, others)) {
            other.start(run, python("print('never')"));

            Observation last = others.awaitEnd(run);
            assertThat(last).isInstanceOf(Observation.Failed.class);
            assertThat(((Observation.Failed) last).failure()).isEqualTo(Failure.START_TIMEOUT);
            assertThat(((Observation.Failed) last).detail()).contains("localhost/nowhere:none");
            TestCluster.until(() -> pods(run).isEmpty());
        }
    }

    /** It would wait for ever, and hold a slot each time it is tried. */
    @Test
    void tellsThatNoNodeCouldEverHoldIt() throws InterruptedException {
        RunRef run = aRun();
        Recorder others = new Recorder();
        KubernetesSettings hasty = TestCluster.settings(NAMESPACE, Map.of("start-timeout", "15s"));
        Limits huge = new Limits(
                200, 512L << 30, Duration.ofSeconds(20), Duration.ofSeconds(30), 8 * MIB, 16 * MIB, 32, 64, MIB);

        try (KubernetesSandbox other = another(hasty, others)) {
            other.start(run, python("print('never')").withLimits(huge));

            assertTooLarge(others.awaitEnd(run), "no node has room for");
            TestCluster.until(() -> pods(run).isEmpty());
        }
    }

    @Test
    void tellsThatTheQuotaCouldNeverHoldIt() throws InterruptedException {
        RunRef run = aRun();
        Recorder others = new Recorder();
        KubernetesSettings tight =
                TestCluster.settings("artemis-runs-tight", Map.of("start-timeout", "15s", "quota.memory", "32Mi"));

        try (KubernetesSandbox other = another(tight, others)) {
            other.start(run, python("print('never')"));

            assertTooLarge(others.awaitEnd(run), "the quota artemis-runs has");
            other.forget(run);
            ClusterCalls there = new ClusterCalls(clients, tight);
            TestCluster.until(() -> there.job(run).isEmpty());
        }
    }

    private static void assertTooLarge(Observation last, String why) {
        assertThat(last).isInstanceOf(Observation.Failed.class);
        assertThat(((Observation.Failed) last).failure()).isEqualTo(Failure.TOO_LARGE);
        assertThat(((Observation.Failed) last).detail()).contains(why).contains("ask for less");
    }

    @Test
    void tellsThatNamespaceIsFull() throws InterruptedException {
        RunRef fits = aRun();
        RunRef full = aRun();
        KubernetesSettings small = TestCluster.settings("artemis-runs-full", Map.of("quota.jobs", "1"));
        ClusterCalls there = new ClusterCalls(clients, small);
        Recorder others = new Recorder();

        try (KubernetesSandbox other = another(small, others)) {
            other.start(fits, python("print('fits')"));
            others.awaitEnd(fits);
            other.start(full, python("print('does not')"));

            Observation last = others.awaitEnd(full);
            assertThat(last).isInstanceOf(Observation.Failed.class);
            assertThat(((Observation.Failed) last).failure()).isEqualTo(Failure.NO_CAPACITY);
            assertThat(((Observation.Failed) last).detail()).contains("exceeded quota");
            // who starts meanwhile is not refused for it
            assertThat(ClusterCheck.of(small, clients.calls(), SomeSettings.NOBODY_TRIES))
                    .noneMatch(finding -> finding.verdict() == Finding.Verdict.FAIL)
                    .anyMatch(finding -> finding.detail().contains("artemis-runs-full is full at the moment"));
            // under a full quota a repeat is still known again
            try (KubernetesSandbox third = another(small, new Recorder())) {
                third.start(fits, python("print('fits')"));
                TestCluster.until(() -> third.list().contains(new Live(fits, Live.State.ENDED)));
            }
            other.forget(fits);
            TestCluster.until(() -> there.job(fits).isEmpty());
        }
    }

    @Test
    void hasNoRightsAndSeesNothingOfTheCluster() throws InterruptedException {
        RunRef run = aRun();

        sandbox.start(run, python("""
                import os, socket
                status = dict(line.split(":", 1) for line in open("/proc/self/status"))
                for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"):
                    assert int(status[name], 16) == 0, name
                assert status["NoNewPrivs"].strip() == "1" and status["Seccomp"].strip() == "2"
                assert os.getuid() == os.geteuid() >= 10_000 and os.getgroups() in ([], [os.getgid()])
                assert os.getppid() == 1 and socket.gethostname() == "sandbox"
                assert not [name for name in os.environ if "KUBERNETES" in name or "ARTEMIS" in name]
                assert not os.path.exists("/var/run/secrets")
                for path in ("/", "/usr", "/etc", "/artemis/job", "/artemis/runner", "/sys", "/proc/sys/kernel"):
                    try:
                        open(path + "/planted", "w")
                        raise SystemExit("wrote to " + path)
                    except OSError:
                        pass
                for path in ("/proc/1/environ", "/proc/1/mem", "/proc/1/fd/1"):
                    try:
                        open(path, "rb")
                        raise SystemExit("opened " + path)
                    except OSError:
                        pass
                for call in (lambda: os.setuid(0), lambda: os.setgid(0), lambda: os.chown("/work", 0, 0)):
                    try:
                        call()
                        raise SystemExit("became another")
                    except OSError:
                        pass
                print("held")
                """));

        assertThat(ending(run)).as(recorder.text(run, Channel.STDERR)).isEqualTo(new Ending.Exited(0));
        assertThat(recorder.text(run, Channel.STDOUT)).isEqualTo("held\n");
    }

    @Test
    void saysWhatHolds() {
        Isolation isolation = sandbox.isolation();

        assertThat(isolation.strength()).isEqualTo(Isolation.Strength.PARTIAL);
        assertThat(isolation.lacks()).anyMatch(lack -> lack.startsWith("network:"));
    }

    private static Ending ending(RunRef run) throws InterruptedException {
        return finished(run).ending();
    }

    private static Result finished(RunRef run) throws InterruptedException {
        Observation last = recorder.awaitEnd(run);
        assertThat(last).isInstanceOf(Observation.Finished.class);
        return ((Observation.Finished) last).result();
    }

    private static Loss lost(RunRef run) throws InterruptedException {
        Observation last = recorder.awaitEnd(run);
        assertThat(last).isInstanceOf(Observation.Lost.class);
        return ((Observation.Lost) last).loss();
    }

    private RunRef aRun() {
        RunRef run = new RunRef(TENANT, UUID.randomUUID(), 1, 1);
        runs.add(run);
        return run;
    }

    private static SandboxSpec python(String code) {
        return SandboxSpec.of(Language.PYTHON, code).withLimits(LIMITS);
    }

    private static SandboxSpec limited(String code, long cpuMillis, long wallMillis) {
        return python(code)
                .withLimits(new Limits(
                        200,
                        64 * MIB,
                        Duration.ofMillis(cpuMillis),
                        Duration.ofMillis(wallMillis),
                        8 * MIB,
                        16 * MIB,
                        32,
                        64,
                        MIB));
    }

    private static List<V1Pod> pods(RunRef run) {
        return calls.pods().getItems().stream()
                .filter(pod -> ClusterWatch.runOf(pod).equals(run.name()))
                .toList();
    }

    /** Those that a pod could still start with. */
    private static List<V1Secret> inputs(RunRef run) {
        return secrets(run).stream()
                .filter(secret -> secret.getData() != null && !secret.getData().isEmpty())
                .toList();
    }

    private static List<V1Secret> secrets(RunRef run) {
        return TestCluster.inputs(clients, settings).stream()
                .filter(secret -> String.valueOf(secret.getMetadata().getName()).startsWith(run.name() + "-"))
                .toList();
    }

    private static void delete(V1Pod pod) {
        ClusterCalls.called(
                "delete pod",
                () -> new CoreV1Api(clients.calls())
                        .deleteNamespacedPod(pod.getMetadata().getName(), NAMESPACE)
                        .gracePeriodSeconds(0)
                        .execute());
    }

    /** Whether another pod than the first has got as far as running something. */
    private static boolean started(List<V1Pod> pods, V1Pod first) {
        return pods.stream()
                .filter(pod -> !String.valueOf(pod.getMetadata().getUid())
                        .equals(first.getMetadata().getUid()))
                .map(KubernetesSandboxClusterTest::sight)
                .anyMatch(sight -> !(sight instanceof Sight.Pending));
    }
}
