package dev.artemis.alerts;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A receiver of webhooks that says 200 at once and then a byte now and then, for ever. */
final class EndlessAnswer implements AutoCloseable {

    private static final int EVERY_MS = 100;

    private final ServerSocket listening;
    private final ScheduledExecutorService drips = Executors.newSingleThreadScheduledExecutor();

    EndlessAnswer() throws IOException {
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket caller = listening.accept();
                OutputStream out = caller.getOutputStream();
                out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                out.flush();
                drips.scheduleAtFixedRate(() -> drip(out), EVERY_MS, EVERY_MS, TimeUnit.MILLISECONDS);
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void drip(OutputStream out) {
        try {
            out.write("1\r\n.\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        } catch (IOException gone) {
            // who does not listen any more needs no more
            throw new IllegalStateException(gone);
        }
    }

    @Override
    public void close() throws IOException {
        drips.shutdownNow();
        listening.close();
    }
}
