package dev.artemis.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.sandbox.Channel;
import dev.artemis.sandbox.Ending;
import dev.artemis.sandbox.Failure;
import dev.artemis.sandbox.HundredRuns;
import dev.artemis.sandbox.Isolation;
import dev.artemis.sandbox.KillReason;
import dev.artemis.sandbox.Limits;
import dev.artemis.sandbox.Live;
import dev.artemis.sandbox.Loss;
import dev.artemis.sandbox.Observation;
import dev.artemis.sandbox.Recorder;
import dev.artemis.sandbox.Result;
import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.SandboxFile;
import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.sandbox.SomeLimits;
import dev.artemis.sandbox.StubbornRun;
import dev.artemis.shared.Language;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

@Tag("docker")
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("cluster") // both keep the kernel busy with containers
class DockerSandboxTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String SLEEP = "import time; print('begun'); time.sleep(60)";

    private static @Nullable TestEngine machine;

    private final Recorder recorder = new Recorder();
    private DockerSandbox sandbox = new DockerSandbox(machine().settings());

    @BeforeAll
    static void startEngine() throws Exception {
        machine = TestEngine.start();
    }

    @AfterAll
    static void stopEngine() throws Exception {
        if (machine != null) {
            machine.close();
        }
    }

    @BeforeEach
    void open() {
        sandbox.open(recorder);
    }

    @AfterEach
    void leavesNothing() throws Exception {
        sandbox.list().forEach(live -> sandbox.forget(live.run()));
        HostileProgramsDockerTest.awaitNothing(machine(), sandbox);
        sandbox.close();
    }

    @Test
    void givesCodeFilesInputAndEnvironment() {
        String code = """
                import os, sys
                print(sys.stdin.read().upper(), os.environ["GREETING"], open("data/a.txt").read(), os.path.isdir("/tmp"), sep="|")
                print("wrong", file=sys.stderr)
                sys.exit(42)
                """;
        RunRef run = Recorder.aRun();

        sandbox.start(
                run,
                new SandboxSpec(
                        Language.PYTHON,
                        code,
                        List.of(new SandboxFile("data/a.txt", utf8("größe"))),
                        utf8("input"),
                        Map.of("GREETING", "hi = there"),
                        Limits.DEFAULTS));

        Result result = recorder.of(run).awaitResult(SOON);
        assertThat(result.ending()).isEqualTo(new Ending.Exited(42));
        assertThat(printed(run, Channel.STDOUT)).isEqualTo("INPUT|hi = there|größe|True\n");
        assertThat(printed(run, Channel.STDERR)).isEqualTo("wrong\n");
        assertThat(recorder.of(run).facts())
                .hasExactlyElementsOfTypes(
                        Observation.Accepted.class, Observation.Started.class, Observation.Finished.class);
        assertThat(result.usage().cpuTime()).isBetween(Duration.ofMillis(1), Duration.ofSeconds(5));
        assertThat(result.usage().maxMemoryBytes()).isBetween(1L << 20, 100L << 20);
        assertThat(sandbox.list()).containsExactly(new Live(run, Live.State.ENDED));
    }

    @Test
    void takesTheLargestInputThereCanBe() {
        byte[] large = new byte[SandboxSpec.MAX_INPUT_BYTES - 1_000];
        RunRef run = Recorder.aRun();

        sandbox.start(
                run,
                new SandboxSpec(
                        Language.PYTHON,
                        "import os, sys; print(os.path.getsize('large'))",
                        List.of(new SandboxFile("large", large)),
                        new byte[0],
                        Map.of(),
                        Limits.DEFAULTS));

        assertThat(recorder.of(run).awaitResult(SOON).ending()).isEqualTo(new Ending.Exited(0));
        assertThat(printed(run, Channel.STDOUT)).isEqualTo(large.length + "\n");
    }

    @Test
    void keepsFirstAndLastPartOfLongOutput() {
        RunRef run = start(
                SandboxSpec.of(Language.PYTHON, "import sys\nfor i in range(100000): sys.stdout.write('%09d\\n' % i)")
                        .withLimits(SomeLimits.usual().outputBytes(100_000).limits()));

        Result result = recorder.of(run).awaitResult(SOON);

        assertThat(result.stdout().totalBytes()).isEqualTo(1_000_000);
        assertThat(result.stdout().droppedBytes()).isEqualTo(900_000);
        assertThat(printed(run, Channel.STDOUT))
                .hasSize(100_000)
                .startsWith("000000000\n")
                .endsWith("000099999\n");
    }

    @Test
    void showsOutputWhileItRunsAndEndsCancelledRunWithinTwoSeconds() {
        new StubbornRun(sandbox, recorder).endsWithinTwoSeconds();
    }

    @Test
    void whatIsCancelledTellsHowItEnded() {
        new StubbornRun(sandbox, recorder).tellsHowItEnded();
    }

    @Test
    void cancelsAtOnceAfterTheStart() throws InterruptedException {
        for (int i = 0; i < 8; i++) {
            RunRef run = start(SandboxSpec.of(Language.PYTHON, SLEEP));
            // from before the container is there until the program runs
            Thread.sleep(i * 60L);

            sandbox.cancel(run);

            assertThat(recorder.of(run).awaitResult(SOON).ending()).isEqualTo(new Ending.Killed(KillReason.CANCELLED));
        }
    }

    @Test
    void startsARunOnce() {
        SandboxSpec spec = SandboxSpec.of(Language.SHELL, "echo once");
        RunRef run = start(spec);
        sandbox.start(run, spec);
        recorder.of(run).awaitResult(SOON);

        sandbox.start(run, spec);

        assertThat(sandbox.list()).containsExactly(new Live(run, Live.State.ENDED));
        assertThat(printed(run, Channel.STDOUT)).isEqualTo("once\n");
    }

    @Test
    void forgetsRunningRunWithoutAWord() throws Exception {
        RunRef run = start(SandboxSpec.of(Language.PYTHON, SLEEP));
        recorder.of(run).awaitStart(SOON);

        sandbox.forget(run);

        HostileProgramsDockerTest.awaitNothing(machine(), sandbox);
        assertThat(recorder.of(run).facts())
                .hasExactlyElementsOfTypes(Observation.Accepted.class, Observation.Started.class);
        sandbox.forget(run);
        sandbox.cancel(run);
    }

    @Test
    void goesOnWithWhatAnEarlierServerStarted() {
        RunRef ended = start(SandboxSpec.of(Language.PYTHON, "print('while you were away')"));
        RunRef running = start(SandboxSpec.of(Language.PYTHON, SLEEP));
        await(() -> printed(running, Channel.STDOUT).equals("begun\n"));
        sandbox.close();
        Recorder next = new Recorder();

        sandbox = new DockerSandbox(machine().settings());
        sandbox.open(next);

        assertThat(next.of(ended).awaitResult(SOON).ending()).isEqualTo(new Ending.Exited(0));
        assertThat(new String(next.of(ended).printed(Channel.STDOUT), StandardCharsets.UTF_8))
                .isEqualTo("while you were away\n");
        next.of(running).awaitStart(SOON);
        sandbox.start(running, SandboxSpec.of(Language.PYTHON, "print('not me')"));
        sandbox.cancel(running);
        assertThat(next.of(running).awaitResult(SOON).ending()).isEqualTo(new Ending.Killed(KillReason.CANCELLED));
        assertThat(next.of(running).printed(Channel.STDOUT)).isEqualTo(utf8("begun\n"));
    }

    @Test
    void endsALaunchBeforeItCloses() {
        List<RunRef> launched = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            launched.add(start(SandboxSpec.of(Language.PYTHON, "print('whole')")));
        }
        sandbox.close();
        Recorder next = new Recorder();

        sandbox = new DockerSandbox(machine().settings());
        sandbox.open(next);

        for (RunRef run : launched) {
            assertThat(next.of(run).awaitResult(SOON).ending()).isEqualTo(new Ending.Exited(0));
        }
    }

    @Test
    void leavesNothingOfALaunchThatIsForgotten() {
        RunRef run = start(SandboxSpec.of(Language.PYTHON, SLEEP));
        sandbox.forget(run);

        // one that is launched after it has nothing to do with the first
        RunRef later = start(SandboxSpec.of(Language.PYTHON, "print('later')"));
        recorder.of(later).awaitResult(SOON);
        await(() -> sandbox.list().equals(List.of(new Live(later, Live.State.ENDED))));
    }

    @Test
    void leavesOthersContainersAlone() {
        DockerSandbox other = new DockerSandbox(machine().settings("another installation", TestEngine.IMAGE));
        Recorder theirs = new Recorder();
        other.open(theirs);
        RunRef run = Recorder.aRun();
        other.start(run, SandboxSpec.of(Language.PYTHON, "print('mine')"));
        theirs.of(run).awaitResult(SOON);

        assertThat(sandbox.list()).isEmpty();

        other.forget(run);
        await(() -> other.list().isEmpty());
        other.close();
    }

    @Test
    void losesARunWhoseContainerSomebodyEnded() {
        RunRef killed = start(SandboxSpec.of(Language.PYTHON, SLEEP));
        RunRef stopped = start(SandboxSpec.of(Language.PYTHON, SLEEP));
        RunRef removed = start(SandboxSpec.of(Language.PYTHON, SLEEP));
        for (RunRef run : List.of(killed, stopped, removed)) {
            recorder.of(run).awaitStart(SOON);
        }

        machine().engine().kill(killed.name(), "SIGKILL");
        machine().engine().kill(stopped.name(), "SIGTERM");
        machine().engine().remove(removed.name());

        assertThat(recorder.of(stopped).awaitEnd(SOON))
                .isEqualTo(new Observation.Lost(Loss.NODE_LOST, "the container was ended from outside"));
        for (RunRef run : List.of(killed, removed)) {
            assertThat(recorder.of(run).awaitEnd(SOON)).isInstanceOf(Observation.Lost.class);
        }
    }

    /** As an operator would, from outside, and without the engine. */
    @Test
    void aRunnerThatIsKilledLosesItsRunAndLeavesNothing() throws Exception {
        RunRef run = start(SandboxSpec.of(Language.SHELL, "echo kept > file; sleep 600 & echo up; sleep 600"));
        await(() -> printed(run, Channel.STDOUT).equals("up\n"));

        JsonNode container = machine().engine().container(run.name()).orElseThrow();
        ProcessHandle runner =
                ProcessHandle.of(container.at("/State/Pid").asLong()).orElseThrow();
        assertThat(Files.readString(Path.of("/proc/" + runner.pid() + "/cmdline")))
                .startsWith(PreparedImage.RUNNER);
        await(() -> runner.descendants().count() >= 3);
        List<ProcessHandle> all = runner.descendants().toList();
        runner.destroyForcibly();

        assertThat(recorder.of(run).awaitEnd(SOON))
                .isInstanceOfSatisfying(
                        Observation.Lost.class, lost -> assertThat(lost.loss()).isEqualTo(Loss.RECORD_MISSING));
        assertThat(printed(run, Channel.STDOUT)).isEqualTo("up\n");
        await(() -> all.stream().noneMatch(ProcessHandle::isAlive));
        sandbox.forget(run);
        await(() -> machine().engine().container(run.name()).isEmpty());
    }

    @Test
    void losesItsRunsWithTheEngineAndStartsNewOnesWhenItIsBack() throws Exception {
        RunRef before = start(SandboxSpec.of(Language.PYTHON, SLEEP));
        recorder.of(before).awaitStart(SOON);

        machine().restart();

        assertThat(recorder.of(before).awaitEnd(SOON)).isInstanceOf(Observation.Lost.class);
        RunRef after = start(SandboxSpec.of(Language.PYTHON, "print('again')"));
        assertThat(recorder.of(after).awaitResult(SOON).ending()).isEqualTo(new Ending.Exited(0));
    }

    @Test
    void replacesAnEarlierClaimOfTheSameAttempt() {
        RunRef old = start(SandboxSpec.of(Language.PYTHON, SLEEP));
        recorder.of(old).awaitStart(SOON);
        RunRef fresh = new RunRef(old.tenant(), old.run(), old.attempt(), old.fencingToken() + 1);

        sandbox.start(fresh, SandboxSpec.of(Language.PYTHON, "print('fresh')"));

        assertThat(recorder.of(fresh).awaitResult(SOON).ending()).isEqualTo(new Ending.Exited(0));
        assertThat(printed(fresh, Channel.STDOUT)).isEqualTo("fresh\n");
        assertThat(recorder.of(old).facts())
                .hasExactlyElementsOfTypes(Observation.Accepted.class, Observation.Started.class);
    }

    /** So many at once as an engine of two processors carries. */
    @Test
    void mixesNothingAmongAHundredRuns() {
        new HundredRuns(sandbox, recorder).mixNothing(25);
    }

    @Test
    void shutsWhatIsNotGiven() {
        RunRef run = start(SandboxSpec.of(Language.PYTHON, "print(open('/etc/resolv.conf').read(), end='')"));
        recorder.of(run).awaitResult(SOON);

        JsonNode container = machine().engine().container(run.name()).orElseThrow();
        JsonNode host = container.path("HostConfig");
        assertThat(host.path("NetworkMode").asString()).isEqualTo("none");
        assertThat(host.path("ReadonlyRootfs").asBoolean()).isTrue();
        assertThat(host.path("CapDrop").toString()).isEqualTo("[\"ALL\"]");
        assertThat(host.path("SecurityOpt").toString()).isEqualTo("[\"no-new-privileges:true\"]");
        assertThat(host.path("Privileged").asBoolean()).isFalse();
        assertThat(host.path("PidsLimit").asInt()).isEqualTo(65);
        assertThat(host.path("NanoCpus").asLong()).isEqualTo(1_000_000_000);
        assertThat(host.path("Memory").asLong())
                .isBetween(512L << 20, 525L << 20)
                .isEqualTo(host.path("MemorySwap").asLong());
        assertThat(container.path("Config").path("User").asString()).matches("[1-9]\\d{5,9}:[1-9]\\d{5,9}");
        assertThat(container.path("Mounts")).isEmpty();
        assertThat(printed(run, Channel.STDOUT)).isIn("", "nameserver 127.0.0.1\n");
    }

    @Test
    void holdsFewProcessesExactly() {
        String code = """
                import os, time
                made = 0
                try:
                    while True:
                        if os.fork() == 0:
                            time.sleep(30)
                        made += 1
                except BlockingIOError:
                    print(made)
                """;
        for (int processes : new int[] {1, 3, 14, 20}) {
            RunRef run = start(SandboxSpec.of(Language.PYTHON, code)
                    .withLimits(SomeLimits.usual()
                            .processes(processes)
                            .outputBytes(100_000)
                            .limits()));

            recorder.of(run).awaitResult(SOON);

            assertThat(printed(run, Channel.STDOUT)).isEqualTo((processes - 1) + "\n");
        }
    }

    @Test
    void reachesNoListenerOfTheHost() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String code =
                    "import socket, sys\ns = socket.socket()\ns.settimeout(2)\nsys.exit(s.connect_ex(('127.0.0.1', "
                            + listener.getLocalPort() + ")) == 0)";

            RunRef run = start(SandboxSpec.of(Language.PYTHON, code));

            assertThat(recorder.of(run).awaitResult(SOON).ending()).isEqualTo(new Ending.Exited(0));
        }
    }

    /** The listener is this machine's on that bridge: whoever is on it reaches it. */
    @Test
    void hasNoInterfaceWhereOthersHaveOneAndReachesNothing() throws Exception {
        TestEngine.Bridge bridge = machine().makeBridge();
        try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getByName(bridge.here()))) {
            String code = """
                    import socket
                    print(sorted(line.split(":")[0].strip() for line in open("/proc/net/dev").readlines()[2:]))
                    s = socket.socket()
                    s.settimeout(5)
                    print("reached" if s.connect_ex(("%s", %d)) == 0 else "shut")
                    """.formatted(bridge.here(), listener.getLocalPort());

            RunRef run = start(SandboxSpec.of(Language.PYTHON, code));
            recorder.of(run).awaitResult(SOON);

            assertThat(plainContainer(bridge, code)).isEqualTo("['eth0', 'lo']\nreached\n");
            assertThat(printed(run, Channel.STDOUT)).isEqualTo("['lo']\nshut\n");
        } finally {
            machine().remove(bridge);
        }
    }

    private String plainContainer(TestEngine.Bridge bridge, String code) throws Exception {
        Engine engine = machine().engine();
        String id = engine.create(
                "plain",
                Map.of(
                        "Image",
                        TestEngine.IMAGE,
                        "Tty",
                        true,
                        "Cmd",
                        List.of("/usr/bin/python3", "-c", code),
                        "HostConfig",
                        Map.of("NetworkMode", bridge.name())));
        try {
            engine.start(id);
            try (Exchange log = engine.log(id)) {
                return new String(log.body().readAllBytes(), StandardCharsets.UTF_8).replace("\r", "");
            }
        } finally {
            engine.remove(id);
        }
    }

    @Test
    void theEngineKeepsNothingOfTwentyRuns() throws Exception {
        SandboxSpec writes = SandboxSpec.of(
                Language.SHELL, "head -c 2000000 /dev/zero > large; mkdir /tmp/a; echo > /tmp/a/b; cat large");
        runAndForget(writes, 1); // the prepared image is kept
        Map<String, Long> before = machine().kept();
        RunRef there = start(writes);
        recorder.of(there).awaitResult(SOON);
        assertThat(machine().kept().keySet()).as("a container is seen").isNotEqualTo(before.keySet());
        sandbox.forget(there);

        runAndForget(writes, 20);

        await(() -> machine().kept().keySet().equals(before.keySet()), () -> gained(before));
        assertThat(bytes(machine().kept())).isLessThan(bytes(before) + 1_000_000);
    }

    private void runAndForget(SandboxSpec spec, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            RunRef run = start(spec);
            assertThat(recorder.of(run).awaitResult(SOON).ending()).isEqualTo(new Ending.Exited(0));
            sandbox.forget(run);
        }
        HostileProgramsDockerTest.awaitNothing(machine(), sandbox);
    }

    private static String gained(Map<String, Long> before) {
        List<String> gained = new ArrayList<>(machine().kept().keySet());
        gained.removeAll(before.keySet());
        return String.join("\n", gained);
    }

    private static long bytes(Map<String, Long> kept) {
        return kept.values().stream().mapToLong(Long::longValue).sum();
    }

    @Test
    void runsEachLanguageInItsOwnImageAndSaysWhichLacksOne() {
        machine().tag("shell", "1");
        DockerSettings both = machine().settings("tests", TestEngine.IMAGE);
        try (DockerSandbox other = new DockerSandbox(new DockerSettings(
                both.socket(), both.image(), Map.of("shell", "shell:1"), "two images", "", both.startTimeout()))) {
            assertThat(other.isolation().strength()).isEqualTo(Isolation.Strength.PARTIAL);
            other.open(recorder);
            RunRef run = Recorder.aRun();
            other.start(run, SandboxSpec.of(Language.SHELL, "echo here"));
            assertThat(recorder.of(run).awaitResult(SOON).ending()).isEqualTo(new Ending.Exited(0));
            other.forget(run);
            await(() -> other.list().isEmpty());
        }
        assertNothingRuns(
                new DockerSettings(
                        both.socket(), both.image(), Map.of("shell", "shell:2"), "tests", "", both.startTimeout()),
                "the image shell:2 is not in the engine");
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        Path nowhere = Files.createTempDirectory("none").resolve("docker.sock");
        assertNothingRuns(
                new DockerSettings(nowhere, TestEngine.IMAGE, Map.of(), "tests", "", SOON),
                "no engine answers at " + nowhere);
        assertNothingRuns(machine().settings("tests", "artemis-sandbox:nowhere"), "k8s/images/sandbox/build");
        Files.delete(nowhere.getParent());
    }

    private void assertNothingRuns(DockerSettings settings, String why) {
        try (DockerSandbox broken = new DockerSandbox(settings)) {
            broken.open(recorder);
            RunRef run = Recorder.aRun();

            broken.start(run, SandboxSpec.of(Language.SHELL, "true"));

            assertThat(broken.isolation().strength()).isEqualTo(Isolation.Strength.NONE);
            assertThat(broken.isolation().lacks().toString()).contains(why);
            assertThat(recorder.of(run).awaitEnd(SOON))
                    .isInstanceOfSatisfying(
                            Observation.Failed.class,
                            failed -> assertThat(failed.failure()).isEqualTo(Failure.SANDBOX_BROKEN));
        }
    }

    private static TestEngine machine() {
        return Objects.requireNonNull(machine);
    }

    private RunRef start(SandboxSpec spec) {
        RunRef run = Recorder.aRun();
        sandbox.start(run, spec);
        return run;
    }

    private String printed(RunRef run, Channel channel) {
        return new String(recorder.of(run).printed(channel), StandardCharsets.UTF_8);
    }

    private static void await(BooleanSupplier condition) {
        await(condition, () -> "waited in vain");
    }

    private static void await(BooleanSupplier condition, Supplier<String> why) {
        long until = System.nanoTime() + SOON.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(why).isLessThan(until);
            Thread.onSpinWait();
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
