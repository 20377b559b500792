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
