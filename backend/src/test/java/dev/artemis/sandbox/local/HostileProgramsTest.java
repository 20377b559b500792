package dev.artemis.sandbox.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.artemis.sandbox.Channel;
import dev.artemis.sandbox.HostileProgram;
import dev.artemis.sandbox.Isolation;
import dev.artemis.sandbox.Recorder;
import dev.artemis.sandbox.Result;
import dev.artemis.sandbox.RunRef;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each hostile program gets its limits, its honest result, and nothing else; nothing of it is left. */
class HostileProgramsTest {

    private static final LocalSandboxSettings SETTINGS = new LocalSandboxSettings(
            Path.of("/usr/bin/bwrap"), Path.of(System.getProperty("java.io.tmpdir")), 1_879_060_000, 64);
    private static final Recorder RECORDER = new Recorder();
    private static final LocalSandbox SANDBOX = LocalSandbox.on(SETTINGS);

    @BeforeAll
    static void open() {
        if (SANDBOX.isolation().strength() == Isolation.Strength.NONE) {
            abort("no local sandbox on this machine: " + SANDBOX.isolation().lacks());
        }
        SANDBOX.open(RECORDER);
    }

    @AfterAll
    static void close() {
        SANDBOX.close();
    }

    static List<HostileProgram> programs() {
        return HostileProgram.all();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void isHeld(HostileProgram program) {
        String holds = String.join(",", SANDBOX.isolation().holds());
        if (program.needs().contains("memory-cgroup") && !holds.contains("files in memory included (cgroup")) {
            abort(program + " needs a memory cgroup that can be written");
        }
        if (program.needs().contains("pids-cgroup") && !holds.contains("processes and threads (cgroup")) {
            abort(program + " needs a pids cgroup that can be written");
        }
        RunRef run = Recorder.aRun();

        SANDBOX.start(run, program.spec());

        Result result = RECORDER.of(run).awaitResult(program.within().plusSeconds(5));
        String out = new String(RECORDER.of(run).printed(Channel.STDOUT), StandardCharsets.ISO_8859_1);
        String err = new String(RECORDER.of(run).printed(Channel.STDERR), StandardCharsets.ISO_8859_1);
        String told = "%s%n%s%n%s".formatted(result, tail(out), tail(err));
        assertThat(program.expected()).as(told).contains(HostileProgram.ending(result));
        assertThat(out).as(told).contains(program.says().orElse(""));
        assertThat(result.usage().executionTime()).as(told).isLessThan(program.within());
        assertThat(result.usage().maxMemoryBytes())
                .as(told)
                .isLessThanOrEqualTo(program.spec().limits().memoryBytes());
        assertThat(result.stdout().keptBytes())
                .isLessThanOrEqualTo(program.spec().limits().outputBytes());
        assertThat(result.stdout().keptBytes()).isEqualTo(RECORDER.of(run).printed(Channel.STDOUT).length);
        assertThat(new Leftovers(SETTINGS).all()).as(told).isEmpty();
        SANDBOX.forget(run);
        assertThat(SANDBOX.list()).isEmpty();
        assertThat(Duration.between(result.startedAt(), result.finishedAt())).isGreaterThanOrEqualTo(Duration.ZERO);
    }

    private static String tail(String text) {
        return text.substring(Math.max(0, text.length() - 500));
    }
}
