package dev.artemis.access.web;

import static dev.artemis.access.web.RestClient.code;
import static dev.artemis.access.web.RestClient.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import tools.jackson.databind.JsonNode;

@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class KeyLifeTest {

    private static final String ALL = """
        {"name": "ci", "scopes": ["calls:write", "runs:write", "costs:read", "runs:read"]}\
        """;

    private final MockMvcTester mvc;
    private final RestClient admin;
    private String team = "";
    private String keys = "";

    KeyLifeTest(MockMvcTester mvc) {
        this.mvc = mvc;
        this.admin = RestClient.admin(mvc);
    }

    @BeforeEach
    void makeATeam() {
        team = admin.newTeam();
        keys = "admin/tenants/" + team + "/projects/web/keys";
    }

    @Test
    void isShownOnceAndListedWithoutItsSecret() {
        JsonNode made = expect(201, admin.post(keys, ALL));

        String listed = expect(200, admin.get(keys)).toString();

        assertThat(made.get("key").asString()).startsWith("art_");
        assertThat(listed)
                .contains(made.get("id").asString())
                .doesNotContain(made.get("key").asString())
                .doesNotContain("hash");
    }

    @Test
    void actsForItsProjectWithinItsScopes() {
        RestClient reader = admin.with(secret(expect(201, admin.post(keys, """
            {"name": "reader", "scopes": ["costs:read"]}\
            """))));

        expect(200, reader.get("probe"));
        assertThat(code(403, reader.post("probe", "{}"))).isEqualTo("missing-scope");
        assertThat(code(403, reader.get("admin/tenants"))).isEqualTo("missing-scope");
        assertThat(code(403, reader.get("admin/tenants/" + team))).isEqualTo("missing-scope");
        assertThat(code(403, reader.get("admin/tenants/no-such-team"))).isEqualTo("missing-scope");
    }

    @Test
    void isRefusedOnceItIsRevoked() {
        JsonNode made = expect(201, admin.post(keys, ALL));
        RestClient program = admin.with(secret(made));
        expect(200, program.get("probe"));

        expect(204, admin.delete(keys + "/" + made.get("id").asString()));

        assertThat(code(401, program.get("probe"))).isEqualTo("unauthenticated");
        assertThat(code(404, admin.delete(keys + "/" + made.get("id").asString())))
                .isEqualTo("not-found");
        assertThat(expect(200, admin.get(keys)).get("items").size()).isZero();
    }

    @Test
    void aTypingErrorIsToldFromARevokedKey() {
        JsonNode made = expect(201, admin.post(keys, ALL));
        String secret = secret(made);
        String mistyped = secret.substring(0, 40) + (secret.charAt(40) == 'x' ? 'y' : 'x') + secret.substring(41);

        JsonNode slip = expect(401, admin.with(mistyped).get("probe"));
        assertThat(slip.get("code").asString()).isEqualTo("unauthenticated");
        assertThat(slip.get("detail").asString()).contains("mistyped").doesNotContain(mistyped);

        expect(204, admin.delete(keys + "/" + made.get("id").asString()));
        assertThat(expect(401, admin.with(secret).get("probe")).get("detail").asString())
                .contains("revoked")
                .doesNotContain("mistyped");
    }

    @Test
    void rotatesUnderTheSameIdWithAGrace() {
        JsonNode made = expect(201, admin.post(keys, ALL));
        String rotation = keys + "/" + made.get("id").asString() + "/rotation";
        expect(200, admin.with(secret(made)).get("probe"));

        JsonNode first = expect(200, admin.post(rotation, "{\"grace_seconds\": 3600}"));

        assertThat(first.get("id")).isEqualTo(made.get("id"));
        assertThat(secret(first)).isNotEqualTo(secret(made));
        assertThat(first.get("grace_until").isNull()).isFalse();
        expect(200, admin.with(secret(made)).get("probe"));
        expect(200, admin.with(secret(first)).get("probe"));

        JsonNode second = expect(200, admin.post(rotation, "{\"grace_seconds\": 0}"));

        expect(401, admin.with(secret(made)).get("probe"));
        expect(401, admin.with(secret(first)).get("probe"));
        expect(200, admin.with(secret(second)).get("probe"));
    }

    @Test
    void itsLimitsAreReadAndChangedLaterAndTheirHistoryKept() {
        JsonNode made = expect(201, admin.post(keys, """
            {"name": "ci", "scopes": ["calls:write"], "daily_limit": "5"}"""));
        String budget = keys + "/" + made.get("id").asString() + "/budget";
        assertThat(expect(200, admin.get(budget)).get("daily_limit").asString()).isEqualTo("5");

        JsonNode set = expect(200, admin.send(HttpMethod.PUT, budget, """
            {"daily_limit": null, "monthly_limit": "0.04", "alert_thresholds": [50]}"""));

        assertThat(set.get("daily_limit").isNull()).isTrue();
        assertThat(set.get("monthly_limit").asString()).isEqualTo("0.04");
        assertThat(set.get("windows").size()).isEqualTo(2);
        String call = """
            {"model": "gpt-4o", "tokens_input": 5000, "tokens_output": 2000, "stage": "development"}""";
        expect(201, admin.with(secret(made)).post("calls", call));
        JsonNode refused = expect(402, admin.with(secret(made)).post("calls", call));
        assertThat(refused.get("scope").asString()).isEqualTo("key");
        JsonNode month = expect(200, admin.get(budget)).get("windows").get(1);
        assertThat(month.get("scope").asString()).isEqualTo("key");
        assertThat(month.get("spent").asString()).isEqualTo("0.0325");
        assertThat(month.get("remaining").asString()).isEqualTo("0.0075");
        JsonNode history = expect(200, admin.get(budget + "/history")).get("items");
        assertThat(history.size()).isEqualTo(2);
        assertThat(history.get(0).get("before").get("daily_limit").asString()).isEqualTo("5");
        assertThat(history.get(0).get("after").get("monthly_limit").asString()).isEqualTo("0.04");
        assertThat(code(404, admin.get(keys + "/00000000-0000-0000-0000-000000000000/budget")))
                .isEqualTo("not-found");
    }

    @Test
    void theHistoryOfATeamsAndAProjectsLimitsIsRead() {
        String tenant = "admin/tenants/" + team;
        for (String level : List.of(tenant, tenant + "/projects/web")) {
            expect(200, admin.send(HttpMethod.PUT, level + "/budget", "{\"daily_limit\": \"5\"}"));
            expect(200, admin.send(HttpMethod.PUT, level + "/budget", "{\"daily_limit\": \"6\"}"));

            JsonNode history = expect(200, admin.get(level + "/budget/history")).get("items");

            assertThat(history.size()).isEqualTo(2);
            assertThat(history.get(0).get("actor").asString()).isNotEmpty();
            assertThat(history.get(0).get("before").get("daily_limit").asString())
                    .isEqualTo("5");
            assertThat(history.get(0).get("after").get("daily_limit").asString())
                    .isEqualTo("6");
        }
    }

    @Test
    void remembersWhenItWasUsed() {
        JsonNode made = expect(201, admin.post(keys, ALL));
        assertThat(expect(200, admin.get(keys))
                        .get("items")
                        .get(0)
                        .get("last_used_at")
                        .isNull())
                .isTrue();

        expect(200, admin.with(secret(made)).get("probe"));

        assertThat(expect(200, admin.get(keys))
                        .get("items")
                        .get(0)
                        .get("last_used_at")
                        .isNull())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"name": "x", "scopes": []}                                                        | 422 | scopes
        {"name": "x"}                                                                      | 422 | scopes
        {"scopes": ["costs:read"]}                                                         | 422 | name
        {"name": "x", "scopes": ["everything"]}                                            | 422 | scopes[0]
        {"name": "x", "scopes": ["costs:read"], "expires_at": "2020-01-01T00:00:00Z"}      | 422 | expires_at
        {"name": "x", "scopes": ["costs:read"], "expires_at": "tomorrow"}                  | 400 | expires_at
        {"name": "x", "scopes": ["costs:read"], "daily_limit": "-1"}                       | 422 | daily_limit
        {"name": "x", "scopes": ["costs:read"], "daily_limit": "1e3"}                      | 422 | daily_limit\
        """)
    void namesWhatIsWrongWithANewKey(String body, int status, String field) {
        JsonNode problem = expect(status, admin.post(keys, body));

        assertThat(problem.get("errors").get(0).get("field").asString()).isEqualTo(field);
        assertThat(expect(200, admin.get(keys)).get("items").size()).isZero();
    }

    @Test
    void aSuspendedTeamMayReadAndNothingElse() {
        RestClient program = admin.with(secret(expect(201, admin.post(keys, ALL))));
        expect(200, program.post("probe", "{}"));

        expect(200, admin.patch("admin/tenants/" + team, "{\"suspended\": true}"));

        assertThat(code(403, program.post("probe", "{}"))).isEqualTo("tenant-suspended");
        expect(200, program.get("probe"));
        expect(200, admin.patch("admin/tenants/" + team, "{\"suspended\": false}"));
        expect(200, program.post("probe", "{}"));
    }

    @Test
    void anAdminKeyActsForAnyProjectThatItNames() {
        var bearer = "Bearer " + OnDatabase.ADMIN_KEY;

        assertThat(mvc.get()
                        .uri("/api/v1/probe")
                        .header("Authorization", bearer)
                        .header("Artemis-Project", team + "/web"))
                .hasStatus(200);
        assertThat(mvc.get()
                        .uri("/api/v1/probe")
                        .header("Authorization", bearer)
                        .header("Artemis-Project", team + "/no"))
                .hasStatus(404);
        assertThat(mvc.get()
                        .uri("/api/v1/probe")
                        .header("Authorization", bearer)
                        .header("Artemis-Project", "no/web"))
                .hasStatus(404);
        assertThat(code(400, admin.get("probe"))).isEqualTo("invalid-request");
    }

    private static String secret(JsonNode issued) {
        return issued.get("key").asString();
    }
}
