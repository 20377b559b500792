package dev.artemis.reports.web;

import static dev.artemis.access.web.RestClient.code;
import static dev.artemis.access.web.RestClient.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.access.web.RestClient;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import tools.jackson.databind.JsonNode;

/** What the pages tell of a whole team, and of its single calls, told to programs. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class TeamFiguresApiTest {

    private final RestClient admin;
    private String team = "";
    private RestClient web;
    private String keyOfWeb = "";

    TeamFiguresApiTest(MockMvcTester mvc) {
        this.admin = RestClient.admin(mvc);
        this.web = admin;
    }

    @BeforeEach
    void aTeamThatSpendsInTwoProjects() {
        team = "admin/tenants/" + admin.newTeam();
        expect(201, admin.post(team + "/projects", "{\"slug\": \"app\", \"name\": \"App\"}"));
        JsonNode key = key("web");
        keyOfWeb = key.get("id").asString();
        web = admin.with(key.get("key").asString());
        RestClient app = admin.with(key("app").get("key").asString());
        call(web, "gpt-4o");
        call(web, "claude-3-haiku");
        call(app, "gpt-4o");
    }

    @Test
    void countsAndForecastsAllOfATeamsProjects() {
        JsonNode figures = expect(200, admin.get(team + "/statistics"));
        JsonNode forecast = expect(200, admin.get(team + "/costs/forecast"));

        assertThat(figures.at("/cost_tracking/total_calls").asInt()).isEqualTo(3);
        assertThat(figures.at("/security_sandbox/total_runs").asInt()).isZero();
        assertThat(forecast.propertyNames())
                .isEqualTo(expect(200, web.get("costs/forecast")).propertyNames());
    }

    @Test
    void narrowsSingleCallsByAllThatThePageNarrowsThemBy() {
        assertThat(models("provider=anthropic")).containsExactly("claude-3-haiku");
        assertThat(models("key=" + keyOfWeb)).hasSize(2);
        assertThat(models("key=")).as("without a key").isEmpty();
        assertThat(models("member=")).as("by a program").hasSize(2);
        assertThat(models("member=00000000-0000-0000-0000-000000000000")).isEmpty();
        assertThat(code(422, web.get("calls?key=mine"))).isEqualTo("not-allowed");
        assertThat(code(422, web.get("calls?member=me"))).isEqualTo("not-allowed");
    }

    @Test
    void narrowsCostsByAllThatThePageNarrowsThemBy() {
        for (String costs :
                List.of(team + "/costs?", "admin/costs?tenant=" + team.substring(team.lastIndexOf('/') + 1) + "&")) {
            assertThat(calls(admin, costs)).isEqualTo(3);
            assertThat(calls(admin, costs + "provider=anthropic")).isEqualTo(1);
            assertThat(calls(admin, costs + "model=gpt-4o&stage=development")).isEqualTo(2);
            assertThat(calls(admin, costs + "model=gpt-4o&stage=development&group_by=day&chargeback=true"))
                    .isEqualTo(2);
            assertThat(calls(admin, costs + "model=gpt-4o&compare=previous")).isEqualTo(2);
            assertThat(calls(admin, costs + "stage=design")).isZero();
            assertThat(calls(admin, costs + "card=")).as("without a card").isEqualTo(3);
            assertThat(calls(admin, costs + "card=CARD-1")).isZero();
            assertThat(calls(admin, costs + "key=" + keyOfWeb)).isEqualTo(2);
            assertThat(calls(admin, costs + "member=")).as("by a program").isEqualTo(3);
            assertThat(code(422, admin.get(costs + "key=mine"))).isEqualTo("not-allowed");
            assertThat(code(422, admin.get(costs + "member=me"))).isEqualTo("not-allowed");
            assertThat(code(422, admin.get(costs + "stage=\0"))).isEqualTo("not-allowed");
        }
        assertThat(calls(admin, team + "/costs?project=app")).isEqualTo(1);
        assertThat(calls(admin, team + "/costs?project=app&provider=anthropic")).isZero();
        assertThat(code(404, admin.get(team + "/costs?project=nowhere"))).isEqualTo("not-found");
        assertThat(calls(web, "costs?")).isEqualTo(2);
        assertThat(calls(web, "costs?model=gpt-4o")).isEqualTo(1);
        assertThat(calls(web, "costs?key=")).as("without a key").isZero();
        assertThat(code(422, web.get("costs?key=mine"))).isEqualTo("not-allowed");
    }

    private static long calls(RestClient who, String costs) {
        return expect(200, who.get(costs))
                .get("items")
                .valueStream()
                .mapToLong(line -> line.get("calls").asLong())
                .sum();
    }

    private List<String> models(String narrowed) {
        return expect(200, web.get("calls?" + narrowed))
                .get("items")
                .valueStream()
                .map(entry -> entry.get("model").asString())
                .toList();
    }

    private JsonNode key(String project) {
        return expect(201, admin.post(team + "/projects/" + project + "/keys", """
            {"name": "x", "scopes": ["calls:write", "costs:read"]}"""));
    }

    private static void call(RestClient program, String model) {
        expect(201, program.post("calls", """
            {"model": "%s", "tokens_input": 5000, "tokens_output": 2000, "stage": "development"}""".formatted(model)));
    }
}
