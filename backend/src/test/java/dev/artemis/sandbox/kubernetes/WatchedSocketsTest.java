package dev.artemis.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.concurrent.atomic.AtomicReference;
import jdk.net.ExtendedSocketOptions;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

/** A log is read for as long as its program runs; whoever sends it may be gone without a word. */
class WatchedSocketsTest {

    @Test
    void theKernelLooksAfterTheConnectionOfALog() throws IOException {
        try (AnsweringCluster cluster = new AnsweringCluster()) {
            AtomicReference<Long> longest = new AtomicReference<>();
            OkHttpClient logs = cluster.clients()
                    .logs()
                    .getHttpClient()
                    .newBuilder()
                    .addNetworkInterceptor(chain -> {
                        longest.set(secondsUntilItBreaks(chain.connection().socket()));
                        return chain.proceed(chain.request());
                    })
                    .build();

            try (Response answer = logs.newCall(new Request.Builder()
                            .url("http://127.0.0.1:" + cluster.port() + "/version/")
                            .build())
                    .execute()) {
                assertThat(answer.code()).isEqualTo(200);
            }

            assertThat(logs.readTimeoutMillis()).as("nothing else ends it").isZero();
            assertThat(longest.get()).isBetween(1L, 60L);
        }
    }

    @Test
    void everySocketIsLookedAfterHoweverItIsMade() throws IOException {
        WatchedSockets sockets = new WatchedSockets();
        InetAddress here = InetAddress.getLoopbackAddress();
        try (ServerSocket server = new ServerSocket(0, 5, here);
                Socket byName = sockets.createSocket("127.0.0.1", server.getLocalPort());
                Socket byAddress = sockets.createSocket(here, server.getLocalPort());
                Socket fromHere = sockets.createSocket("127.0.0.1", server.getLocalPort(), here, 0);
                Socket fromThere = sockets.createSocket(here, server.getLocalPort(), here, 0)) {
            for (Socket socket : new Socket[] {byName, byAddress, fromHere, fromThere}) {
                assertThat(socket.isConnected()).isTrue();
                assertThat(secondsUntilItBreaks(socket)).isBetween(1L, 60L);
            }
        }
    }

    private static long secondsUntilItBreaks(Socket socket) throws IOException {
        return socket.getOption(StandardSocketOptions.SO_KEEPALIVE)
                ? socket.getOption(ExtendedSocketOptions.TCP_KEEPIDLE)
                        + (long) socket.getOption(ExtendedSocketOptions.TCP_KEEPINTERVAL)
                                * socket.getOption(ExtendedSocketOptions.TCP_KEEPCOUNT)
                : Long.MAX_VALUE;
    }
}
