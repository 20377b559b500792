package dev.artemis.sandbox.local;

import dev.artemis.sandbox.Language;
import dev.artemis.sandbox.Recorder;
import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.SandboxSpec;
import java.nio.file.Path;
import java.time.Duration;

/** A process that starts a run and waits to be killed. Prints {@code running} and the name of its folders. */
final class ServerToKill {

    static final LocalSandboxSettings SETTINGS = new LocalSandboxSettings(
            Path.of("/usr/bin/bwrap"), Path.of(System.getProperty("java.io.tmpdir")), 1_879_080_000, 4);

    private ServerToKill() {}

    public static void main(String[] arguments) throws InterruptedException {
        Recorder recorder = new Recorder();
        LocalSandbox sandbox = LocalSandbox.on(SETTINGS);
        sandbox.open(recorder);
        RunRef run = Recorder.aRun();
        sandbox.start(run, SandboxSpec.of(Language.PYTHON, "import os\nos.fork()\nwhile True: os.getpid()"));
        recorder.of(run).awaitStart(Duration.ofSeconds(10));
        System.out.println("running");
        System.out.println(ServerProcess.current().folderName());
        Thread.currentThread().join();
    }
}
