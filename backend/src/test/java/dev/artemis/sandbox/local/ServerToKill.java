package dev.artemis.sandbox.local;

import dev.artemis.sandbox.Recorder;
import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.sandbox.local.LocalSandboxSettings.CgroupUse;
import dev.artemis.shared.Language;
import java.time.Duration;

/** A process that starts a run and waits to be killed. Prints {@code running} and the name of its folders. */
final class ServerToKill {

    private ServerToKill() {}

    public static void main(String[] arguments) throws InterruptedException {
        Recorder recorder = new Recorder();
        LocalSandbox sandbox = LocalSandbox.on(Leftovers.settings(CgroupUse.AUTO));
        sandbox.open(recorder);
        RunRef run = Recorder.aRun();
        sandbox.start(run, SandboxSpec.of(Language.PYTHON, "import os\nos.fork()\nwhile True: os.getpid()"));
        recorder.of(run).awaitStart(Duration.ofSeconds(60));
        System.out.println("running");
        System.out.println(ServerProcess.current().folderName());
        Thread.currentThread().join();
    }
}
