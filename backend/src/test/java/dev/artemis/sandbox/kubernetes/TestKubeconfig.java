package dev.artemis.sandbox.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A cluster that is a server of a test. */
final class TestKubeconfig {

    private TestKubeconfig() {}

    /** Of the server at that port of this machine. */
    static ClusterClients clients(int port) throws IOException {
        Path file = Files.createTempFile("kubeconfig", ".yaml");
        try {
            return ClusterClients.of(write(file, port).toString());
        } finally {
            Files.delete(file);
        }
    }

    /** Writes the file that names it. */
    static Path write(Path file, int port) throws IOException {
        return Files.writeString(file, """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"}}]
                users: [{name: u, user: {}}]
                contexts: [{name: x, context: {cluster: c, user: u}}]
                current-context: x
                """.formatted(port));
    }
}
