package dev.artemis.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.access.UnknownKey;
import dev.artemis.configuration.Finding;
import dev.artemis.shared.Caller;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** A real server with a certificate, behind a proxy that it knows, and with little patience. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "artemis.admin.key=" + OnDatabase.ADMIN_KEY,
            "artemis.admin.password=" + OnDatabase.ADMIN_PASSWORD,
            "artemis.secrets.master-key=" + OnDatabase.MASTER_KEY,
            "artemis.roles=api",
            "artemis.web.trusted-proxies=127.0.0.1",
            "artemis.api.requests-per-second-by-address=10",
            "artemis.api.requests-per-second-by-key=20"
        })
@Import({OnDatabase.FreshDatabase.class, WebHygieneTest.BreakingDownloads.class})
class WebHygieneTest {

    /** Files that break off when a part of them is under way. */
    @RestController
    static class BreakingDownloads {

        @GetMapping("/api/v1/admin/breaking")
        ResponseEntity<StreamingResponseBody> file(Caller.Admin caller) {
            return ResponseEntity.ok().contentType(MediaType.TEXT_PLAIN).body(target -> {
                target.write("a line\n".repeat(50_000).getBytes(StandardCharsets.UTF_8));
                target.flush();
                throw new IllegalStateException("the database is away");
            });
        }
    }

    private static final Path FOLDER = certificate();
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(trusting(FOLDER.resolve("keys.p12")))
            .build();

    @LocalServerPort
    private int port;

    private final MeterRegistry meters;

    WebHygieneTest(@Autowired MeterRegistry meters) {
        this.meters = meters;
    }

    @DynamicPropertySource
    static void tls(DynamicPropertyRegistry registry) {
        registry.add(
                "artemis.web.tls-certificate", () -> FOLDER.resolve("tls.crt").toString());
        registry.add("artemis.web.tls-key", () -> FOLDER.resolve("tls.key").toString());
    }

    @Test
    void speaksTlsAndSaysSoForGood() throws Exception {
        HttpResponse<String> answer = get("/actuator/health", Map.of());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
        assertThat(header(answer, "Strict-Transport-Security")).contains("max-age=31536000");
        assertThat(header(answer, "Content-Security-Policy")).contains("default-src 'none'");
        assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(answer, "X-Frame-Options")).isEqualTo("DENY");
        assertThat(header(answer, "Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(header(answer, "Server")).isEmpty();
    }

    @Test
    void theServersInsidesAreForAdministrators() throws Exception {
        Map<String, String> elsewhere = Map.of("X-Forwarded-For", "203.0.113.50");
        for (String page : List.of("/actuator", "/actuator/prometheus", "/actuator/metrics", "/actuator/loggers")) {
            assertThat(get(page, elsewhere).statusCode()).as(page).isEqualTo(401);
        }
        assertThat(patiently("/actuator/prometheus", admin("203.0.113.51"))).isEqualTo(200);
        assertThat(patiently("/actuator/env", admin("203.0.113.51"))).isEqualTo(404);
    }

    /** A loud log would tell what a quiet one does not, and nobody would know who made it loud. */
    @Test
    void whatIsLoggedIsReadAndNotSet() throws Exception {
        HttpRequest louder = HttpRequest.newBuilder(
                        URI.create("https://localhost:" + port + "/actuator/loggers/dev.artemis"))
                .header("Authorization", "Bearer " + OnDatabase.ADMIN_KEY)
                .header("X-Forwarded-For", "203.0.113.52")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"configuredLevel\": \"TRACE\"}"))
                .build();
        int status = 429;
        for (int time = 0; status == 429 && time < 1000; time++) {
            status = CLIENT.send(louder, HttpResponse.BodyHandlers.discarding()).statusCode();
        }

