package dev.artemis.sandbox.local;

import dev.artemis.sandbox.Ending;
import dev.artemis.sandbox.Recorder;
import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.sandbox.local.LocalSandboxSettings.CgroupUse;
import dev.artemis.shared.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;

/** A process that only runs small programs, and prints how much of the machine's memory it holds, in KiB, after each lot of them. */
final class ManyRuns {

    private static final int AT_A_TIME = 4;

    private ManyRuns() {}

    /** @param lots how many times four runs there are in each */
    public static void main(String[] lots) throws IOException {
        Recorder recorder = new Recorder();
        try (LocalSandbox sandbox = LocalSandbox.on(Leftovers.settings(CgroupUse.AUTO))) {
            sandbox.open(recorder);
            for (String lot : lots) {
                for (int i = 0; i < Integer.parseInt(lot); i++) {
                    runSome(sandbox, recorder);
                }
                System.out.println("resident " + residentKib());
            }
        }
    }

    private static void runSome(LocalSandbox sandbox, Recorder recorder) {
        IntStream.range(0, AT_A_TIME)
                .mapToObj(i -> {
                    RunRef run = Recorder.aRun();
                    sandbox.start(run, SandboxSpec.of(Language.SHELL, "echo $((6 * 7))"));
                    return run;
                })
                .toList()
                .forEach(run -> {
                    Ending ending =
                            recorder.of(run).awaitResult(Duration.ofSeconds(60)).ending();
                    if (!ending.equals(new Ending.Exited(0))) {
                        throw new IllegalStateException("not the right result: " + ending);
                    }
                    sandbox.forget(run);
                });
    }

    private static long residentKib() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> Long.valueOf(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
