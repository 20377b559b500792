package dev.artemis.sandbox.kubernetes;

import dev.artemis.sandbox.Captured;
import dev.artemis.sandbox.runner.RunnerLine;

/** Counts the output that came, for a run whose final record does not. */
final class Delivered {

    private Captured stdout = new Captured(0, 0, 0);
    private Captured stderr = new Captured(0, 0, 0);

    void add(RunnerLine.Output output) {
        switch (output.channel()) {
            case STDOUT -> stdout = with(stdout, output);
            case STDERR -> stderr = with(stderr, output);
        }
    }

    private static Captured with(Captured before, RunnerLine.Output output) {
        long length = output.bytes().length;
        boolean head = before.headBytes() == before.keptBytes() && output.offset() == before.totalBytes();
        return new Captured(
                Math.max(before.totalBytes(), output.offset() + length),
                before.keptBytes() + length,
                head ? before.headBytes() + length : before.headBytes());
    }

    Captured stdout() {
        return stdout;
    }

    Captured stderr() {
        return stderr;
    }
}
