package dev.artemis.sandbox.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.shared.Language;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the runner makes of jobs that are not well formed: a reason, and no crash. It is process 1 of a small sandbox here. */
class RunnerReadsJobsTest {

    private static final Path BUBBLEWRAP = Path.of("/usr/bin/bwrap");
    private static final int REFUSED = 64;

    @TempDir
    private Path folder = Path.of("");

    private Path runner = Path.of("");

    /** What it said, and how it ended. */
    private record Answer(String said, int code) {}

    @BeforeEach
    void unpack() throws IOException {
        assumeTrue(Files.isExecutable(BUBBLEWRAP), "bubblewrap is missing");
        runner = Files.write(folder.resolve("runner"), RunnerBinary.bytes());
        Files.setPosixFilePermissions(runner, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void runsAJobThatIsWellFormed() throws Exception {
        Process process = start();
        process.getOutputStream().write(job());
        process.getOutputStream().flush();

        // its input stays open: closed, it would take that for a cancellation
        Answer answer = ended(process);

        assertThat(answer.said()).contains("\n1 end ").contains("ending=exited code=7");
        assertThat(answer.code()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            artemis-job 1   | artemis-job 2                     | version 1
            cpu_ms 6        | cpu_minutes 6                     | cpu_minutes
            memory_by 6     | memory_by 99999999999999999999    | field header
            memory_by 6     | memory_by -6                      | field header
            memory_by 6     | memory_by 67108864                | field
            memory_by 6     | memory_by                         | field header
            cwd 4           | cwd 3                             | cut short
            cwd 4           | cwd 0                             | cut short
            /bin/bash       | xbin/bash                         | arg
            cgroup          | nobody                            | memory_by
            processes 2     | processes 1                       | cut short
            end 0           | end 1                             |
            """)
    void refusesWhatIsNotWellFormed(String from, String to, String why) throws Exception {
        String text = new String(job(), StandardCharsets.ISO_8859_1);
        assertThat(text).contains(from);

        Answer answer = give(text.replaceFirst(from, to).getBytes(StandardCharsets.ISO_8859_1));

        assertThat(answer.code()).as(answer.said()).isEqualTo(REFUSED);
        assertThat(answer.said()).startsWith("0 refused ").contains(why == null ? "" : why);
    }

    @ParameterizedTest
    @CsvSource({"../x", "a/../../x", "/x", "./x", "a//x", "main.sh"})
    void writesNoFileOutsideItsFolderNorTwice(String path) throws Exception {
        String file = "file " + (path.length() + 2) + "\n" + path + "\0x\nstdin ";
        byte[] job = new String(job(), StandardCharsets.ISO_8859_1)
                .replaceFirst("stdin ", file)
                .getBytes(StandardCharsets.ISO_8859_1);

        Answer answer = give(job);

        assertThat(answer.code()).as(answer.said()).isEqualTo(REFUSED);
        assertThat(answer.said()).startsWith("0 refused file 1 cannot be written");
    }

    @Test
    void refusesAFieldThatComesTwice() throws Exception {
        String text = new String(job(), StandardCharsets.ISO_8859_1);
        String cwd = "cwd 4\n/tmp\n";

        Answer answer = give(text.replace(cwd, cwd + cwd).getBytes(StandardCharsets.ISO_8859_1));

        assertThat(answer.said()).startsWith("0 refused ").contains("cwd");
    }

    @Test
    void refusesWhatIsCutOffWhereverThatIs() throws Exception {
        byte[] whole = job();

        for (int length = 0; length < whole.length - 1; length += 23) {
            Answer answer = give(Arrays.copyOf(whole, length));
            assertThat(answer.code()).as(length + " bytes: " + answer.said()).isEqualTo(REFUSED);
        }
    }

    @Test
    void nothingThatIsDisturbedCrashesIt() throws Exception {
        var random = new Random(29);
        for (int i = 0; i < 60; i++) {
            byte[] disturbed = job();
            for (int change = 0; change <= i % 4; change++) {
                disturbed[random.nextInt(disturbed.length)] = (byte) random.nextInt(256);
            }

            Answer answer = give(disturbed);

            // its own two codes: the rest would be 128 and a signal
            assertThat(answer.code()).as(answer.said()).isIn(0, REFUSED);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "the-first, the-first, true",
        "the-second, the-first, false",
        "'', the-first, false",
        "the-first, '', false"
    })
    void runsWhatIsForItsOwnPodAlone(String pod, String bound, boolean runs) throws Exception {
        Process process = pod.isEmpty() ? start() : start("--setenv", "ARTEMIS_POD", pod);
        process.getOutputStream().write(bound.isEmpty() ? job() : RunnerJob.forPod(job(), bound));
        process.getOutputStream().flush();

        Answer answer = ended(process);

        assertThat(answer.code()).as(answer.said()).isEqualTo(runs ? 0 : REFUSED);
        if (runs) {
            assertThat(answer.said()).contains("ending=exited code=7");
        } else {
            assertThat(answer.said()).isEqualTo("0 refused job: for another pod\n");
        }
    }

    private static byte[] job() {
        var run = new RunRef(new UUID(0, 1), new UUID(0, 2), 1, 1);
        return new RunnerJob(
                        run,
                        SandboxSpec.of(Language.SHELL, "exit 7"),
                        Optional.of(Nonce.random()),
                        "/tmp",
                        RunnerJob.HeldBy.KERNEL,
                        RunnerJob.HeldBy.KERNEL,
                        Optional.empty(),
                        List.of())
                .encode();
    }

    private Process start(String... more) throws IOException {
        List<String> words = new ArrayList<>(List.of(BUBBLEWRAP.toString()));
        words.addAll(List.of("--unshare-all", "--die-with-parent", "--as-pid-1", "--new-session"));
        words.addAll(List.of("--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"));
        words.addAll(List.of(more));
        words.addAll(
                List.of("--ro-bind", runner.toString(), "/dev/artemis-runner", "--", "/dev/artemis-runner", "run"));
        return new ProcessBuilder(words)
                .redirectError(folder.resolve("errors").toFile())
                .start();
    }

    private Answer give(byte[] job) throws Exception {
        Process process = start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(job);
        } catch (IOException e) {
            // refused before all was read
            assertThat(e).hasMessageContaining("roken pipe");
        }
        return ended(process);
    }

    private static Answer ended(Process process) throws Exception {
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(said).isTrue();
        return new Answer(said, process.exitValue());
    }
}
