package dev.artemis.e2e.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** The only way to the cluster's API server for those who are given it. */
final class Road implements AutoCloseable {

    private final ServerSocket entrance;
    private final URI server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ReentrantReadWriteLock barrier = new ReentrantReadWriteLock();

    Road(String server) throws IOException {
        this.server = URI.create(server);
        this.entrance = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().name("road").daemon().start(this::accept);
    }

    /** The same kubeconfig, along this road. */
    Path kubeconfig(Path original, Path folder) throws IOException {
        String text =
                Files.readString(original).replace(server.toString(), "https://127.0.0.1:" + entrance.getLocalPort());
        return Files.writeString(folder.resolve("road.kubeconfig"), text);
    }

    /** For so long nothing passes, though connections stay and new ones are taken; then all of them break. */
    void block(Duration time) throws InterruptedException, IOException {
        barrier.writeLock().lock();
        try {
            Thread.sleep(time);
        } finally {
            barrier.writeLock().unlock();
        }
        breakAll();
    }

    /** Every connection breaks; new ones work. */
    void breakAll() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket near = entrance.accept();
                Socket far = new Socket(server.getHost(), server.getPort());
                carry(near, far);
                carry(far, near);
            } catch (IOException e) {
                // the next one, or closed
            }
        }
    }

    private void carry(Socket from, Socket to) {
        sockets.add(from);
        Thread.ofPlatform().name("road-lane").daemon().start(() -> {
            byte[] bytes = new byte[16_384];
            try (from;
                    to) {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                    barrier.readLock().lock();
                    try {
                        out.write(bytes, 0, count);
                    } finally {
                        barrier.readLock().unlock();
                    }
                }
            } catch (IOException e) {
                // broken: both ends are closed
            } finally {
                sockets.remove(from);
            }
        });
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        breakAll();
    }
}
