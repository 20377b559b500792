package dev.artemis.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.shared.Language;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Programs that never stop writing: the server's heap is what it was. To be run alone, since other tests fill the same heap. */
public final class EndlessOutput {

    private static final long MEGABYTE = 1L << 20;
    private static final SandboxSpec FLOOD = SandboxSpec.of(
                    Language.PYTHON, "import os\nwhile True: os.write(1, b'x' * 65536)")
            .withLimits(SomeLimits.usual().outputBytes(4 * MEGABYTE).limits());

    private final Sandbox sandbox;
    private final BlockingQueue<Result> results = new LinkedBlockingQueue<>();

    /** @param sandbox that nobody has opened yet */
    public EndlessOutput(Sandbox sandbox) {
        this.sandbox = sandbox;
        sandbox.open((run, observation) -> {
            if (observation instanceof Observation.Finished(var end)) {
                results.add(end);
            }
        });
    }

    /** Fails where a heap grows by more than 8 MiB over a gigabyte of output. */
    public void growsNothing() throws InterruptedException {
        flood();
        long before = alive();

        for (int i = 0; i < 4; i++) {
            assertThat(flood().stdout().totalBytes()).isGreaterThan(256 * MEGABYTE);
        }

        assertThat(alive()).isLessThan(before + 8 * MEGABYTE);
    }

    /** One run, whose output nobody keeps. */
    private Result flood() throws InterruptedException {
        RunRef run = Recorder.aRun();
        sandbox.start(run, FLOOD);
        Result result = results.poll(60, TimeUnit.SECONDS);
        assertThat(result).isNotNull();
        assertThat(result.ending()).isEqualTo(new Ending.Killed(KillReason.OUTPUT_LIMIT));
        sandbox.forget(run);
        return result;
    }

    /** Bytes; the least of some collections, because the other threads of this process go on making garbage. */
    private static long alive() {
        Runtime java = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            least = Math.min(least, java.totalMemory() - java.freeMemory());
        }
        return least;
    }
}
