package dev.artemis.sandbox.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.artemis.sandbox.Channel;
import dev.artemis.sandbox.HonestNeighbour;
import dev.artemis.sandbox.HostileProgram;
import dev.artemis.sandbox.Isolation;
import dev.artemis.sandbox.Limits;
import dev.artemis.sandbox.Recorder;
import dev.artemis.sandbox.Result;
import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.local.LocalSandboxSettings.CgroupUse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
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

    @Test
    void withoutCgroupsItSaysThatItHoldsInPartAndWhatIsLacking() {
        Isolation isolation =
                Objects.requireNonNull(SANDBOXES.get(CgroupUse.OFF)).isolation();

        assertThat(isolation.strength()).isEqualTo(Isolation.Strength.PARTIAL);
        assertThat(isolation.lacks())
                .anyMatch(line -> line.startsWith("no writable cgroup: memory may be passed for up to 50 ms"))
                .contains(NoCgroups.CPU_TIME_LACKS);
        assertThat(isolation.holds()).anyMatch(line -> line.startsWith("memory, by the runner"));
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
        Leftovers leftovers = Leftovers.of(Leftovers.settings(use));
        List<String> before = leftovers.files();
        RunRef run = Recorder.aRun();

        sandbox.start(run, program.spec());

        Result result = RECORDER.of(run).awaitResult(program.within().plusSeconds(60));
        sandbox.forget(run);
        byte[] out = RECORDER.of(run).printed(Channel.STDOUT);
        program.seen(
                cgroups ? program.expected() : program.expectedWithoutCgroups(),
                result,
                out,
                RECORDER.of(run).printed(Channel.STDERR));
        if (program.name().equals("privileges.py")) {
            // this machine's own programs, of which there are some
            assertThat(new String(out, StandardCharsets.UTF_8)).matches("held [1-9][0-9]*\n");
        }
        assertThat(leftovers.all()).isEmpty();
        assertThat(before).isNotEmpty();
        assertThat(leftovers.files()).isEqualTo(before);
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
        Leftovers leftovers = Leftovers.of(Leftovers.settings(CgroupUse.AUTO));
        List<String> before = leftovers.files();

        new HonestNeighbour(sandbox, RECORDER, Limits.DEFAULTS)
                .isLeftAloneBy(HostileProgram.named(name), Duration.ofSeconds(60));

        assertThat(leftovers.all()).isEmpty();
        assertThat(leftovers.files()).isEqualTo(before);
    }
}
