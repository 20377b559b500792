package dev.artemis.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.artemis.outbound.OutboundHttp.Reach;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundHttpTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<String> asked = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().getPath() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            boolean moved = exchange.getRequestURI().getPath().equals("/moved");
            if (moved) {
                exchange.getResponseHeaders().add("Location", "/elsewhere");
            }
            byte[] body = "hello".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(moved ? 302 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void asksWithItsHeadersWhereAnyAddressIsAllowed() {
        Answer answer =
                new OutboundHttp(PATIENCE, Reach.ANYWHERE).get(at("/models"), Map.of("Authorization", "Bearer x"));

        assertThat(answer).isEqualTo(new Answer.Answered(200, "hello"));
        assertThat(asked).containsExactly("/models Bearer x");
    }

    @Test
    void followsNoRedirect() {
        Answer answer = new OutboundHttp(PATIENCE, Reach.ANYWHERE).get(at("/moved"), Map.of());

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Answered.class, it -> assertThat(it.status()).isEqualTo(302));
        assertThat(asked).hasSize(1);
    }

    @Test
    void aNameThatLeadsIntoThePrivateNetworkIsNotAsked() {
        OutboundHttp http = new OutboundHttp(
                PATIENCE, Reach.PUBLIC, name -> new InetAddress[] {address("8.8.8.8"), address("10.0.0.7")});

        Answer answer = http.get(URI.create("https://models.example/v1"), Map.of());

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Forbidden.class, it -> assertThat(it.why()).contains("private"));
    }

    @Test
    void aNameIsResolvedOnceSoThatItCannotChangeItsMind() {
        AtomicInteger resolved = new AtomicInteger();
        OutboundHttp http = new OutboundHttp(PATIENCE, Reach.ANYWHERE, name -> {
            resolved.incrementAndGet();
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
        });

        Answer answer = http.get(
                URI.create("http://models.example:" + server.getAddress().getPort() + "/"), Map.of());

        assertThat(answer).isEqualTo(new Answer.Answered(200, "hello"));
        assertThat(resolved).hasValue(1);
    }

    @Test
    void whoSaysNothingIsWaitedForNoLongerThanAllowed() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Answer answer = new OutboundHttp(Duration.ofMillis(200), Reach.ANYWHERE)
                    .get(URI.create("http://127.0.0.1:" + mute.getLocalPort() + "/"), Map.of());

            assertThat(answer).isInstanceOf(Answer.Unreachable.class);
        }
    }

    /** A drop now and then keeps a connection's own time-out from ever coming. */
    @Test
    void whoDripsIsWaitedForNoLongerThanAllowed() throws Exception {
        try (ServerSocket dripping = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> drip(dripping));
            long start = System.nanoTime();

            Answer answer = new OutboundHttp(Duration.ofMillis(500), Reach.ANYWHERE)
                    .get(URI.create("https://127.0.0.1:" + dripping.getLocalPort() + "/"), Map.of());

            assertThat(answer).isInstanceOf(Answer.Unreachable.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        }
    }

    private static void drip(ServerSocket server) {
        try (var socket = server.accept()) {
            // a handshake record of TLS that never becomes whole
            socket.getOutputStream().write(new byte[] {22, 3, 3, 0x40, 0});
            while (true) {
                socket.getOutputStream().write(0);
                socket.getOutputStream().flush();
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        } catch (IOException over) {
            // the other side has had enough
        }
    }

    @Test
    void tellsWithABodyAndDoesNotWaitForTheConnectionsEnd() throws IOException {
        try (ServerSocket open = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            StringBuffer heard = new StringBuffer();
            Thread.ofVirtual().start(() -> answerAndStay(open, heard));

            Answer answer = new OutboundHttp(PATIENCE, Reach.ANYWHERE)
                    .post(
                            URI.create("http://127.0.0.1:" + open.getLocalPort() + "/hook"),
                            Map.of("webhook-id", "1"),
                            "{\"ä\":1}");

            assertThat(answer).isEqualTo(new Answer.Answered(200, "ok"));
            assertThat(heard).contains("POST /hook HTTP/1.1", "webhook-id: 1", "Content-Length: 8", "{\"ä\":1}");
        }
    }

    private static void answerAndStay(ServerSocket server, StringBuffer heard) {
        try (var socket = server.accept()) {
            byte[] bytes = new byte[8192];
            while (heard.indexOf("}") < 0) {
                heard.append(new String(bytes, 0, socket.getInputStream().read(bytes), StandardCharsets.UTF_8));
            }
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            socket.getInputStream().readAllBytes();
        } catch (IOException over) {
            // the other side has what it wanted
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://0.0.0.0/", "https://[::ffff:127.0.0.1]/", "https://[::1]/", "https://2130706433/"})
    void noSpellingOfAPrivateAddressIsAsked(String address) {
        Answer answer = new OutboundHttp(PATIENCE, Reach.PUBLIC).get(URI.create(address), Map.of());

        assertThat(answer).isInstanceOf(Answer.Nobody.class);
        assertThat(asked).isEmpty();
    }

    @Test
    void aHeaderCannotSmuggleAnother() {
        Answer answer = new OutboundHttp(PATIENCE, Reach.ANYWHERE)
                .get(at("/"), Map.of("Authorization", "Bearer x\r\nHost: elsewhere"));

        assertThat(answer).isInstanceOf(Answer.Forbidden.class);
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.example/v1",
                "file:///etc/passwd",
                "https://user@api.example/",
                "https:///v1",
                "gopher://api.example/"
            })
    void onlyHttpsToAHostIsPublic(String address) {
        assertThat(OutboundHttp.fault(URI.create(address), Reach.PUBLIC)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "0.0.0.0",
                "224.0.0.1",
                "255.255.255.255",
                "198.18.0.1",
                "::1",
                "::",
                "fe80::1",
                "fd00::1",
                "fc00::1",
                "::ffff:10.0.0.1",
                "64:ff9b::a00:1",
                "2002:a00:1::1",
                "2001:db8::1",
                "2001::1",
                "ff02::1"
            })
    void whatIsNotPublicIsKnown(String address) throws IOException {
        assertThat(PublicAddress.is(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "172.32.0.1", "100.128.0.1", "1.1.1.1", "2606:4700:4700::1111", "2a00:1450::1"})
    void whatIsPublicIsKnown(String address) throws IOException {
        assertThat(PublicAddress.is(InetAddress.getByName(address))).isTrue();
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
