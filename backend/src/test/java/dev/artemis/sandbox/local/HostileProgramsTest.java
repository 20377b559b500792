package dev.artemis.sandbox.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.artemis.sandbox.Channel;
import dev.artemis.sandbox.Ending;
import dev.artemis.sandbox.HostileProgram;
import dev.artemis.sandbox.Isolation;
import dev.artemis.sandbox.Language;
import dev.artemis.sandbox.Recorder;
import dev.artemis.sandbox.Result;
import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.sandbox.local.LocalSandboxSettings.CgroupUse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each hostile program gets its limits, its honest result, and nothing else; nothing of it is left. */
@Tag("slow")
class HostileProgramsTest {

    private static final Recorder RECORDER = new Recorder();
    private static final Path PLANTED = Path.of(System.getProperty("java.io.tmpdir"), "artemis-planted-file");
    private static final Map<CgroupUse, LocalSandbox> SANDBOXES = new EnumMap<>(CgroupUse.class);

    @BeforeAll
    static void open() throws IOException {
        Files.writeString(PLANTED, "secret");
        for (CgroupUse use : CgroupUse.values()) {
            LocalSandbox sandbox = LocalSandbox.on(Leftovers.settings(use));
            SANDBOXES.put(use, sandbox);
            if (sandbox.isolation().strength() == Isolation.Strength.NONE) {
                abort("no local sandbox on this machine: " + sandbox.isolation().lacks());
            }
            sandbox.open(RECORDER);
        }
    }

    @AfterAll
    static void close() throws IOException {
        Files.deleteIfExists(PLANTED);
        SANDBOXES.values().forEach(LocalSandbox::close);
    }

    static Stream<Arguments> programs() {
        return Stream.of(CgroupUse.values())
                .flatMap(use -> HostileProgram.all().stream().map(program -> Arguments.of(program, use)));
    }

    @ParameterizedTest(name = "{0}, cgroups {1}")
    @MethodSource("programs")
    void isHeld(HostileProgram program, CgroupUse use) {
        LocalSandbox sandbox = Objects.requireNonNull(SANDBOXES.get(use));
        boolean cgroups = sandbox.isolation().holds().toString().contains("files in memory included (cgroup");
        if (use == CgroupUse.AUTO && !cgroups) {
            abort("no cgroup can be written on this machine: "
                    + sandbox.isolation().lacks());
        }
        RunRef run = Recorder.aRun();

        sandbox.start(run, program.spec());

        Result result = RECORDER.of(run).awaitResult(program.within().plusSeconds(60));
        sandbox.forget(run);
        String out = new String(RECORDER.of(run).printed(Channel.STDOUT), StandardCharsets.ISO_8859_1);
        String err = new String(RECORDER.of(run).printed(Channel.STDERR), StandardCharsets.ISO_8859_1);
        String told = "%s%n%s%n%s".formatted(result, tail(out), tail(err));
        assertThat(cgroups ? program.expected() : program.expectedWithoutCgroups())
                .as(told)
                .contains(HostileProgram.ending(result));
        assertThat(out).as(told).contains(program.says().orElse(""));
        assertThat(result.usage().executionTime()).as(told).isLessThan(program.within());
        // not that it is below the limit: the runner says no more than that
        assertThat(result.usage().maxMemoryBytes()).as(told).isPositive();
        assertThat(result.stdout().keptBytes())
                .isLessThanOrEqualTo(program.spec().limits().outputBytes());
        assertThat(result.stdout().keptBytes()).isEqualTo(RECORDER.of(run).printed(Channel.STDOUT).length);
        assertThat(Leftovers.of(Leftovers.settings(use)).all()).as(told).isEmpty();
        assertThat(Duration.between(result.startedAt(), result.finishedAt())).isGreaterThanOrEqualTo(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fork-bomb.sh",
                "thread-bomb.py",
                "memory-many.py",
                "output-flood.py",
                "spin-many.py",
                "inodes.py",
                "kill-all.py",
                "shared-memory.py"
            })
    void anHonestRunBesideItIsLeftAlone(String name) {
        LocalSandbox sandbox = Objects.requireNonNull(SANDBOXES.get(CgroupUse.AUTO));
        HostileProgram program = HostileProgram.all().stream()
                .filter(any -> any.name().equals(name))
                .findFirst()
                .orElseThrow();
        RunRef hostile = Recorder.aRun();
        RunRef honest = Recorder.aRun();
        String code = """
                import os, threading
                total = sum(i * i for i in range(300_000))
                open("mine", "w").write("x" * 100_000)
                worker = threading.Thread(target=lambda: print(total, os.listdir(".")))
                worker.start()
                worker.join()
                """;

        sandbox.start(hostile, program.spec());
        RECORDER.of(hostile).awaitStart(Duration.ofSeconds(60));
        sandbox.start(honest, SandboxSpec.of(Language.PYTHON, code));

        Result result = RECORDER.of(honest).awaitResult(Duration.ofSeconds(60));
        sandbox.cancel(hostile);
        RECORDER.of(hostile).awaitEnd(Duration.ofSeconds(60));
        sandbox.forget(hostile);
        sandbox.forget(honest);
        assertThat(result.ending()).isEqualTo(new Ending.Exited(0));
        assertThat(new String(RECORDER.of(honest).printed(Channel.STDOUT), StandardCharsets.UTF_8))
                .startsWith("8999955000050000 ")
                .contains("'mine'");
        assertThat(Leftovers.of(Leftovers.settings(CgroupUse.AUTO)).all()).isEmpty();
    }

    private static String tail(String text) {
        return text.substring(Math.max(0, text.length() - 500));
    }
}
