package dev.artemis.alerts;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A receiver of webhooks that takes every connection and answers none, until it is closed. */
final class HangingReceiver implements AutoCloseable {

    private final ServerSocket listening;
    private final List<Socket> callers = new CopyOnWriteArrayList<>();
    private final Semaphore called = new Semaphore(0);

    HangingReceiver() throws IOException {
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    int callers() {
        return callers.size();
    }

    /** Whether so many called within half a minute. */
    boolean awaitCallers(int many) throws InterruptedException {
        return called.tryAcquire(many, 30, TimeUnit.SECONDS);
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                callers.add(listening.accept());
                called.release();
            } catch (IOException closed) {
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket caller : callers) {
            caller.close();
        }
    }
}
