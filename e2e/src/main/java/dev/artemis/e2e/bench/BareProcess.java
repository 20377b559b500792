package dev.artemis.e2e.bench;

import java.io.IOException;
import java.io.UncheckedIOException;

/** The interpreter alone, what runs are compared with. */
final class BareProcess {

    private BareProcess() {}

    /** Runs {@code python3 -c pass} to its end: 200 if it ended well. */
    static int pass() {
        try {
            return new ProcessBuilder("/usr/bin/python3", "-c", "pass").start().waitFor() == 0 ? 200 : 500;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
