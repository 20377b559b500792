package dev.artemis.sandbox.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the runner makes of jobs that are not well formed: a reason, and no crash. It is process 1 of a small sandbox here. */
class RunnerReadsJobsTest {

    private static final int REFUSED = 64;

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void look() {
        assumeTrue(SandboxedRunner.isPossible(), "bubblewrap is missing");
    }

    @Test
    void runsAJobThatIsWellFormed() throws Exception {
        Process process = start();
        process.getOutputStream().write(job());
        process.getOutputStream().flush();

        // its input stays open: closed, it would take that for a cancellation
        SandboxedRunner.Answer answer = SandboxedRunner.ended(process);

        assertThat(answer.said()).contains("\n1 end ").contains("ending=exited code=7");
        assertThat(answer.code()).isZero();
    }

    /** What is kept may be less than what was asked for, and what ends a program is measured by that. */
    @Test
    void whatIsNotKeptOfItsOutputEndsNoProgram() throws Exception {
        SandboxedRunner.Answer answer =
                SandboxedRunner.in(folder).run(SandboxedRunner.job("head -c 100000 /dev/zero", 1_000), new String[0]);

        assertThat(answer.said()).contains("ending=exited code=0").contains(" out_total=100000 out_kept=1000 ");
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

        SandboxedRunner.Answer answer = give(text.replaceFirst(from, to).getBytes(StandardCharsets.ISO_8859_1));

        assertThat(answer.code()).as(answer.said()).isEqualTo(REFUSED);
        assertThat(answer.said()).startsWith("0 refused ").contains(why == null ? "" : why);
    }

    @Test
    void refusesToKeepMoreThanTheCap() throws Exception {
        String text = new String(job(), StandardCharsets.ISO_8859_1);

        SandboxedRunner.Answer answer =
                give(text.replace("end 0", "kept_bytes 8\n16777216\nend 0").getBytes(StandardCharsets.ISO_8859_1));

        assertThat(answer.code()).as(answer.said()).isEqualTo(REFUSED);
        assertThat(answer.said()).startsWith("0 refused job: more than output_bytes");
    }

    @ParameterizedTest
    @CsvSource({"../x", "a/../../x", "/x", "./x", "a//x", "main.sh"})
    void writesNoFileOutsideItsFolderNorTwice(String path) throws Exception {
        String file = "file " + (path.length() + 2) + "\n" + path + "\0x\nstdin ";
        byte[] job = new String(job(), StandardCharsets.ISO_8859_1)
                .replaceFirst("stdin ", file)
                .getBytes(StandardCharsets.ISO_8859_1);

        SandboxedRunner.Answer answer = give(job);

        assertThat(answer.code()).as(answer.said()).isEqualTo(REFUSED);
        assertThat(answer.said()).startsWith("0 refused file 1 cannot be written");
    }

    @Test
    void refusesAFieldThatComesTwice() throws Exception {
        String text = new String(job(), StandardCharsets.ISO_8859_1);
        String cwd = "cwd 4\n/tmp\n";

        SandboxedRunner.Answer answer = give(text.replace(cwd, cwd + cwd).getBytes(StandardCharsets.ISO_8859_1));

        assertThat(answer.said()).startsWith("0 refused ").contains("cwd");
    }

    @Test
    void refusesWhatIsCutOffWhereverThatIs() throws Exception {
        byte[] whole = job();

        for (int length = 0; length < whole.length - 1; length += 23) {
            SandboxedRunner.Answer answer = give(Arrays.copyOf(whole, length));
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

            SandboxedRunner.Answer answer = give(disturbed);

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

        SandboxedRunner.Answer answer = SandboxedRunner.ended(process);

        assertThat(answer.code()).as(answer.said()).isEqualTo(runs ? 0 : REFUSED);
        if (runs) {
            assertThat(answer.said()).contains("ending=exited code=7");
        } else {
            assertThat(answer.said()).isEqualTo("0 refused job: for another pod\n");
        }
    }

    private static byte[] job() {
        return SandboxedRunner.job("exit 7");
    }

    private Process start(String... more) throws IOException {
        return SandboxedRunner.in(folder).start(more);
    }

    private SandboxedRunner.Answer give(byte[] job) throws Exception {
        Process process = start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(job);
        } catch (IOException e) {
            // refused before all was read
            assertThat(e).hasMessageContaining("roken pipe");
        }
        return SandboxedRunner.ended(process);
    }
}
