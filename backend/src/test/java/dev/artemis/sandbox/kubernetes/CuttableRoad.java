package dev.artemis.sandbox.kubernetes;

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
import java.util.concurrent.Semaphore;

/** A way to the cluster's API server that a test can cut: connections break, or hang without a word. */
final class CuttableRoad implements AutoCloseable {

    private final ServerSocket entrance;
    private final URI server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Semaphore open = new Semaphore(1);
    private volatile boolean closed;
    private volatile boolean cut;

    CuttableRoad(String server) throws IOException {
        this.server = URI.create(server);
        this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** The same kubeconfig, along this road. */
    Path kubeconfig(Path original, Path folder) throws IOException {
        String text =
                Files.readString(original).replace(server.toString(), "https://127.0.0.1:" + entrance.getLocalPort());
        return Files.writeString(folder.resolve("road.kubeconfig"), text);
    }

    /** For so long nothing passes; connections stay, and new ones are taken. Then all that there are break. */
    void hangFor(Duration time, Runnable meanwhile) throws IOException, InterruptedException {
        open.acquire();
        meanwhile.run();
        Thread.sleep(time);
        open.release();
        breakAll();
    }

    /** From now on all that there are break, and new ones at once. */
    void cut() throws IOException {
        cut = true;
        breakAll();
    }

    /** It is as before. */
    void mend() {
        cut = false;
    }

    private void breakAll() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() {
        while (!closed) {
            try {
                Socket near = entrance.accept();
                if (cut) {
                    near.close();
                    continue;
                }
                Socket far = new Socket(server.getHost(), server.getPort());
                carry(near, far);
                carry(far, near);
                if (cut) {
                    // it came between: those that were there are broken already
                    near.close();
                    far.close();
                }
            } catch (IOException e) {
                // the next one, or closed
            }
        }
    }

    private void carry(Socket from, Socket to) {
        sockets.add(from);
        Thread.ofVirtual().start(() -> {
            byte[] bytes = new byte[16_384];
            try (from;
                    to) {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                    open.acquire();
                    open.release();
                    out.write(bytes, 0, count);
                }
            } catch (IOException | InterruptedException e) {
                // broken: both ends are closed
            } finally {
                sockets.remove(from);
            }
        });
    }

    @Override
    public void close() throws IOException {
        closed = true;
        entrance.close();
        breakAll();
    }
}
