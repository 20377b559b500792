package dev.artemis.sandbox.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.artemis.sandbox.Channel;
import dev.artemis.sandbox.Ending;
import dev.artemis.sandbox.Failure;
import dev.artemis.sandbox.HostileProgram;
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
import dev.artemis.sandbox.local.LocalSandboxSettings.CgroupUse;
import dev.artemis.shared.Language;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalSandboxTest {

    private static final LocalSandboxSettings SETTINGS = Leftovers.settings(CgroupUse.AUTO);
    private static final Duration SOON = Duration.ofSeconds(60);

    /** Other sandboxes of this process, whose tests may have gone before. */
    private final List<String> others = folders();

    private final Recorder recorder = new Recorder();
    private final LocalSandbox sandbox = LocalSandbox.on(SETTINGS);

    @BeforeEach
    void open() {
        if (sandbox.isolation().strength() == Isolation.Strength.NONE) {
            abort("no local sandbox on this machine: " + sandbox.isolation().lacks());
        }
        sandbox.open(recorder);
    }

    @AfterEach
    void leavesNothing() {
        sandbox.close();
        assertThat(Leftovers.of(SETTINGS).all()).isEmpty();
        assertThat(folders()).isSubsetOf(others);
    }

    private static List<String> folders() {
        String[] ours = SETTINGS.folder()
                .toFile()
                .list((folder, name) -> name.startsWith(ServerProcess.current().folderName()));
        return List.of(Objects.requireNonNull(ours, "a folder that is there"));
    }

    @Test
    void givesCodeFilesInputAndEnvironment() {
        String code = """
                import os, sys
                print(sys.stdin.read().upper(), os.environ["GREETING"], open("data/a.txt").read(), sep="|")
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
        assertThat(printed(run, Channel.STDOUT)).isEqualTo("INPUT|hi = there|größe\n");
        assertThat(printed(run, Channel.STDERR)).isEqualTo("wrong\n");
        assertThat(recorder.of(run).facts())
                .hasExactlyElementsOfTypes(
                        Observation.Accepted.class, Observation.Started.class, Observation.Finished.class);
        assertThat(result.usage().cpuTime()).isBetween(Duration.ofMillis(1), Duration.ofSeconds(5));
        assertThat(result.usage().maxMemoryBytes()).isBetween(1L << 20, 100L << 20);
        assertThat(result.stdout().truncated()).isFalse();
        sandbox.forget(run);
    }

    @Test
    void runsShell() {
        RunRef run = start(SandboxSpec.of(Language.SHELL, "echo $((6 * 7)) | awk '{print $1}'; exit 3"));

        assertThat(recorder.of(run).awaitResult(SOON).ending()).isEqualTo(new Ending.Exited(3));
        assertThat(printed(run, Channel.STDOUT)).isEqualTo("42\n");
    }

    @Test
    void tellsEveryExitCode() {
        List<RunRef> runs = new ArrayList<>();
        for (int code : new int[] {0, 1, 2, 126, 127, 128, 137, 139, 143, 152, 153, 254, 255}) {
            RunRef run = start(SandboxSpec.of(Language.SHELL, "exit " + code));
            runs.add(run);
            assertThat(recorder.of(run).awaitResult(SOON).ending()).isEqualTo(new Ending.Exited(code));
        }
        runs.forEach(sandbox::forget);
        assertThat(sandbox.list()).isEmpty();
    }

    /** Programs have the timers that their library makes of the system's. */
    @Test
    void waitsForALockAsLongAsItIsTold() {
        RunRef run = start(SandboxSpec.of(
                Language.SHELL,
                "flock -w 5 lock echo got; flock lock sleep 9 & sleep 0.5; flock -w 0.2 lock echo twice; exit $?"));

        assertThat(recorder.of(run).awaitResult(SOON).ending()).isEqualTo(new Ending.Exited(1));
        assertThat(printed(run, Channel.STDOUT)).isEqualTo("got\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file-size.sh",
                "file-size-child.sh",
                "file-size-sort.sh",
                "file-size-truncate.sh",
                "file-size-unlinked.sh",
                "file-size-many.py",
                "forged-signal-file.sh",
                "forged-signal-file.py"
            })
    void tellsAFileThatMetItsLimitAndNoOther(String name) {
        HostileProgram program = HostileProgram.named(name);

        RunRef run = start(program.spec());

        Result result = recorder.of(run).awaitResult(SOON);
        program.seen(
                program.expected(),
                result,
                recorder.of(run).printed(Channel.STDOUT),
                recorder.of(run).printed(Channel.STDERR));
    }

    @Test
    void deliversBytesUnchanged() {
        RunRef run = start(SandboxSpec.of(
                Language.PYTHON, "import os\nfor fd in (1, 2):\n    os.write(fd, bytes(range(256)) * 100)"));

        recorder.of(run).awaitResult(SOON);

        byte[] all = new byte[25_600];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        assertThat(recorder.of(run).printed(Channel.STDOUT)).isEqualTo(all);
        assertThat(recorder.of(run).printed(Channel.STDERR)).isEqualTo(all);
    }

    @Test
    void keepsFirstAndLastPartOfLongOutput() {
        SandboxSpec spec = SandboxSpec.of(
                        Language.PYTHON, "import sys\nfor i in range(100000): sys.stdout.write('%09d\\n' % i)")
                .withLimits(SomeLimits.usual().outputBytes(100_000).limits());

        RunRef run = start(spec);

        Result result = recorder.of(run).awaitResult(SOON);
        String kept = printed(run, Channel.STDOUT);
        assertThat(result.stdout().totalBytes()).isEqualTo(1_000_000);
        assertThat(result.stdout().droppedBytes()).isEqualTo(900_000);
        assertThat(result.stdout().headBytes()).isEqualTo(50_000);
        assertThat(result.stdout().truncated()).isTrue();
        assertThat(kept).hasSize(100_000).startsWith("000000000\n").endsWith("000099999\n");
        assertThat(kept.substring(50_000)).startsWith("000095000\n");
    }

    @Test
    void showsOutputWhileItRuns() {
        RunRef run = start(SandboxSpec.of(Language.PYTHON, "import time\nprint('early')\ntime.sleep(60)"));

        awaitPrinted(run, "early\n");

        assertThat(sandbox.list()).containsExactly(new Live(run, Live.State.RUNNING));
        sandbox.cancel(run);
        recorder.of(run).awaitResult(SOON);
    }

    @Test
    void endsCancelledRunWithinTwoSeconds() {
        new StubbornRun(sandbox, recorder).endsWithinTwoSeconds();
    }

    @Test
    void whatIsCancelledTellsHowItEnded() {
        new StubbornRun(sandbox, recorder).tellsHowItEnded();
    }

    @Test
    void cancelsAtOnceAfterTheStart() {
        for (int i = 0; i < 30; i++) {
            RunRef run = start(SandboxSpec.of(Language.PYTHON, "import time; time.sleep(60)"));
            // from before the launcher is there until the program runs
            LockSupport.parkNanos(i * 1_000_000L);

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
    void forgetsRunningRunWithoutAWord() {
        RunRef run = start(SandboxSpec.of(Language.PYTHON, "import time; time.sleep(60)"));
        recorder.of(run).awaitStart(SOON);

        sandbox.forget(run);

        assertThat(sandbox.list()).isEmpty();
        awaitNoProcess();
        assertThat(recorder.of(run).facts())
                .hasExactlyElementsOfTypes(Observation.Accepted.class, Observation.Started.class);
        sandbox.forget(run);
        sandbox.cancel(run);
    }

    @Test
    void mixesNothingAmongAHundredRuns() {
        new HundredRuns(sandbox, recorder).mixNothing(100);
    }

    @Test
    void isAnOrdinaryUserOfTheHostEvenWhereTheServerIsRoot() throws Exception {
        RunRef run = start(SandboxSpec.of(Language.PYTHON, "import time\nprint('up')\ntime.sleep(60)"));
        awaitPrinted(run, "up\n");

        List<String> users = Leftovers.of(SETTINGS).usersBelowTheLauncher();

        assertThat(users)
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(user -> assertThat(user).isNotEqualTo("0"));
        if (ServerProcess.userId() == 0) {
            assertThat(users)
                    .allSatisfy(user -> assertThat(Integer.parseInt(user))
                            .isBetween(SETTINGS.firstUserId(), SETTINGS.firstUserId() + SETTINGS.userIds() - 1));
        }
        sandbox.cancel(run);
        recorder.of(run).awaitResult(SOON);
    }

    @Test
    void refusesMoreThanItHasUserIdsFor() {
        LocalSandboxSettings one = new LocalSandboxSettings(
                SETTINGS.bubblewrap(), SETTINGS.folder(), SETTINGS.firstUserId() + 127, 1, CgroupUse.AUTO);
        try (LocalSandbox small = LocalSandbox.on(one)) {
            if (ServerProcess.userId() != 0) {
                abort("runs get user ids of their own only where the server is root");
            }
            small.open(recorder);
            RunRef first = Recorder.aRun();
            RunRef second = Recorder.aRun();
            small.start(first, SandboxSpec.of(Language.PYTHON, "import time; time.sleep(60)"));
            recorder.of(first).awaitStart(SOON);

            small.start(second, SandboxSpec.of(Language.PYTHON, "pass"));

            assertThat(recorder.of(second).awaitEnd(SOON))
                    .isInstanceOfSatisfying(
                            Observation.Failed.class,
                            failed -> assertThat(failed.failure()).isEqualTo(Failure.NO_CAPACITY));
            small.cancel(first);
            recorder.of(first).awaitResult(SOON);
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

    /** Neither the program nor any process on the way to it gets the server's environment. */
    @Test
    void showsNothingOfTheServersEnvironment() throws Exception {
        var builder = new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                ServerWithSecret.class.getName());
        builder.environment().put("ARTEMIS_PLANTED", "planted-secret-of-the-server");

        Process server = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String said = new String(server.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(server.waitFor()).as(said).isZero();
        assertThat(said)
                .contains("HOME=/work", "seen")
                .doesNotContain("planted-secret-of-the-server", "ARTEMIS_PLANTED");
    }

    @Test
    void endsRunsAndCleansUpWhenTheServerIsKilled() throws Exception {
        Process server = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServerToKill.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var out = server.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("running");
            String folder = out.readLine();
            assertThat(Leftovers.of(SETTINGS, folder).runCgroups())
                    .hasSize(sandbox.isolation().holds().toString().contains("cgroup v1") ? 4 : 0);

            server.destroyForcibly().waitFor();

            Leftovers left = Leftovers.of(SETTINGS, folder);
            await(() -> left.processes().isEmpty()
                    && Leftovers.of(SETTINGS, folder).runCgroups().isEmpty());
            // what remains, empty, goes with the next start
            LocalSandbox.on(SETTINGS).close();
            for (Path own : CgroupMounts.ofThisProcess().folders().values()) {
                assertThat(own.toFile().list((parent, name) -> name.startsWith(folder)))
                        .isEmpty();
            }
            String[] folders = SETTINGS.folder().toFile().list();
            assertThat(folders == null ? List.<String>of() : Arrays.asList(folders))
                    .noneMatch(name -> name.startsWith(folder));
        }
    }

    @Test
    void aLauncherThatIsKilledFromOutsideLeavesNothingOfItsRun() throws Exception {
        RunRef run = Recorder.aRun();
        sandbox.start(run, SandboxSpec.of(Language.SHELL, "echo up; sleep 600"));
        awaitPrinted(run, "up\n");

        List<ProcessHandle> launchers = Leftovers.of(SETTINGS).launchers();
        assertThat(launchers).hasSize(1);
        launchers.getFirst().destroyForcibly();

        assertThat(recorder.of(run).awaitEnd(SOON)).isInstanceOf(Observation.Lost.class);
        assertThat(Leftovers.of(SETTINGS).all()).isEmpty();
        RunRef next = Recorder.aRun();
        sandbox.start(next, SandboxSpec.of(Language.SHELL, "exit 0"));
        assertThat(recorder.of(next).awaitResult(SOON).ending()).isEqualTo(new Ending.Exited(0));
    }

    @Test
    void aRunnerThatIsKilledLosesItsRunAndLeavesNothing() throws Exception {
        Leftovers leftovers = Leftovers.of(SETTINGS);
        List<String> before = leftovers.files();
        RunRef run = start(SandboxSpec.of(Language.SHELL, "echo kept > file; sleep 600 & echo up; sleep 600"));
        awaitPrinted(run, "up\n");

        ProcessHandle runner = ProcessHandle.of(leftovers.runner()).orElseThrow();
        assertThat(runner.descendants()).hasSizeGreaterThanOrEqualTo(3);
        runner.destroyForcibly();

        assertThat(recorder.of(run).awaitEnd(SOON))
                .isInstanceOfSatisfying(
                        Observation.Lost.class, lost -> assertThat(lost.loss()).isEqualTo(Loss.RECORD_MISSING));
        assertThat(printed(run, Channel.STDOUT)).isEqualTo("up\n");
        assertThat(leftovers.all()).isEmpty();
        sandbox.forget(run);
        assertThat(leftovers.files()).isEqualTo(before);
    }

    @Test
    void refusesToRunWithoutBubblewrap() throws Exception {
        Path nowhere = Files.createTempDirectory("none").resolve("bwrap");
        try (LocalSandbox broken =
                LocalSandbox.on(new LocalSandboxSettings(nowhere, SETTINGS.folder(), 70_000, 1, CgroupUse.AUTO))) {
            broken.open(recorder);
            RunRef run = Recorder.aRun();

            broken.start(run, SandboxSpec.of(Language.SHELL, "true"));

            assertThat(broken.isolation().strength()).isEqualTo(Isolation.Strength.NONE);
            assertThat(broken.isolation().lacks().toString()).contains("apt-get install bubblewrap");
            assertThat(recorder.of(run).awaitEnd(SOON)).isInstanceOf(Observation.Failed.class);
        }
        Files.delete(nowhere.getParent());
    }

    @Test
    void refusesToRunWhereTheSandboxCannotBeMade() {
        Path failing = Path.of("/usr/bin/false");
        try (LocalSandbox broken =
                LocalSandbox.on(new LocalSandboxSettings(failing, SETTINGS.folder(), 70_000, 1, CgroupUse.AUTO))) {
            assertThat(broken.isolation().strength()).isEqualTo(Isolation.Strength.NONE);
            assertThat(broken.isolation().lacks().toString()).contains("user namespaces must be allowed");
        }
    }

    private RunRef start(SandboxSpec spec) {
        RunRef run = Recorder.aRun();
        sandbox.start(run, spec);
        return run;
    }

    private String printed(RunRef run, Channel channel) {
        return new String(recorder.of(run).printed(channel), StandardCharsets.UTF_8);
    }

    private void awaitPrinted(RunRef run, String text) {
        await(() -> printed(run, Channel.STDOUT).equals(text));
    }

    private static void awaitNoProcess() {
        Leftovers leftovers = Leftovers.of(SETTINGS);
        await(() -> leftovers.all().isEmpty());
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        long until = System.nanoTime() + SOON.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited in vain").isLessThan(until);
            Thread.onSpinWait();
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
