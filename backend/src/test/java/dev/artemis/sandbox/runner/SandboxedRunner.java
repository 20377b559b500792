package dev.artemis.sandbox.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.shared.Language;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** The runner as process 1 of a small sandbox. */
record SandboxedRunner(Path folder, Path runner) {

    private static final Path BUBBLEWRAP = Path.of("/usr/bin/bwrap");

    /** What it said, and how it ended. */
    record Answer(String said, int code) {}

    static boolean isPossible() {
        return Files.isExecutable(BUBBLEWRAP);
    }

    static SandboxedRunner in(Path folder) throws IOException {
        Path runner = folder.resolve("runner");
        if (!Files.exists(runner)) {
            Files.write(runner, RunnerBinary.bytes());
            Files.setPosixFilePermissions(runner, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return new SandboxedRunner(folder, runner);
    }

    /** Of a shell's program. */
    static byte[] job(String code) {
        return job(code, SandboxSpec.of(Language.SHELL, code).limits().outputBytes());
    }

    /** @param kept of its output */
    static byte[] job(String code, long kept) {
        var run = new RunRef(new UUID(0, 1), new UUID(0, 2), 1, 1);
        return new RunnerJob(
                        run,
                        SandboxSpec.of(Language.SHELL, code),
                        Optional.of(Nonce.random()),
                        "/tmp",
                        RunnerJob.HeldBy.KERNEL,
                        RunnerJob.HeldBy.KERNEL,
                        kept,
                        Optional.empty(),
                        List.of())
                .encode();
    }

    /** @param sandbox options of bubblewrap */
    Process start(String[] sandbox, String... options) throws IOException {
        List<String> words = new ArrayList<>(List.of("/dev/artemis-runner", "run"));
        words.addAll(List.of(options));
        return startPlainly(sandbox, words.toArray(String[]::new));
    }

    /** The same sandbox without the runner, or with it where the command says so. */
    Process startPlainly(String[] sandbox, String... command) throws IOException {
        List<String> words = new ArrayList<>(List.of(BUBBLEWRAP.toString()));
        words.addAll(List.of("--unshare-all", "--die-with-parent", "--as-pid-1", "--new-session"));
        words.addAll(List.of("--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"));
        words.addAll(List.of(sandbox));
        words.addAll(List.of("--ro-bind", runner.toString(), "/dev/artemis-runner", "--"));
        words.addAll(List.of(command));
        return new ProcessBuilder(words)
                .redirectError(folder.resolve("errors").toFile())
                .start();
    }

    /** Its input stays open: closed, it would take that for a cancellation. */
    Answer run(byte[] job, String[] sandbox, String... options) throws IOException, InterruptedException {
        Process process = start(sandbox, options);
        process.getOutputStream().write(job);
        process.getOutputStream().flush();
        return ended(process);
    }

    /** Its program is killed from outside once it has printed something. */
    Answer runUntilKilled(byte[] job, String[] sandbox, String... options) throws IOException, InterruptedException {
        Process process = start(sandbox, options);
        process.getOutputStream().write(job);
        process.getOutputStream().flush();
        BufferedReader lines = process.inputReader(StandardCharsets.ISO_8859_1);
        StringBuilder said = new StringBuilder();
        String line;
        while ((line = lines.readLine()) != null) {
            said.append(line).append('\n');
            if (line.contains(" out ")) {
                process.descendants()
                        .filter(one -> one.children().findAny().isEmpty())
                        .forEach(ProcessHandle::destroyForcibly);
            }
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(said.toString()).isTrue();
        return new Answer(said.toString(), process.exitValue());
    }

    static Answer ended(Process process) throws IOException, InterruptedException {
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(said).isTrue();
        return new Answer(said, process.exitValue());
    }
}
