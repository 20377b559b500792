package dev.artemis.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.shared.Language;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** An honest run that begins while a hostile one runs, and must not notice. */
public final class HonestNeighbour {

    private static final String CODE = """
            import os, threading
            total = sum(i * i for i in range(300_000))
            open("mine", "w").write("x" * 100_000)
            seen = lambda: sorted(name for name in os.listdir(".") if name[0] != ".")
            worker = threading.Thread(target=lambda: print(total, seen()))
            worker.start()
            worker.join()
            """;

    private final Sandbox sandbox;
    private final Recorder recorder;
    private final Limits limits;

    public HonestNeighbour(Sandbox sandbox, Recorder recorder, Limits limits) {
        this.sandbox = sandbox;
        this.recorder = recorder;
        this.limits = limits;
    }

    /** Fails where the honest one ends in any other way than alone. Both are forgotten. */
    public void isLeftAloneBy(HostileProgram program, Duration patience) {
        RunRef hostile = Recorder.aRun();
        RunRef honest = Recorder.aRun();

        sandbox.start(hostile, program.spec());
        recorder.of(hostile).awaitStart(patience);
        sandbox.start(honest, SandboxSpec.of(Language.PYTHON, CODE).withLimits(limits));

        Result result = recorder.of(honest).awaitResult(patience);
        sandbox.cancel(hostile);
        recorder.of(hostile).awaitEnd(patience);
        sandbox.forget(hostile);
        sandbox.forget(honest);
        assertThat(result.ending()).isEqualTo(new Ending.Exited(0));
        assertThat(new String(recorder.of(honest).printed(Channel.STDOUT), StandardCharsets.UTF_8))
                .isEqualTo("8999955000050000 ['main.py', 'mine']\n");
    }
}
