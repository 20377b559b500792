package dev.artemis.sandbox.kubernetes;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Protocol;

/**
 * Ways to the same API server, which differ in how long they wait.
 *
 * @param calls answers within seconds
 * @param watches for a little longer than the server lets one live, silent or not
 * @param logs silent for as long as a program prints nothing; each on its own connection, so that one slow reader holds up nobody else
 * @param endedLogs of containers that have ended: there is nothing to wait for, and a node that is silent does not answer
 */
record ClusterClients(ApiClient calls, ApiClient watches, ApiClient logs, ApiClient endedLogs) {

    static final Duration WATCH_TIMEOUT = Duration.ofSeconds(45);

    /** Then it is broken off, though it tell this and that: what a way to the server swallows nobody misses but by a list. */
    private static final Duration LONGEST_WATCH = WATCH_TIMEOUT.plusSeconds(15);

    /** Connections that wait for the next log. */
    private static final int LOGS_KEPT = 32;

    static {
        PlainJson.use();
    }

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);
    private static final Path SERVICE_ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token");

    /** From the kubeconfig if one is named, otherwise as the pod that we are. Refused in words where neither works. */
    static ClusterClients of(String kubeconfig) {
        ApiClient calls = client(kubeconfig, CALL_TIMEOUT, List.of(Protocol.HTTP_2, Protocol.HTTP_1_1));
        ApiClient watches = client(kubeconfig, LONGEST_WATCH, List.of(Protocol.HTTP_2, Protocol.HTTP_1_1));
        watches.setHttpClient(
                watches.getHttpClient().newBuilder().callTimeout(LONGEST_WATCH).build());
        ApiClient logs = client(kubeconfig, Duration.ZERO, List.of(Protocol.HTTP_1_1));
        logs.setHttpClient(logs.getHttpClient()
                .newBuilder()
                // no time-out tells here that nobody is there any more
                .socketFactory(new WatchedSockets())
                .connectionPool(new ConnectionPool(LOGS_KEPT, 1, TimeUnit.MINUTES))
                .build());
        ApiClient endedLogs = client(kubeconfig, CALL_TIMEOUT, List.of(Protocol.HTTP_1_1));
        return new ClusterClients(calls, watches, logs, endedLogs);
    }

    private static ApiClient client(String kubeconfig, Duration readTimeout, List<Protocol> protocols) {
        try {
            ClientBuilder builder = builder(kubeconfig);
            builder.setProtocols(protocols);
            ApiClient client = builder.build();
            client.setHttpClient(client.getHttpClient()
                    .newBuilder()
                    .connectTimeout(Duration.ofSeconds(5))
                    .readTimeout(readTimeout)
                    .build());
            return client;
        } catch (IOException e) {
            throw new IllegalStateException("the kubeconfig " + kubeconfig + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static ClientBuilder builder(String kubeconfig) throws IOException {
        if (!kubeconfig.isBlank()) {
            Path file = Path.of(kubeconfig).toAbsolutePath();
            if (!Files.isReadable(file)) {
                throw new IllegalStateException(
                        "the kubeconfig " + file + " cannot be read: set KUBECONFIG to one that can");
            }
            try (Reader reader = Files.newBufferedReader(file)) {
                KubeConfig config = KubeConfig.loadKubeConfig(reader);
                config.setFile(file.toFile());
                return ClientBuilder.kubeconfig(config);
            } catch (RuntimeException unreadable) { // the client has no type of its own for what is no kubeconfig
                throw new IllegalStateException(
                        "the kubeconfig " + file + " cannot be used: it is no kubeconfig with a cluster and a user",
                        unreadable);
            }
        }
        if (Files.isReadable(SERVICE_ACCOUNT)) {
            return ClientBuilder.cluster();
        }
        throw new IllegalStateException("no cluster is named: set KUBECONFIG to a file, or run within a cluster");
    }
}
