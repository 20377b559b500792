package dev.artemis.exports;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * What somebody reads whose turn it is. Who reads slowly while others wait is cut off: their file is seen to be half, and
 * they may ask again. Only the time counts that is spent waiting for the reader; who reads nothing at all is the web
 * server's to cut off ({@code server.tomcat.connection-timeout}).
 */
final class FairTarget extends FilterOutputStream {

    private final ExportSettings settings;
    private final BooleanSupplier othersWait;
    private final LongSupplier nanoTime;
    private long waited;
    private long written;

    FairTarget(OutputStream target, ExportSettings settings, BooleanSupplier othersWait, LongSupplier nanoTime) {
        super(target);
        this.settings = settings;
        this.othersWait = othersWait;
        this.nanoTime = nanoTime;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        long begin = nanoTime.getAsLong();
        out.write(bytes, offset, length);
        waited += nanoTime.getAsLong() - begin;
        written += length;
        requirePace();
    }

    @Override
    public void flush() throws IOException {
        long begin = nanoTime.getAsLong();
        out.flush();
        waited += nanoTime.getAsLong() - begin;
        requirePace();
    }

    private void requirePace() throws IOException {
        Duration time = Duration.ofNanos(waited);
        if (time.compareTo(settings.patience()) > 0
                && written / (time.toMillis() / 1_000.0)
                        < settings.slowestReader().toBytes()
                && othersWait.getAsBoolean()) {
            throw new IOException("read " + written + " bytes in " + time.toSeconds() + " s while others waited");
        }
    }
}
