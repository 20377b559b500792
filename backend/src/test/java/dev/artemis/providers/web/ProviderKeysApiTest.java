package dev.artemis.providers.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.artemis.OnDatabase;
import dev.artemis.access.web.RestClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import tools.jackson.databind.JsonNode;

/** A provider on this machine, asked over the network as a real one is. */
@OnDatabase
@ExtendWith(OutputCaptureExtension.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class ProviderKeysApiTest {

    private static final String GOOD = "compatible-secret-good-7Qx9";

    private final RestClient admin;
    private String team = "";
    private String keys = "";

    @SuppressWarnings("NullAway.Init")
    private HttpServer provider;

    ProviderKeysApiTest(MockMvcTester mvc) {
        this.admin = RestClient.admin(mvc);
    }

    @BeforeEach
    void start() throws IOException {
        team = admin.newTeam();
        keys = "admin/tenants/" + team + "/provider-keys";
        Map<String, Integer> answers = Map.of(
                "Bearer " + GOOD,
                200,
                "Bearer compatible-secret-poor-0000",
                402,
                "Bearer compatible-secret-busy-0000",
                503);
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.createContext("/v1/models", exchange -> {
            String shown = exchange.getRequestHeaders().getFirst("Authorization");
            byte[] body = ("{\"error\": \"you sent " + shown + "\"}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answers.getOrDefault(shown, 401), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        provider.start();
    }

    @AfterEach
    void stop() {
        provider.stop(0);
    }

    @Test
    void aKeyComesInAndOnlyItsLastFourGoOut(CapturedOutput printed) {
        JsonNode added = add(GOOD);

        assertThat(added.get("hint").asString()).isEqualTo("…7Qx9");
        assertThat(added.get("format").asString()).isEqualTo("valid");
        JsonNode checked =
                RestClient.expect(200, admin.post(keys + "/" + added.get("id").asString() + "/check", ""));
        assertThat(checked.get("status").asString()).isEqualTo("accepted");
        String everything = added
                + RestClient.expect(200, admin.get(keys)).toString()
                + checked
                + RestClient.expect(200, admin.get("admin/audit?tenant=" + team));
        assertThat(everything)
                .contains("provider-key.added")
                .doesNotContain(GOOD)
                .doesNotContain("sealed");
        assertThat(printed.getAll()).doesNotContain(GOOD);
    }

    /** Servers of one's own often take any key. */
    @Test
    void ofAKeyThatIsHardlyLongerThanItsHintNothingIsShown() {
        assertThat(add("EMPTY").get("hint").asString()).isEqualTo("…****");
        assertThat(add("sh0wn-no").get("hint").asString()).isEqualTo("…n-no");
    }

    @Test
    void theProvidersFourAnswersAreToldApartAndNothingItSaysIsRepeated() {
        Map.of(
                        "compatible-secret-gone-0000", "rejected",
                        "compatible-secret-poor-0000", "no-quota",
                        "compatible-secret-busy-0000", "unreachable")
                .forEach((secret, status) -> {
                    String id = add(secret).get("id").asString();
                    JsonNode checked = RestClient.expect(200, admin.post(keys + "/" + id + "/check", ""));
                    assertThat(checked.get("status").asString()).isEqualTo(status);
                    assertThat(checked.toString()).doesNotContain(secret).doesNotContain("you sent");
                });
    }

    @Test
    void whatIsNoKeyOfThatProviderIsRefusedAndNotRepeated() {
        var refused = admin.post(keys, """
            {"provider": "anthropic", "name": "x", "secret": "sk-this-is-not-one-of-theirs-0123456789"}\
            """);

        assertThat(RestClient.code(422, refused)).isEqualTo("malformed-provider-key");
        assertThat(RestClient.body(refused)).doesNotContain("not-one-of-theirs");
        assertThat(RestClient.code(422, admin.post(keys, """
            {"provider": "openai-compatible", "name": "x", "secret": "without-an-address"}\
            """))).isEqualTo("not-allowed");
        assertThat(RestClient.code(422, admin.post(keys, """
            {"provider": "openai", "name": "x", "secret": "sk-abcdefghijklmnopqrstuvwxyz", "base_url": "file:///etc"}\
            """))).isEqualTo("not-allowed");
    }

    @Test
    void aKeyThatIsRemovedIsGone() {
        String id = add(GOOD).get("id").asString();

        RestClient.expect(204, admin.delete(keys + "/" + id));

        assertThat(RestClient.code(404, admin.post(keys + "/" + id + "/check", "")))
                .isEqualTo("not-found");
        assertThat(RestClient.expect(200, admin.get(keys)).get("items").size()).isZero();
    }

    private JsonNode add(String secret) {
        return RestClient.expect(201, admin.post(keys, """
            {"provider": "openai-compatible", "name": "x", "secret": "%s", "base_url": "http://127.0.0.1:%d/v1"}\
            """.formatted(
                        secret, provider.getAddress().getPort())));
    }
}
