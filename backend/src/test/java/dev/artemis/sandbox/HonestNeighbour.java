package dev.artemis.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.shared.Language;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/**
 * An honest run that works while a hostile one does, and must not notice. That both ran at once is seen by when the hostile one
 * began; where the honest one was over before, it has more to do the next time.
 */
public final class HonestNeighbour {

    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration MOST = Duration.ofSeconds(16);

    /** Clocks are read in milliseconds, by two processes. */
    private static final Duration AT_ONCE = Duration.ofMillis(10);

    private static final String CODE = """
            import os, threading, time
            end = time.time_ns() + %d
            told = set()
            seen = lambda: sorted(name for name in os.listdir(".") if name[0] != ".")
            while time.time_ns() < end:
                total = sum(i * i for i in range(300_000))
                open("mine", "w").write("x" * 100_000)
                worker = threading.Thread(target=lambda: told.add(f"{total} {seen()}"))
                worker.start()
                worker.join()
            print(time.time_ns() // 1_000_000, *told)
            """;

    private final Sandbox sandbox;
    private final Recorder recorder;
    private final Limits limits;

    public HonestNeighbour(Sandbox sandbox, Recorder recorder, Limits limits) {
        this.sandbox = sandbox;
        this.recorder = recorder;
        this.limits = limits;
    }

    /** Fails where the honest one ends in any other way than alone, or both cannot be seen to run at once. Both are forgotten. */
    public void isLeftAloneBy(HostileProgram program, Duration patience) {
        Duration work = FIRST;
        while (!ranAtOnce(program, work, patience)) {
            assertThat(work).as("one was always over before the other began").isLessThan(MOST);
            work = work.multipliedBy(2);
        }
    }

    private boolean ranAtOnce(HostileProgram program, Duration work, Duration patience) {
        RunRef hostile = Recorder.aRun();
        RunRef honest = Recorder.aRun();

        sandbox.start(
                honest,
                SandboxSpec.of(Language.PYTHON, CODE.formatted(work.toNanos())).withLimits(limits));
        Instant began = at(recorder.of(honest).awaitStart(patience));
        sandbox.start(hostile, program.spec());

        Result result = recorder.of(honest).awaitResult(patience);
        Instant otherBegan = at(recorder.of(hostile).awaitStart(patience));
        sandbox.cancel(hostile);
        recorder.of(hostile).awaitResult(patience);
        sandbox.forget(hostile);
        sandbox.forget(honest);
        assertThat(result.ending()).isEqualTo(new Ending.Exited(0));
        String[] printed =
                new String(recorder.of(honest).printed(Channel.STDOUT), StandardCharsets.UTF_8).split(" ", 2);
        assertThat(printed[1]).isEqualTo("8999955000050000 ['main.py', 'mine']\n");
        Instant ended = Instant.ofEpochMilli(Long.parseLong(printed[0]));
        // however soon it was over, the honest one was at work meanwhile
        return otherBegan.isAfter(began) && otherBegan.plus(AT_ONCE).isBefore(ended);
    }

    private static Instant at(Observation begun) {
        return ((Observation.Started) begun).at();
    }
}