        assertThat(status).isIn(404, 405);
    }

    /** Neither an end of the body nor a word about the fault behind it: whoever fetched half a file must know. */
    @Test
    void aDownloadThatBreaksOffDoesNotLookWhole() throws Exception {
        Exception broken = null;
        for (int time = 0; broken == null && time < 1000; time++) {
            try {
                HttpResponse<String> answer = get("/api/v1/admin/breaking", admin("203.0.113.53"));
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(429);
            } catch (IOException e) {
                broken = e;
            }
        }

        assertThat(broken).isNotNull();
    }

    @Test
    void whoGuessesKeysIsSlowedDownAndOthersAreNot() throws Exception {
        List<Integer> statuses = new ArrayList<>();
        HttpResponse<String> refused = null;
        for (int guess = 0; guess < 60; guess++) {
            HttpResponse<String> answer = get(
                    "/api/v1/admin/tenants",
                    Map.of("Authorization", "Bearer guess-" + guess, "X-Forwarded-For", "1.2.3.4, 203.0.113.7"));
            statuses.add(answer.statusCode());
            refused = answer.statusCode() == 429 ? answer : refused;
        }

        assertThat(statuses).contains(401, 429);
        assertThat(refused).isNotNull();
        assertThat(header(refused, "Retry-After")).isEqualTo("1");
        assertThat(refused.body()).contains("too-many-requests");
        assertThat(get("/api/v1/admin/tenants", Map.of("X-Forwarded-For", "203.0.113.8"))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void whoGuessesKeysDoesNotKeepTheDatabaseBusy() throws Exception {
        double before = lookUps();
        long start = System.nanoTime();
        List<Integer> statuses = new ArrayList<>();
        for (int guess = 0; guess < 200; guess++) {
            statuses.add(get(
                            guess % 2 == 0 ? "/api/v1/admin/tenants" : "/actuator/health",
                            Map.of("Authorization", "Bearer " + UnknownKey.next(), "X-Forwarded-For", "203.0.113.70"))
                    .statusCode());
        }

        double seconds = (System.nanoTime() - start) / 1e9;
        assertThat(statuses).contains(429);
        // two for each: the key's own id, and whether it is the one that was given
        assertThat(lookUps() - before).isLessThan(2 * (10 + 10 * seconds) + 10);
    }

    private double lookUps() {
        return meters.get("artemis.key.lookups").counter().count();
    }

    @Test
    void oneMadProgramIsSlowedDown() throws Exception {
        List<Integer> statuses = new ArrayList<>();
        for (int request = 0; request < 200; request++) {
            statuses.add(get("/api/v1/admin/tenants", admin("203.0.113.60")).statusCode());
        }

        assertThat(statuses).contains(200, 429).doesNotContain(401, 500);
    }

    /** The network in our own example of a production must be replaced by the cluster's. */
    @Test
    void anExamplesNetworkAndTheWholeWorldAreNoProxies() {
        assertThat(proxies("192.0.2.0/24").verdict()).isEqualTo(Finding.Verdict.FAIL);
        assertThat(proxies("0.0.0.0/0").verdict()).isEqualTo(Finding.Verdict.FAIL);
        assertThat(proxies("10.244.3.0/24").verdict()).isEqualTo(Finding.Verdict.PASS);
    }

    private static Finding proxies(String trusted) {
        return new WebCheck(new MockEnvironment().withProperty("artemis.web.trusted-proxies", trusted))
                .findings()
                .getFirst();
    }

    @Test
    void theCertificateIsLookedAtBeforeTheStart() throws IOException {
        assertThat(tls(FOLDER.resolve("tls.crt"), FOLDER.resolve("tls.key")).verdict())
                .isNotEqualTo(Finding.Verdict.FAIL);
        assertThat(tls(FOLDER.resolve("tls.crt"), FOLDER.resolve("nothing")).detail())
                .contains("ARTEMIS_TLS_KEY");
        assertThat(tls(FOLDER.resolve("tls.crt"), certificate().resolve("tls.key"))
                        .detail())
                .contains("not the certificate's");
        Path nonsense = Files.writeString(FOLDER.resolve("nonsense"), "nonsense");
        assertThat(tls(nonsense, nonsense).verdict()).isEqualTo(Finding.Verdict.FAIL);
    }

    private static Finding tls(Path certificate, Path key) {
        MockEnvironment environment = new MockEnvironment()
                .withProperty("artemis.web.tls-certificate", certificate.toString())
                .withProperty("artemis.web.tls-key", key.toString());
        return new WebCheck(environment).findings().getLast();
    }

    private static Map<String, String> admin(String from) {
        return Map.of("Authorization", "Bearer " + OnDatabase.ADMIN_KEY, "X-Forwarded-For", from);
    }

    private HttpResponse<String> get(String path, Map<String, String> headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("https://localhost:" + port + path));
        headers.forEach(request::header);
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** As a program that waits as long as it is told to. */
    private int patiently(String path, Map<String, String> headers) throws Exception {
        HttpResponse<String> answer = get(path, headers);
        for (int time = 0; answer.statusCode() == 429 && time < 1000; time++) {
            answer = get(path, headers);
        }
        return answer.statusCode();
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static SSLContext trusting(Path keys) {
        try {
            return trusted(keys);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SSLContext trusted(Path keys) throws GeneralSecurityException, IOException {
        KeyStore own = KeyStore.getInstance(keys.toFile(), "changeit".toCharArray());
        KeyStore known = KeyStore.getInstance("PKCS12");
        known.load(null, null);
        known.setCertificateEntry("ours", own.getCertificate("tls"));
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(known);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    /** A folder with a certificate for localhost, its key, and both as Java keeps them. */
    private static Path certificate() {
        try {
            Path folder = Files.createTempDirectory("artemis-tls");
            Path keys = folder.resolve("keys.p12");
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "tls",
                            "-keyalg",
                            "EC",
                            "-dname",
                            "CN=localhost",
                            "-ext",
                            "san=dns:localhost",
                            "-validity",
                            "30",
                            "-storetype",
                            "PKCS12",
                            "-storepass",
                            "changeit",
                            "-keystore",
                            keys.toString())
                    .redirectErrorStream(true)
                    .start();
            keytool.getInputStream().readAllBytes();
            assertThat(keytool.waitFor()).isZero();
            KeyStore store = KeyStore.getInstance(keys.toFile(), "changeit".toCharArray());
            pem(
                    folder.resolve("tls.crt"),
                    "CERTIFICATE",
                    store.getCertificate("tls").getEncoded());
            pem(
                    folder.resolve("tls.key"),
                    "PRIVATE KEY",
                    store.getKey("tls", "changeit".toCharArray()).getEncoded());
            return folder;
        } catch (IOException | GeneralSecurityException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void pem(Path file, String what, byte[] bytes) throws IOException {
        Base64.Encoder lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        Files.writeString(
                file,
                "-----BEGIN " + what + "-----\n" + lines.encodeToString(bytes) + "\n-----END " + what + "-----\n");
    }
}
