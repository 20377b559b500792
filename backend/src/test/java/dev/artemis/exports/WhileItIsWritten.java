package dev.artemis.exports;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;

/** Takes a file, and lets something happen elsewhere once, when some of its rows are here and others are not. */
final class WhileItIsWritten extends ByteArrayOutputStream {

    private final ExportProgress progress;
    private final Runnable something;
    private boolean happened;

    WhileItIsWritten(ExportProgress progress, Runnable something) {
        this.progress = progress;
        this.something = something;
    }

    boolean happened() {
        return happened;
    }

    @Override
    public synchronized void write(byte[] some, int from, int many) {
        super.write(some, from, many);
        if (!happened && progress.rows() > 0 && progress.state() == ExportProgress.State.RUNNING) {
            happened = true;
            CompletableFuture.runAsync(something).join();
        }
    }
}
