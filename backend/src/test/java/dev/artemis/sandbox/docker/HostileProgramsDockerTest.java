package dev.artemis.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.artemis.sandbox.Channel;
import dev.artemis.sandbox.HonestNeighbour;
import dev.artemis.sandbox.HostileProgram;
import dev.artemis.sandbox.Isolation;
import dev.artemis.sandbox.Limits;
import dev.artemis.sandbox.Recorder;
import dev.artemis.sandbox.Result;
import dev.artemis.sandbox.RunRef;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same hostile programs as on this machine, in containers: the same honest results, and nothing is left. */
@Tag("docker")
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("cluster") // both keep the kernel busy with containers
class HostileProgramsDockerTest {

    /** What a program asks of the local sandbox alone. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "host-files.py",
                    "asks for the file tree of the local sandbox; a container sees its image's (planted-file.py asks here)",
            "audit-id.py", "a container's process may set its own audit login id once, which harms nobody");

    private static final Path PLANTED = Path.of(System.getProperty("java.io.tmpdir"), "artemis-planted-file");
    private static final Recorder RECORDER = new Recorder();
    private static @Nullable TestEngine engine;
    private static @Nullable DockerSandbox sandbox;

    @BeforeAll
    static void open() throws Exception {
        engine = TestEngine.start();
        Files.writeString(PLANTED, "secret");
        sandbox = new DockerSandbox(engine.settings());
        sandbox.open(RECORDER);
        assertThat(sandbox.isolation().holds().toString()).contains("memory of all processes", "processes and threads");
    }

    @AfterAll
    static void close() throws Exception {
        Files.deleteIfExists(PLANTED);
        if (sandbox != null) {
            sandbox.close();
        }
        if (engine != null) {
            engine.close();
        }
    }

    /** The tests' engine maps no user ids, and has no runtime but runc. */
    @Test
    void saysThatItHoldsInPartAndWhatIsLacking() {
        Isolation isolation = Objects.requireNonNull(sandbox).isolation();

        assertThat(isolation.strength()).isEqualTo(Isolation.Strength.PARTIAL);
        assertThat(isolation.lacks())
                .anyMatch(line -> line.startsWith("user namespace: off"))
                .anyMatch(line -> line.startsWith("kernel: shared with the machine"));
    }

    static List<HostileProgram> programs() {
        return HostileProgram.all();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void isHeld(HostileProgram program) throws Exception {
        String elsewhere = ELSEWHERE.get(program.name());
        assumeTrue(elsewhere == null, program.name() + " " + elsewhere);
        DockerSandbox docker = Objects.requireNonNull(sandbox);
        TestEngine machine = Objects.requireNonNull(engine);
        RunRef run = Recorder.aRun();

        docker.start(run, program.spec());

        Result result = RECORDER.of(run).awaitResult(program.within().plusSeconds(60));
        docker.forget(run);
        program.seen(
                program.expected(),
                result,
                RECORDER.of(run).printed(Channel.STDOUT),
                RECORDER.of(run).printed(Channel.STDERR));
        awaitNothing(machine, docker);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fork-bomb.sh", "thread-bomb.py", "memory-many.py", "output-flood.py", "spin-many.py"})
    void anHonestRunBesideItIsLeftAlone(String name) throws Exception {
        DockerSandbox docker = Objects.requireNonNull(sandbox);

        new HonestNeighbour(docker, RECORDER, Limits.DEFAULTS)
                .isLeftAloneBy(HostileProgram.named(name), Duration.ofSeconds(60));

        awaitNothing(Objects.requireNonNull(engine), docker);
    }

    /** A run is forgotten in the background. */
    static void awaitNothing(TestEngine machine, DockerSandbox docker) throws InterruptedException {
        long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!docker.list().isEmpty() || !machine.leftovers().isEmpty()) {
            assertThat(System.nanoTime())
                    .as(() -> docker.list() + " " + machine.leftovers())
                    .isLessThan(until);
            Thread.sleep(20);
        }
    }
}
