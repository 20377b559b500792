package dev.artemis.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.shared.Language;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A hundred small runs, some at a time. Each leaves its mark wherever it may write, looks for another's, and prints its name. */
public final class HundredRuns {

    private static final int RUNS = 100;
    private static final int LINES = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String CODE = """
            import os, sys
            name = sys.stdin.read()
            folders = ("/tmp", "/work", "/dev/shm")
            for folder in folders:
                assert not os.path.exists(folder + "/mark"), folder
            for folder in folders:
                open(folder + "/mark", "w").write(name)
            pids = [p for p in os.listdir("/proc") if p.isdigit()]
            assert len(pids) == 2, pids
            for i in range(%d):
                print(name, i)
                print(name, i, file=sys.stderr)
            """.formatted(LINES);

    private final Sandbox sandbox;
    private final Recorder recorder;
    private final Limits limits;

    public HundredRuns(Sandbox sandbox, Recorder recorder) {
        this(sandbox, recorder, Limits.DEFAULTS);
    }

    /** @param limits small ones, where room is counted by them */
    public HundredRuns(Sandbox sandbox, Recorder recorder, Limits limits) {
        this.sandbox = sandbox;
        this.recorder = recorder;
        this.limits = limits;
    }

    /** Fails where anything of one is seen by another; all are forgotten. @param atOnce how many there are at one time */
    public void mixNothing(int atOnce) {
        Deque<RunRef> running = new ArrayDeque<>();
        for (int i = 0; i < RUNS; i++) {
            if (running.size() == atOnce) {
                isAlone(running.removeFirst());
            }
            running.add(started());
        }
        running.forEach(this::isAlone);
    }

    private RunRef started() {
        RunRef run = Recorder.aRun();
        byte[] name = run.run().toString().getBytes(StandardCharsets.UTF_8);
        sandbox.start(run, new SandboxSpec(Language.PYTHON, CODE, List.of(), name, Map.of(), limits));
        return run;
    }

    private void isAlone(RunRef run) {
        Result result = recorder.of(run).awaitResult(PATIENCE);
        String expected = IntStream.range(0, LINES)
                .mapToObj(i -> run.run() + " " + i + "\n")
                .collect(Collectors.joining());

        assertThat(result.ending()).as(printed(run, Channel.STDERR)).isEqualTo(new Ending.Exited(0));
        assertThat(printed(run, Channel.STDOUT)).isEqualTo(expected);
        assertThat(printed(run, Channel.STDERR)).isEqualTo(expected);
        sandbox.forget(run);
    }

    private String printed(RunRef run, Channel channel) {
        return new String(recorder.of(run).printed(channel), StandardCharsets.UTF_8);
    }
}
