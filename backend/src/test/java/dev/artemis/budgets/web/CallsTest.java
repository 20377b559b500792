package dev.artemis.budgets.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.budgets.TestTeam;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class CallsTest {

    private static final String BIG_CALL = """
            {"model": "gpt-4o", "tokens_input": 5000, "tokens_output": 2000, "stage": "development"}""";

    private final MockMvcTester mvc;
    private final JsonMapper json;
    private TestTeam team;

    CallsTest(MockMvcTester mvc, JsonMapper json) {
        this.mvc = mvc;
        this.json = json;
        this.team = TestTeam.fresh(mvc, json);
    }

    @BeforeEach
    void freshTeam() {
        team = TestTeam.fresh(mvc, json);
    }

    @Test
    void answersWithTheExactCostAndWhereBudgetsStand() {
        assertThat(team.limit("""
                {"daily_limit": "0.10", "monthly_limit": null, "alert_thresholds": [30]}""")).hasStatus(200).bodyText().contains("\"alert_thresholds\":[30]");

        var answer = team.post("/calls", BIG_CALL);

        assertThat(answer).hasStatus(201);
        assertThat(answer).bodyJson().isLenientlyEqualTo("""
                {"cost": "0.0325", "daily_usage": "0.0325", "monthly_usage": "0.0325", "daily_remaining": "0.0675",
                 "monthly_remaining": null, "over_budget": false,
                 "limits": [{"scope": "tenant", "period": "daily", "limit": "0.1", "used": "0.0325", "reserved": "0",
                             "remaining": "0.0675"}],
                 "alerts": [{"scope": "tenant", "period": "daily", "threshold": 30, "used": "0.0325", "limit": "0.1"}]}""");
        assertThat(team.json(answer).get("limits").get(0).get("resets_at").asString())
                .matches("\\d{4}-\\d\\d-\\d\\dT2[23]:00:00Z");
    }

    @Test
    void refusesWithTheLimitThatWouldBeCrossed() {
        team.limit("{\"daily_limit\": \"0.05\", \"monthly_limit\": \"10\"}");
        team.post("/calls", BIG_CALL);
        String entries = TestTeam.body(team.get("/calls"));

        var refused = team.post("/calls", BIG_CALL);

        assertThat(refused).hasStatus(402).hasContentType("application/problem+json");
        assertThat(refused).bodyJson().isLenientlyEqualTo("""
                {"status": 402, "code": "budget-exceeded", "scope": "tenant", "period": "daily", "limit": "0.05",
                 "used": "0.0325", "reserved": "0", "requested": "0.0325"}""");
        assertThat(team.json(refused).get("resets_at").asString()).isNotBlank();
        assertThat(TestTeam.body(team.get("/calls"))).isEqualTo(entries);
        assertThat(team.get("/statistics")).bodyJson().isLenientlyEqualTo("""
                {"cost_tracking": {"total_calls": 1, "total_cost": "0.0325", "daily_remaining": "0.0175",
                                   "monthly_remaining": "9.9675", "budget_exceeded_count": 1}}""");
    }

    @Test
    void takesProvidersUsageObjectsUnchanged() {
        JsonNode openAi = team.json(team.post("/calls", """
                {"model": "gpt-4o", "stage": "review", "usage": {"prompt_tokens": 2000, "completion_tokens": 100,
                 "total_tokens": 2100, "prompt_tokens_details": {"cached_tokens": 1000}}}"""));
        JsonNode anthropic = team.json(team.post("/calls", """
                {"model": "claude-3-5-sonnet", "stage": "review", "usage": {"input_tokens": 1000, "output_tokens": 100,
                 "cache_read_input_tokens": 1000, "cache_creation_input_tokens": 0}}"""));

        assertThat(openAi.get("cost").asString()).isEqualTo("0.00475");
        assertThat(anthropic.get("cost").asString()).isEqualTo("0.0048");
    }

    @Test
    void aCallIsPricedInTheTierThatItsUsageNames() {
        String usage = """
                "usage": {"input_tokens": 1000000, "output_tokens": 0, "cache_read_input_tokens": 0,
                          "service_tier": "batch"}""";
        String call = "{\"model\": \"claude-3-opus\", \"stage\": \"review\", %s%s}";

        assertThat(team.json(team.post("/calls", call.formatted("", usage)))
                        .get("cost")
                        .asString())
                .isEqualTo("7.5");
        assertThat(team.post("/calls", call.formatted("\"service_tier\": \"standard\", ", usage)))
                .hasStatus(422)
                .bodyJson()
                .extractingPath("$.errors[0].field")
                .isEqualTo("usage.service_tier");
        assertThat(total()).isEqualByComparingTo("7.5");
    }

    @Test
    void aKeysOwnLimitRefusesAndARotationKeepsWhatItSpent() {
        String keys = "/admin/tenants/" + team.slug() + "/projects/shop/keys";
        JsonNode made = team.json(team.admin().post(keys, """
                {"name": "thrifty", "scopes": ["calls:write"], "daily_limit": "0.05"}"""));
        TestTeam thrifty = new TestTeam(mvc, json, team.slug(), made.get("key").asString(), "");
        assertThat(thrifty.post("/calls", BIG_CALL)).hasStatus(201);

        assertKeyRefuses(thrifty);
        JsonNode rotated = team.json(
                team.admin().post(keys + "/" + made.get("id").asString() + "/rotation", "{\"grace_seconds\": 0}"));
        assertThat(rotated.get("id")).isEqualTo(made.get("id"));
        assertKeyRefuses(new TestTeam(mvc, json, team.slug(), rotated.get("key").asString(), ""));
        assertThat(team.post("/calls", BIG_CALL))
                .as("another key of the project")
                .hasStatus(201);
    }

    private static void assertKeyRefuses(TestTeam key) {
        var refused = key.post("/calls", BIG_CALL);
        assertThat(refused).hasStatus(402);
        assertThat(refused).bodyJson().isLenientlyEqualTo("""
                {"scope": "key", "period": "daily", "limit": "0.05", "used": "0.0325", "requested": "0.0325"}""");
    }

    @Test
    void aModelWithoutAPriceIsNamedInTheHealthReport() {
        String model = "nobody-sells-" + team.slug();

        assertThat(team.post("/calls", """
                {"model": "%s", "tokens_input": 1, "tokens_output": 1, "stage": "s"}""".formatted(model))).hasStatus(422);

        assertThat(TestTeam.body(team.admin().get("/admin/health-report"))).contains(model);
    }

    /** Enforced it is refused, since nobody knows what it would cost; recorded it has happened. */
    @Test
    void whatHappenedIsRecordedAlsoWhereAPartOfItHasNoRateAndThatIsSaid() {
        String call = """
                {"model": "gpt-4o", "stage": "talk", "mode": "%s", "usage": {"prompt_tokens": 5000,
                 "completion_tokens": 2000, "completion_tokens_details": {"audio_tokens": 500}}}""";

        var refused = team.post("/calls", call.formatted("enforce"));
        assertThat(refused).hasStatus(422);
        assertThat(refused)
                .bodyJson()
                .extractingPath("$.errors[0].field")
                .isEqualTo("usage.completion_tokens_details.audio_tokens");
        assertThat(team.json(team.get("/calls")).get("items")).isEmpty();

        var recorded = team.post("/calls", call.formatted("record"));
        assertThat(recorded).hasStatus(201);
        assertThat(recorded).bodyJson().isLenientlyEqualTo("""
                {"cost": "0.0325", "daily_usage": "0.0325",
                 "unpriced": [{"what": "usage.completion_tokens_details.audio_tokens", "count": 500}]}""");
        assertThat(team.get("/calls"))
                .bodyJson()
                .extractingPath("$.items[0].unpriced")
                .isEqualTo(List.of("usage.completion_tokens_details.audio_tokens"));
        assertThat(team.json(team.admin().get("/admin/health-report"))
                        .get("prices")
                        .get("in_part")
                        .toString())
                .contains("gpt-4o: usage.completion_tokens_details.audio_tokens");
    }

    @Test
    void aSettleIsRecordedAlsoInATierThatHasNoPrice() {
        JsonNode held = team.json(team.post("/reservations", """
                {"model": "gpt-4", "tokens_input": 1000, "max_tokens_output": 1000, "stage": "s"}"""));
        String settle = "/reservations/" + held.get("id").asString() + "/settle";

        var settled = team.post(settle, """
                {"usage": {"prompt_tokens": 1000, "completion_tokens": 0, "service_tier": "priority"}}""");

        assertThat(settled).hasStatus(200);
        assertThat(settled).bodyJson().isLenientlyEqualTo("""
                {"cost": "0.03", "unpriced": [{"what": "service_tier", "count": 1}]}""");
        assertThat(team.post("/calls", """
                {"model": "gpt-4", "tokens_input": 1, "tokens_output": 1, "stage": "s", "service_tier": "priority"}""")).as("before it happens").hasStatus(422);
    }

    /** The shipped claude-sonnet-4-5: $3 a million, and $6 for all of a prompt above 200,000 tokens. */
    @Test
    void aPromptOfOneTokenMoreThanTheThresholdCostsTheLongContextsPriceAsAWhole() {
        team.limit("{\"daily_limit\": \"1.2\"}");
        String call = """
                {"model": "claude-sonnet-4-5", "tokens_input": %d, "tokens_cache_read": %d, "tokens_output": 0,
                 "stage": "s"}""";

        var refused = team.post("/calls", call.formatted(200_001, 0));
        assertThat(refused).hasStatus(402);
        assertThat(refused).bodyJson().extractingPath("$.requested").isEqualTo("1.200006");
        assertThat(team.json(team.post("/calls", call.formatted(200_000, 0)))
                        .get("cost")
                        .asString())
                .isEqualTo("0.6");
        assertThat(team.json(team.post("/calls", call.formatted(1, 200_000)))
                        .get("cost")
                        .asString())
                .as("cached tokens count for the threshold too")
                .isEqualTo("0.120006");
    }

    @Test
    void aSettleIsPricedByWhatItWasHeldByAlsoWhenThatPriceEndedMeanwhile() {
        String model = "ends-" + team.slug();
        JsonNode price = team.json(team.admin().post("/admin/prices", """
                {"provider": "x", "model": "%s", "valid_from": "2020-01-01T00:00:00Z",
                 "rates": {"input": "0.001", "output": "0.001"}}""".formatted(model)));
        String wish = """
                {"model": "%s", "tokens_input": 10, "max_tokens_output": 10, "stage": "s"}""".formatted(model);
        JsonNode held = team.json(team.post("/reservations", "wish", wish));

        assertThat(mvc.patch()
                        .uri("/api/v1/admin/prices/" + price.get("id").asString())
                        .header("Authorization", "Bearer " + OnDatabase.ADMIN_KEY)
                        .contentType("application/json")
                        .content("{\"valid_to\": \"2020-01-02T00:00:00Z\"}"))
                .hasStatus(200);

        assertThat(team.post("/reservations", wish)).as("no price is in force").hasStatus(422);
        var repeated = team.post("/reservations", "wish", wish);
        assertThat(repeated).hasStatus(201).hasHeader("Idempotency-Replayed", "true");
        assertThat(team.json(repeated).get("id")).isEqualTo(held.get("id"));
        var settled = team.post("/reservations/" + held.get("id").asString() + "/settle", """
                {"tokens_input": 5, "tokens_output": 2}""");
        assertThat(settled).hasStatus(200);
        assertThat(team.json(settled).get("cost").asString()).isEqualTo("0.007");
    }

    @Test
    void recordsInRecordModeWhateverTheLimitSays() {
        team.limit("{\"daily_limit\": \"0\", \"monthly_limit\": null}");

        JsonNode recorded = team.json(team.post("/calls", """
                {"model": "gpt-4o", "tokens_input": 5000, "tokens_output": 2000, "stage": "development",
                 "mode": "record"}"""));

        assertThat(recorded.get("over_budget").asBoolean()).isTrue();
        assertThat(recorded.get("daily_remaining").asString()).isEqualTo("-0.0325");
        assertThat(team.post("/calls", BIG_CALL)).hasStatus(402);
    }

    @Test
    void aRepeatGetsTheFirstAnswerWordForWordAndIsChargedOnce() {
        var first = team.post("/calls", "call-1", BIG_CALL);
        var repeat = team.post("/calls", "call-1", BIG_CALL);

        assertThat(first).hasStatus(201).doesNotContainHeader("Idempotency-Replayed");
        assertThat(repeat).hasStatus(201).hasHeader("Idempotency-Replayed", "true");
        assertThat(TestTeam.body(repeat)).isEqualTo(TestTeam.body(first));
        assertThat(total()).isEqualByComparingTo("0.0325");
        assertThat(team.post("/calls", "call-1", BIG_CALL.replace("5000", "5001")))
                .hasStatus(422)
                .bodyJson()
                .extractingPath("$.code")
                .isEqualTo("idempotency-conflict");
    }

    @Test
    void aRefusalIsNotKeptSoTheSameKeyMayTryAgain() {
        team.limit("{\"daily_limit\": \"0\"}");
        assertThat(team.post("/calls", "again", BIG_CALL)).hasStatus(402);

        team.limit("{\"daily_limit\": \"1\"}");

        assertThat(team.post("/calls", "again", BIG_CALL)).hasStatus(201).doesNotContainHeader("Idempotency-Replayed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"model": "no-such-model", "tokens_input": 1, "tokens_output": 1, "stage": "s"} | 422 | unpriced-model |
            {"model": "no-such-model", "tokens_input": 1, "tokens_output": 1, "stage": "s", "mode": "record"} | 422 | unpriced-model |
            {"model": "gpt-4o", "tokens_input": -1, "tokens_output": 1, "stage": "s"} | 422 | not-allowed | tokens_input
            {"model": "gpt-4o", "tokens_input": 1, "tokens_output": 1000000000001, "stage": "s"} | 422 | not-allowed | tokens_output
            {"model": "gpt-4o", "tokens_input": 1, "tokens_output": 99999999999999999999999, "stage": "s"} | 422 | not-allowed | tokens_output
            {"model": "gpt-4o", "tokens_input": 1, "stage": "s"} | 422 | not-allowed | tokens_output
            {"tokens_input": 1, "tokens_output": 1, "stage": "s"} | 422 | not-allowed | model
            {"model": "gpt-4o", "tokens_input": 1, "tokens_output": 1} | 422 | not-allowed | stage
            {"model": "gpt-4o", "tokens_input": 1, "tokens_output": 1, "stage": "s", "occurred_at": "2999-01-01T00:00:00Z"} | 422 | not-allowed | occurred_at
            {"model": "gpt-4o", "tokens_input": 1, "tokens_output": 1, "stage": "s", "service_tier": "turbo"} | 422 | not-allowed | service_tier
            {"model": "gpt-4o", "tokens_input": 1, "tokens_output": 1, "stage": "s", "mode": "maybe"} | 422 | not-allowed | mode
            {"model": "gpt-4o", "usage": {"prompt_tokens": 1, "completion_tokens": 1, "prompt_tokens_details": {"cached_tokens": 2}}, "stage": "s"} | 422 | not-allowed | usage.prompt_tokens_details.cached_tokens
            {"model": "gpt-4o", "tokens_input": 1, "usage": {}, "stage": "s"} | 422 | not-allowed | usage
            {"model": "gpt-4o", "tokens_input": "1", "tokens_output": 1, "stage": "s"} | 400 | invalid-request | tokens_input
            {"model": "gpt-4o", "tokens_input": 1.5, "tokens_output": 1, "stage": "s"} | 400 | invalid-request | tokens_input
            {"model": "gpt-4o", "tokens_input": NaN, "tokens_output": 1, "stage": "s"} | 400 | invalid-request |
            {"model": "gpt-4o", "tokens_input": 1, "tokens_output": 1, "stage": "s", "price": 0} | 400 | invalid-request | price
            {"model": "gpt-4o", "tokens_input": 1, "tokens_output": 1, "stage": "s", "occurred_at": "yesterday"} | 400 | invalid-request | occurred_at
            [] | 400 | invalid-request |
            nonsense | 400 | invalid-request |
            """)
    void refusesBadInputNamingTheFieldAndWritesNothing(String body, int status, String code, String field) {
        var answer = team.post("/calls", body);

        assertThat(answer).hasStatus(status).hasContentType("application/problem+json");
        JsonNode problem = team.json(answer);
        assertThat(problem.get("code").asString()).isEqualTo(code);
        if (field != null) {
            assertThat(problem.get("errors").get(0).get("field").asString()).isEqualTo(field);
        }
        assertThat(team.json(team.get("/calls")).get("items")).isEmpty();
    }

    @Test
    void admitsOrRefusesEachCallOfABatchOnItsOwn() {
        team.limit("{\"daily_limit\": \"0.05\"}");

        var answer = team.post("/calls/batch", "batch-1", """
                {"calls": [%s, %s,
                  {"model": "no-such-model", "tokens_input": 1, "tokens_output": 1, "stage": "s"},
                  {"model": "gpt-4o", "tokens_input": -1, "tokens_output": 1, "stage": "s"},
                  {"model": "gpt-4o-mini", "tokens_input": 1, "tokens_output": 1, "stage": "s"}]}""".formatted(BIG_CALL, BIG_CALL));

        assertThat(answer).hasStatus(200);
        List<Integer> statuses = new ArrayList<>();
        team.json(answer)
                .get("results")
                .forEach(result -> statuses.add(result.get("status").asInt()));
        assertThat(statuses).containsExactly(201, 402, 422, 422, 201);
        assertThat(answer).bodyJson().isLenientlyEqualTo("""
                {"results": [{"cost": "0.0325"}, {"code": "budget-exceeded", "scope": "tenant", "used": "0.0325"},
                  {"code": "unpriced-model"}, {"code": "not-allowed", "errors": [{"field": "tokens_input"}]},
                  {"cost": "0.00000075", "daily_usage": "0.03250075"}]}""");
        assertThat(TestTeam.body(team.post("/calls/batch", "batch-1", """
                {"calls": [%s, %s,
                  {"model": "no-such-model", "tokens_input": 1, "tokens_output": 1, "stage": "s"},
                  {"model": "gpt-4o", "tokens_input": -1, "tokens_output": 1, "stage": "s"},
                  {"model": "gpt-4o-mini", "tokens_input": 1, "tokens_output": 1, "stage": "s"}]}""".formatted(BIG_CALL, BIG_CALL))))
                .isEqualTo(TestTeam.body(answer));
        assertThat(total()).isEqualByComparingTo("0.03250075");
    }

    @Test
    void aCallOfABatchThatCannotBeIsRefusedAloneNamingItsField() {
        JsonNode results = team.json(team.post("/calls/batch", """
                        {"calls": [%s,
                          {"model": "gpt-4o", "tokens_input": 1, "tokens_output": 1, "stage": "s", "occurred_at": "2999-01-01T00:00:00Z"},
                          {"model": "gpt-4o", "tokens_input": 1, "tokens_output": 1, "stage": "s", "mode": "maybe"},
                          {"model": "gpt-4o", "tokens_input": 1.5, "tokens_output": 1, "stage": "s"},
                          {"model": "gpt-4o", "tokens_input": 1, "tokens_output": 1, "stage": "s", "price": 0},
                          {"model": "gpt-4o", "tokens_input": 1, "tokens_output": 1, "stage": "s", "service_tier": "turbo"},
                          7, null, [], %s]}""".formatted(BIG_CALL, BIG_CALL)))
                .get("results");

        List<String> told = new ArrayList<>();
        results.forEach(result -> told.add(result.get("status").asInt()
                + (result.has("errors")
                        ? " " + result.get("errors").get(0).get("field").asString()
                        : "")));
        assertThat(told)
                .containsExactly(
                        "201",
                        "422 occurred_at",
                        "422 mode",
                        "422 tokens_input",
                        "422 price",
                        "422 service_tier",
                        "422 calls",
                        "422 calls",
                        "422 calls",
                        "201");
        assertThat(total()).isEqualByComparingTo("0.065");
    }

    @Test
    void refusesABatchThatIsTooLong() {
        String calls = String.join(",", java.util.Collections.nCopies(1001, BIG_CALL));

        assertThat(team.post("/calls/batch", "{\"calls\": [" + calls + "]}")).hasStatus(422);
        assertThat(team.post("/calls/batch", "{\"calls\": []}")).hasStatus(422);
    }

    @Test
    void holdsThenSettlesWhatItDidCost() {
        team.limit("{\"daily_limit\": \"0.05\"}");

        JsonNode held = team.json(team.post("/reservations", """
                {"model": "gpt-4o", "tokens_input": 5000, "max_tokens_output": 2000, "stage": "development"}"""));
        String id = held.get("id").asString();

        assertThat(held.get("reserved").asString()).isEqualTo("0.0325");
        assertThat(held.get("daily_remaining").asString()).isEqualTo("0.0175");
        assertThat(team.post("/calls", BIG_CALL))
                .hasStatus(402)
                .bodyJson()
                .isLenientlyEqualTo("{\"used\": \"0\", \"reserved\": \"0.0325\"}");
        assertThat(team.get("/reservations/" + id))
                .bodyJson()
                .extractingPath("$.status")
                .isEqualTo("held");

        var settled = team.post("/reservations/" + id + "/settle", "{\"tokens_input\": 5000, \"tokens_output\": 1000}");
        var again = team.post("/reservations/" + id + "/settle", "{\"tokens_input\": 5000, \"tokens_output\": 1}");

        assertThat(settled).hasStatus(200).bodyJson().isLenientlyEqualTo("""
                {"cost": "0.0225", "daily_usage": "0.0225", "daily_remaining": "0.0275", "over_budget": false}""");
        assertThat(again).hasStatus(200);
        assertThat(TestTeam.body(again)).isEqualTo(TestTeam.body(settled));
        assertThat(team.delete("/reservations/" + id))
                .hasStatus(409)
                .bodyJson()
                .extractingPath("$.code")
                .isEqualTo("reservation-settled");
        assertThat(team.get("/reservations/" + id)).bodyJson().isLenientlyEqualTo("""
                {"status": "settled", "reserved": "0.0325", "cost": "0.0225"}""");
    }

    @Test
    void aSettleAboveTheHoldIsRecordedAndFlagged() {
        team.limit("{\"daily_limit\": \"0.04\"}");
        String id = team.json(team.post("/reservations", """
                {"model": "gpt-4o", "tokens_input": 5000, "max_tokens_output": 2000, "stage": "development"}""")).get("id").asString();

        assertThat(team.post("/reservations/" + id + "/settle", "{\"tokens_input\": 5000, \"tokens_output\": 4000}"))
                .hasStatus(200)
                .bodyJson()
                .isLenientlyEqualTo("{\"cost\": \"0.0525\", \"over_budget\": true, \"daily_remaining\": \"-0.0125\"}");
    }

    @Test
    void aReleasedHoldIsFreeAndCannotBeSettled() {
        team.limit("{\"daily_limit\": \"0.04\"}");
        String id = team.json(team.post("/reservations", """
                {"model": "gpt-4o", "tokens_input": 5000, "max_tokens_output": 2000, "stage": "development"}""")).get("id").asString();

        assertThat(team.delete("/reservations/" + id)).hasStatus(204);
        assertThat(team.delete("/reservations/" + id)).hasStatus(204);
        assertThat(team.post("/reservations/" + id + "/settle", "{\"tokens_input\": 1, \"tokens_output\": 1}"))
                .hasStatus(409)
                .bodyJson()
                .extractingPath("$.code")
                .isEqualTo("reservation-released");
        assertThat(team.post("/calls", BIG_CALL)).hasStatus(201);
        assertThat(TestTeam.fresh(mvc, json).get("/reservations/" + id)).hasStatus(404);
        assertThat(team.get("/reservations/nonsense")).hasStatus(404);
    }

    @Test
    void limitsAreDecimalStringsOfAtLeastZero() {
        assertThat(team.limit("{\"daily_limit\": \"-1\"}")).hasStatus(422);
        assertThat(team.limit("{\"daily_limit\": \"1e3\"}")).hasStatus(422);
        assertThat(team.limit("{\"daily_limit\": \"1\", \"alert_thresholds\": [0]}"))
                .hasStatus(422);
        assertThat(team.limit("{\"daily_limit\": \"1\", \"limit\": \"2\"}")).hasStatus(400);
        assertThat(team.limit("{\"daily_limit\": null, \"monthly_limit\": null}"))
                .hasStatus(200);
    }

    @Test
    void breaksCostsDownAndExportsThemToTheLastDigit() {
        team.post("/calls", BIG_CALL);
        team.post("/calls", """
                {"model": "gpt-4o-mini", "tokens_input": 1, "tokens_output": 1, "stage": "=cmd, \\"x\\"", "card_id": "C-1"}""");

        JsonNode costs = team.json(team.get("/costs?group_by=stage,model"));
        JsonNode byCard = team.json(team.get("/costs?group_by=card"));
        JsonNode byAll = team.json(team.get("/costs?group_by=project,stage,model,provider,card,key,member,day,month"));
        var csv = team.get("/reports/costs?format=csv");

        assertThat(costs.get("items")).hasSize(2);
        assertThat(costs.get("total").asString()).isEqualTo("0.03250075");
        assertThat(byCard.get("total").asString()).isEqualTo("0.03250075");
        assertThat(byAll.get("total").asString()).isEqualTo("0.03250075");
        assertThat(byAll.get("items").get(0).get("key").asString()).isEqualTo(team.keyId());
        assertThat(csv).hasStatus(200);
        List<String> lines = TestTeam.body(csv).lines().toList();
        assertThat(lines.getFirst())
                .isEqualTo("date,tenant,project,stage,model,provider,card,key,member,calls,tokens_input,"
                        + "tokens_cache_read,tokens_cache_write,tokens_output,runs,cpu_seconds,gib_seconds,cost_usd");
        assertThat(lines).hasSize(3).anyMatch(line -> line.contains(",\"'=cmd, \"\"x\"\"\",gpt-4o-mini,openai,C-1,"));
        assertThat(lines.stream()
                        .skip(1)
                        .map(line -> new BigDecimal(line.substring(line.lastIndexOf(',') + 1)))
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("0.03250075");
        assertThat(team.get("/costs?group_by=colour")).hasStatus(422);
        assertThat(team.get("/costs?from=2026-02-01&to=2026-01-01")).hasStatus(422);
        assertThat(team.get("/costs?from=soon")).hasStatus(400);
        assertThat(team.get("/reports/costs?format=docx")).hasStatus(422);
        assertThat(team.get("/reports/costs?from=2020-01-01&to=2020-02-01")).hasStatus(200);
    }

    @Test
    void foretellsWhatTheMonthWillHaveCost() {
        team.post("/calls", BIG_CALL);

        JsonNode forecast = team.json(team.get("/costs/forecast"));

        assertThat(forecast.get("so_far").asString()).isEqualTo("0.0325");
        assertThat(forecast.get("per_day").asString()).isEqualTo("0.0325");
        assertThat(new BigDecimal(forecast.get("by_month_end").asString()).remainder(new BigDecimal("0.0325")))
                .as("every day left costs what today does")
                .isEqualByComparingTo("0");
    }

    @Test
    void listsEntriesPageByPage() {
        for (int n = 0; n < 3; n++) {
            team.post("/calls", """
                    {"model": "gpt-4o", "tokens_input": %d, "tokens_output": 0, "stage": "s%d"}""".formatted(n, n % 2));
        }

        JsonNode first = team.json(team.get("/calls?limit=2"));
        JsonNode second =
                team.json(team.get("/calls?limit=2&cursor=" + first.get("next").asString()));

        assertThat(first.get("items")).hasSize(2);
        assertThat(second.get("items")).hasSize(1);
        assertThat(second.get("next").isNull()).isTrue();
        assertThat(team.json(team.get("/calls?stage=s0")).get("items")).hasSize(2);
        assertThat(team.json(team.get("/calls?stage=never")).get("items")).isEmpty();
        assertThat(first.get("items").get(0).get("tokens_input").asInt()).isEqualTo(2);
    }

    @Test
    void aCorrectionIsANewEntryThatRefersToTheOld() {
        String entry = team.json(team.post("/calls", BIG_CALL)).get("id").asString();
        String path = "/admin/tenants/" + team.slug() + "/projects/shop/corrections";
        String body = "{\"entry_id\": \"%s\", \"amount\": \"-0.0025\", \"reason\": \"billed twice\"}".formatted(entry);

        var corrected = team.admin().post(path, "correction-1", body);
        var repeat = team.admin().post(path, "correction-1", body);

        assertThat(corrected).hasStatus(201).bodyJson().isLenientlyEqualTo("""
                {"cost": "-0.0025", "daily_usage": "0.03"}""");
        assertThat(repeat).hasStatus(201).hasHeader("Idempotency-Replayed", "true");
        assertThat(total()).isEqualByComparingTo("0.03");
        JsonNode newest = team.json(team.get("/calls")).get("items").get(0);
        assertThat(newest.get("kind").asString()).isEqualTo("correction");
        assertThat(newest.get("refers_to").asString()).isEqualTo(entry);
        assertThat(newest.get("stage").asString()).isEqualTo("development");
        assertThat(team.post(path, body)).hasStatus(403);
        assertThat(team.admin().post(path, body.replace(entry, "00000000-0000-7000-8000-000000000000")))
                .hasStatus(404);
        assertThat(team.admin().post(path, body.replace("-0.0025", "0"))).hasStatus(422);
    }

    @Test
    void thePlatformsFinanceSeesOneTeamOrAll() {
        team.post("/calls", BIG_CALL);
        TestTeam other = TestTeam.fresh(mvc, json, "Asia/Tokyo");
        other.post("/calls", BIG_CALL);

        JsonNode all = team.json(team.admin().get("/admin/costs?group_by=tenant,model"));
        JsonNode one = team.json(team.admin().get("/admin/costs?group_by=stage&tenant=" + team.slug()));
        JsonNode report = team.json(team.admin().get("/admin/reports/costs?format=json&tenant=" + other.slug()));

        assertThat(one.get("total").asString()).isEqualTo("0.0325");
        List<String> teams = new ArrayList<>();
        all.get("items").forEach(item -> teams.add(item.get("tenant").asString()));
        assertThat(teams).contains(team.slug(), other.slug());
        assertThat(report.get("total").asString()).isEqualTo("0.0325");
        assertThat(report.get("items").get(0).get("tenant").asString()).isEqualTo(other.slug());
        assertThat(team.get("/admin/costs")).hasStatus(403);
        assertThat(team.get("/costs?group_by=tenant")).hasStatus(422);
        assertThat(team.admin().get("/admin/costs?tenant=nobody")).hasStatus(404);
    }

    private BigDecimal total() {
        return new BigDecimal(
                team.json(team.get("/costs?group_by=stage")).get("total").asString());
    }
}
