package dev.artemis.services;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.artemis.configuration.Finding;
import dev.artemis.configuration.Finding.Verdict;
import dev.artemis.configuration.StartupCheck;
import dev.artemis.db.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.env.Environment;
import org.springframework.mock.env.MockEnvironment;

class ServiceChecksTest {

    /** The other side of one conversation. */
    private interface Speaker {
        void speak(Socket socket) throws IOException;
    }

    private static final class Server implements AutoCloseable {

        private final ServerSocket socket;

        Server(Speaker speaker) throws IOException {
            socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            Thread.ofVirtual().start(() -> {
                try (Socket visitor = socket.accept()) {
                    speaker.speak(visitor);
                } catch (IOException closed) {
                    // the test is over
                }
            });
        }

        int port() {
            return socket.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void nothingIsWrongWhereNothingIsNamed() {
        assertThat(of(MessengerCheck::new, Map.of()).verdict()).isEqualTo(Verdict.PASS);
        assertThat(of(RedisCheck::new, Map.of()).verdict()).isEqualTo(Verdict.PASS);
        assertThat(of(RagDatabaseCheck::new, Map.of()).verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void aMailServerGreetsAndIsGreeted() throws IOException {
        try (Server server = new Server(socket -> {
            say(socket, "220 mail.example ESMTP\r\n");
            assertThat(read(socket)).isEqualTo("EHLO localhost");
            say(socket, "250-mail.example\r\n250 SIZE 1000\r\n");
            read(socket);
        })) {
            assertThat(messenger("smtp://127.0.0.1:" + server.port()).verdict()).isEqualTo(Verdict.PASS);
        }
    }

    @Test
    void aMailServerThatTakesNoMailIsAFault() throws IOException {
        try (Server server = new Server(socket -> say(socket, "554 go away\r\n"))) {
            assertThat(messenger("smtp://127.0.0.1:" + server.port()).verdict()).isEqualTo(Verdict.FAIL);
        }
    }

    @Test
    void rabbitMqOpensTheConversation() throws IOException {
        try (Server server = new Server(socket -> {
            assertThat(socket.getInputStream().readNBytes(8)).startsWith('A', 'M', 'Q', 'P');
            socket.getOutputStream().write(new byte[] {1, 0, 0, 0, 0, 0, 4, 0, 10, 0, 10, (byte) 0xce});
        })) {
            assertThat(messenger("amqp://guest:guest@127.0.0.1:" + server.port())
                            .verdict())
                    .isEqualTo(Verdict.PASS);
        }
        try (Server other = new Server(
                socket -> socket.getOutputStream().write("AMQP\0\1\0\0".getBytes(StandardCharsets.US_ASCII)))) {
            Finding finding = messenger("amqp://127.0.0.1:" + other.port());
            assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
            assertThat(finding.detail()).contains("another version");
        }
    }

    @Test
    void aWebhooksServerSpeaksHttp() throws IOException {
        HttpServer server = http(Map.of("/hook", "no"));
        try {
            assertThat(messenger("http://127.0.0.1:" + server.getAddress().getPort() + "/hook")
                            .verdict())
                    .isEqualTo(Verdict.PASS);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void redisAnswersPingAfterItsPassword() throws IOException {
        try (Server server = new Server(socket -> {
            for (int line = 0; line < 5; line++) {
                read(socket);
            }
            say(socket, "+OK\r\n");
            for (int line = 0; line < 3; line++) {
                read(socket);
            }
            say(socket, "+PONG\r\n");
        })) {
            Finding finding = redis("redis://:hunter22@127.0.0.1:" + server.port());
            assertThat(finding.verdict()).isEqualTo(Verdict.PASS);
            assertThat(finding.detail()).doesNotContain("hunter22");
        }
        try (Server server = new Server(socket -> {
            read(socket);
            say(socket, "-NOAUTH Authentication required.\r\n");
        })) {
            assertThat(redis("redis://127.0.0.1:" + server.port()).detail()).contains("wants a password");
        }
        try (Server server = new Server(socket -> say(socket, "HTTP/1.1 400 Bad Request\r\n"))) {
            assertThat(redis("redis://127.0.0.1:" + server.port()).verdict()).isEqualTo(Verdict.FAIL);
        }
    }

    @Test
    void qdrantAndChromaSayWhoTheyAre() throws IOException {
        HttpServer server = http(Map.of(
                "/collections", "{}",
                "/api/v2/heartbeat", "{\"nanosecond heartbeat\": 1}",
                "/", "{\"title\":\"qdrant - vector search engine\"}"));
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        try {
            assertThat(rag("qdrant", url).verdict()).isEqualTo(Verdict.PASS);
            assertThat(rag("chroma", url).verdict()).isEqualTo(Verdict.PASS);
        } finally {
            server.stop(0);
        }
        HttpServer other = http(Map.of("/", "hello"));
        String elsewhere = "http://127.0.0.1:" + other.getAddress().getPort();
        try {
            assertThat(rag("qdrant", elsewhere).verdict()).isEqualTo(Verdict.FAIL);
            assertThat(rag("chroma", elsewhere).verdict()).isEqualTo(Verdict.FAIL);
        } finally {
            other.stop(0);
        }
    }

    @Test
    void aPostgresqlWithoutVectorIsToldWhatToDo() {
        var owner = TestDatabase.fresh().owner();
        URI at = URI.create(owner.url().substring("jdbc:".length()));

        Finding finding = rag(
                "pgvector",
                "postgresql://" + owner.username() + ":" + owner.password() + "@" + at.getHost() + ":" + at.getPort()
                        + at.getPath());

        assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(finding.remedy()).contains("create extension vector");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            artemis.messenger.url, smtp//mail
            artemis.messenger.url, ftp://127.0.0.1
            artemis.messenger.url, smtp://127.0.0.1:1
            artemis.messenger.url, amqp://127.0.0.1:1
            artemis.messenger.url, http://127.0.0.1:1
            artemis.redis.url,     http://127.0.0.1
            artemis.redis.url,     redis://127.0.0.1:1
            artemis.rag.url,       http://127.0.0.1:1
            artemis.rag.kind,      qdrant
            """)
    void whatIsNamedWronglyOrNotThereIsAFaultWithARemedy(String setting, String value) {
        Map<String, String> settings = Map.of(setting, value);
        Finding finding = setting.contains("messenger")
                ? of(MessengerCheck::new, settings)
                : setting.contains("redis") ? of(RedisCheck::new, settings) : of(RagDatabaseCheck::new, settings);

        assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(finding.remedy()).isNotBlank();
    }

    private static Finding messenger(String url) {
        return of(MessengerCheck::new, Map.of("artemis.messenger.url", url));
    }

    private static Finding redis(String url) {
        return of(RedisCheck::new, Map.of("artemis.redis.url", url));
    }

    private static Finding rag(String kind, String url) {
        return of(RagDatabaseCheck::new, Map.of("artemis.rag.kind", kind, "artemis.rag.url", url));
    }

    private static Finding of(Function<Environment, StartupCheck> check, Map<String, String> settings) {
        MockEnvironment environment = new MockEnvironment();
        settings.forEach(environment::setProperty);
        return check.apply(environment).findings().getFirst();
    }

    private static HttpServer http(Map<String, String> answers) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        new HashMap<>(answers)
                .forEach((path, text) -> server.createContext(path, exchange -> {
                    byte[] body = text.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                }));
        server.start();
        return server;
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    private static String read(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = socket.getInputStream().read();
                next >= 0 && next != '\n';
                next = socket.getInputStream().read()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
