package dev.artemis.prices.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class PricesControllerTest {

    private static final String PRICES = "/api/v1/admin/prices";

    /** As many as the community's list has. */
    private static final int MODELS = 3_000;

    private final MockMvcTester mvc;
    private final JsonMapper json;

    PricesControllerTest(MockMvcTester mvc, JsonMapper json) {
        this.mvc = mvc;
        this.json = json;
    }

    @Test
    void aStrangerSeesNoPrice() {
        assertThat(mvc.get().uri(PRICES)).hasStatus(401);
    }

    @Test
    void listsTheShippedPricesAsPlainDecimals() throws IOException {
        JsonNode item = body(send(HttpMethod.GET, PRICES + "?model=gpt-4o-mini&limit=1", "", ""))
                .path("items")
                .path(0);

        assertThat(item.path("provider").stringValue()).isEqualTo("openai");
        assertThat(item.path("rates").path("input").stringValue()).isEqualTo("0.00000015");
        assertThat(item.path("rates").path("cache_write_1h").isNull()).isTrue();
        assertThat(item.path("tiers").path(0).path("service_tier").stringValue())
                .isEqualTo("batch");
    }

    @Test
    void addsEndsAndFindsAPriceAgain() throws IOException {
        String model = "web-" + UUID.randomUUID();
        MvcTestResult added = send(HttpMethod.POST, PRICES, aPrice(model), "");
        assertThat(added).hasStatus(201);
        String id = body(added).path("id").stringValue();

        int year = Year.now(ZoneOffset.UTC).getValue() + 5;

        assertThat(send(
                        HttpMethod.PATCH,
                        PRICES + "/" + id,
                        "{\"valid_to\": \"" + year + "-01-01T00:00:00+02:00\"}",
                        ""))
                .hasStatus(200)
                .bodyJson()
                .extractingPath("$.valid_to")
                .isEqualTo(year - 1 + "-12-31T22:00:00Z");
        assertThat(send(HttpMethod.GET, PRICES + "?model=" + model, "", ""))
                .bodyJson()
                .extractingPath("$.items[0].id")
                .isEqualTo(id);
    }

    @Test
    void aRepeatedPostIsAnsweredAsTheFirst() throws IOException {
        String model = "web-" + UUID.randomUUID();
        String key = UUID.randomUUID().toString();

        MvcTestResult first = send(HttpMethod.POST, PRICES, aPrice(model), key);
        MvcTestResult second = send(HttpMethod.POST, PRICES, aPrice(model), key);

        assertThat(second).hasStatus(201).hasHeader("Idempotency-Replayed", "true");
        assertThat(body(second).path("id")).isEqualTo(body(first).path("id"));
        assertThat(body(send(HttpMethod.GET, PRICES + "?model=" + model, "", ""))
                        .path("items"))
                .hasSize(1);
    }

    @Test
    void importsTheCommunitysList() throws IOException {
        try (InputStream sample = PricesControllerTest.class.getResourceAsStream("/prices/community-sample.json")) {
            assertThat(sample).isNotNull();
            String list = new String(sample.readAllBytes(), StandardCharsets.UTF_8);

            JsonNode report = body(send(HttpMethod.POST, PRICES + "/import", list, ""));

            int all = report.path("imported").intValue()
                    + report.path("unchanged").intValue()
                    + report.path("flagged").size()
                    + report.path("rejected").size();
            assertThat(all).isEqualTo(json.readTree(list).size());
            assertThat(report.path("flagged").path(0).path("why").stringValue()).isNotBlank();
        }
    }

    @Test
    void importsThreeThousandModelsInSecondsAndAgainWithoutAChange() throws IOException {
        String prefix = "bulk-" + UUID.randomUUID();
        String list = IntStream.range(0, MODELS)
                .mapToObj(n -> """
                        "%s-%d": {"litellm_provider": "acme", "mode": "chat", "input_cost_per_token": %se-8,
                          "output_cost_per_token": %se-7, "cache_read_input_token_cost": %se-9}""".formatted(prefix, n, n + 1, n + 1, n + 1))
                .collect(Collectors.joining(",", "{", "}"));

        long start = System.nanoTime();
        JsonNode report = body(send(HttpMethod.POST, PRICES + "/import", list, ""));
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        assertThat(report.path("imported").intValue()).isEqualTo(MODELS);
        assertThat(took).as("%d models", MODELS).isLessThan(Duration.ofSeconds(10));
        JsonNode again = body(send(HttpMethod.POST, PRICES + "/import", list, ""));
        assertThat(again.path("unchanged").intValue()).isEqualTo(MODELS);
        assertThat(again.path("imported").intValue()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"model": "m", "rates": {"input": "1", "output": "1"}} | 422 | provider
            {"provider": "p", "model": "m"} | 422 | rates
            {"provider": "p", "model": "m", "rates": {"input": "1"}} | 422 | rates.output
            {"provider": "p", "model": "m", "rates": {"input": 1, "output": "1"}} | 400 | rates.input
            {"provider": "p", "model": "m", "rates": {"input": "NaN", "output": "1"}} | 422 | rates.input
            {"provider": "p", "model": "m", "rates": {"input": "-1", "output": "1"}} | 422 | rates.input
            {"provider": "p", "model": "m", "rates": {"input": "1", "output": "1001"}} | 422 | rates.output
            {"provider": "p", "model": "", "rates": {"input": "1", "output": "1"}} | 422 | model
            {"provider": "p", "model": "m", "rates": {"input": "1", "output": "1"}, "valid_from": "2026-02-01T00:00:00Z", "valid_to": "2026-01-01T00:00:00Z"} | 422 | valid_to
            {"provider": "p", "model": "m", "rates": {"input": "1", "output": "1"}, "tiers": [{"service_tier": "standard", "rates": {"input": "1", "output": "1"}}]} | 422 | tiers
            {"provider": "p", "model": "m", "rates": {"input": "1", "output": "1"}, "tiers": [{"service_tier": "turbo", "rates": {"input": "1", "output": "1"}}]} | 422 | tiers[0].service_tier
            {"provider": "p", "model": "m", "rates": {"input": "1", "output": "1"}, "cheap": true} | 400 | cheap
            """)
    void aBadPriceIsRefusedByTheFieldsName(String price, int status, String field) {
        assertThat(send(HttpMethod.POST, PRICES, price, ""))
                .hasStatus(status)
                .bodyJson()
                .extractingPath("$.errors[0].field")
                .isEqualTo(field);
    }

    @Test
    void aPriceThatIsNotThereIs404() {
        assertThat(send(HttpMethod.GET, PRICES + "/none", "", "")).hasStatus(404);
        assertThat(send(HttpMethod.GET, PRICES + "/999999999", "", "")).hasStatus(404);
    }

    private static String aPrice(String model) {
        return """
                {"provider": "acme", "model": "%s", "rates": {"input": "0.000001", "output": "0.000002"},
                 "tiers": [{"service_tier": "standard", "above_tokens": 200000,
                            "rates": {"input": "0.000002", "output": "0.000003"}}]}
                """.formatted(model);
    }

    private MvcTestResult send(HttpMethod method, String uri, String body, String key) {
        var request = mvc.method(method).uri(uri).header("Authorization", "Bearer " + OnDatabase.ADMIN_KEY);
        if (!key.isEmpty()) {
            request = request.header("Idempotency-Key", key);
        }
        return request.contentType("application/json").content(body).exchange();
    }

    private JsonNode body(MvcTestResult result) throws IOException {
        return json.readTree(result.getResponse().getContentAsString());
    }
}
