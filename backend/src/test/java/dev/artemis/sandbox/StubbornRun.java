package dev.artemis.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.shared.Language;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A program that does not listen when it is asked to end. */
public final class StubbornRun {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration BOUND = Duration.ofSeconds(2);
    private static final SandboxSpec SPEC =
            SandboxSpec.of(Language.SHELL, "trap '' TERM INT HUP; echo begun; while true; do sleep 0.1 & wait; done");

    /** Longer than the runner may take to tell what there was, after it was asked to end. */
    private static final SandboxSpec LATE = SandboxSpec.of(
            Language.SHELL,
            "head -c 3000000 /dev/zero | tr '\\0' x; echo the end; sleep 2; echo late >&2; while true; do sleep 0.1; done");

    private final Sandbox sandbox;
    private final Recorder recorder;

    public StubbornRun(Sandbox sandbox, Recorder recorder) {
        this.sandbox = sandbox;
        this.recorder = recorder;
    }

    /** A cancellation ends it within two seconds: the middle of three, since now and then a busy machine keeps us waiting. */
    public void endsWithinTwoSeconds() {
        List<Duration> took = Stream.generate(this::cancelled).limit(3).sorted().toList();
        assertThat(took.get(1)).as("of %s", took).isLessThan(BOUND);
    }

    /** Also one that has run for a while, and printed more than is kept. */
    public void tellsHowItEnded() {
        RunRef run = Recorder.aRun();
        sandbox.start(run, LATE);
        await(() -> new String(recorder.of(run).printed(Channel.STDERR), StandardCharsets.UTF_8).equals("late\n"));

        sandbox.cancel(run);

        Result result = recorder.of(run).awaitResult(SOON);
        assertThat(result.ending()).isEqualTo(new Ending.Killed(KillReason.CANCELLED));
        assertThat(result.stdout().totalBytes()).isEqualTo(3_000_008);
        assertThat(result.stdout().droppedBytes()).isPositive();
        assertThat(printed(run)).endsWith("xthe end\n");
    }

    private Duration cancelled() {
        RunRef run = Recorder.aRun();
        sandbox.start(run, SPEC);
        await(() -> printed(run).equals("begun\n"));
        assertThat(sandbox.list()).contains(new Live(run, Live.State.RUNNING));
        long asked = System.nanoTime();

        sandbox.cancel(run);

        Result result = recorder.of(run).awaitResult(SOON);
        Duration took = Duration.ofNanos(System.nanoTime() - asked);
        assertThat(result.ending()).isEqualTo(new Ending.Killed(KillReason.CANCELLED));
        assertThat(printed(run)).isEqualTo("begun\n");
        assertThat(result.usage().executionTime()).isPositive();
        // once more is harmless
        sandbox.cancel(run);
        return took;
    }

    private static void await(BooleanSupplier seen) {
        long until = System.nanoTime() + SOON.toNanos();
        while (!seen.getAsBoolean()) {
            assertThat(System.nanoTime()).as("was not printed").isLessThan(until);
            Thread.onSpinWait();
        }
    }

    private String printed(RunRef run) {
        return new String(recorder.of(run).printed(Channel.STDOUT), StandardCharsets.UTF_8);
    }
}
