package dev.artemis.sandbox.local;

import dev.artemis.sandbox.Channel;
import dev.artemis.sandbox.Recorder;
import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.sandbox.local.LocalSandboxSettings.CgroupUse;
import dev.artemis.shared.Language;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A server with a secret in its environment. Prints how many environments it could read of the processes that it started
 * for a run, then each of them and all that the program itself sees.
 */
final class ServerWithSecret {

    private static final Duration SOON = Duration.ofSeconds(60);

    private ServerWithSecret() {}

    public static void main(String[] arguments) throws IOException {
        Recorder recorder = new Recorder();
        try (LocalSandbox sandbox = LocalSandbox.on(Leftovers.settings(CgroupUse.AUTO))) {
            sandbox.open(recorder);
            RunRef run = Recorder.aRun();
            sandbox.start(run, SandboxSpec.of(Language.PYTHON, """
                    import glob, time
                    for path in glob.glob("/proc/*/environ"):
                        try:
                            print(open(path).read())
                        except OSError:
                            pass
                    print("seen", flush=True)
                    time.sleep(60)
                    """));
            recorder.of(run).awaitStart(SOON);
            List<String> outside;
            try (var started = ProcessHandle.current().descendants()) {
                outside = started.map(process -> environment(process.pid()))
                        .filter(environment -> !environment.isEmpty())
                        .toList();
            }
            long until = System.nanoTime() + SOON.toNanos();
            while (!printed(recorder, run).contains("seen") && System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            sandbox.cancel(run);
            recorder.of(run).awaitEnd(SOON);
            System.out.println("environments " + outside.size());
            outside.forEach(System.out::println);
            System.out.println(printed(recorder, run));
        }
    }

    private static String printed(Recorder recorder, RunRef run) {
        return new String(recorder.of(run).printed(Channel.STDOUT), StandardCharsets.UTF_8);
    }

    /** Empty where it has none, or has ended. */
    private static String environment(long process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process), "environ"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
