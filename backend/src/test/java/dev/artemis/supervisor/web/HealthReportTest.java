package dev.artemis.supervisor.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import dev.artemis.OnDatabase;
import dev.artemis.projects.Projects;
import dev.artemis.runs.RunRequest;
import dev.artemis.runs.Runs;
import dev.artemis.runs.RunsFixture;
import dev.artemis.runs.SandboxInMemory;
import dev.artemis.runs.Submission;
import dev.artemis.runs.WorkerOnDatabase;
import dev.artemis.sandbox.Failure;
import dev.artemis.sandbox.Observation;
import dev.artemis.shared.Slug;
import dev.artemis.tenants.Tenants;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@WorkerOnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class HealthReportTest {

    private final MockMvc mvc;
    private final Tenants tenants;
    private final Projects projects;
    private final Runs runs;
    private final SandboxInMemory sandbox;
    private final JsonMapper json = JsonMapper.builder().build();

    HealthReportTest(MockMvc mvc, Tenants tenants, Projects projects, Runs runs, SandboxInMemory sandbox) {
        this.runs = runs;
        this.sandbox = sandbox;
        this.mvc = mvc;
        this.tenants = tenants;
        this.projects = projects;
    }

    @Test
    void tellsEveryPartOfThePlatform() throws Exception {
        JsonNode report = json.readTree(call(get("/api/v1/admin/health-report")).getContentAsString());

        assertThat(report.get("status").asString()).isIn("HEALTHY", "DEGRADED");
        assertThat(report.get("reasons").isArray()).isTrue();
        assertThat(report.get("supervision").get("interventions").isNumber()).isTrue();
        assertThat(report.get("supervision").get("recoveries").isNumber()).isTrue();
        assertThat(report.get("supervision").get("by_kind").isObject()).isTrue();
        assertThat(report.get("cost_tracking").get("total_cost").isString()).isTrue();
        assertThat(report.get("security_sandbox").get("backend").asString()).isEqualTo("local");
        assertThat(report.get("security_sandbox")
                        .get("isolation")
                        .get("strength")
                        .asString())
                .isEqualTo("FULL");
        assertThat(report.get("security_sandbox").get("workers").asInt()).isEqualTo(1);
        assertThat(report.get("queue").get("waiting").isNumber()).isTrue();
        assertThat(report.get("prices").get("unpriced").isArray()).isTrue();
        assertThat(report.get("alerts").propertyNames()).containsExactly("dead", "waiting");
        assertThat(report.get("startup").get("verdict").isString()).isTrue();
    }

    @Test
    void namesRunsThatWereLostAndWhyTheLastWas() throws Exception {
        var developer = new RunsFixture(tenants, projects).aDeveloper();
        var run = ((Submission.Queued) runs.submit(developer, RunRequest.of("shell", "true")))
                .run()
                .summary()
                .id();
        RunsFixture.awaitUntil(
                () -> sandbox.held().stream().anyMatch(ref -> ref.run().equals(run.value())));
        sandbox.held().stream()
                .filter(ref -> ref.run().equals(run.value()))
                .forEach(ref -> sandbox.tell(
                        ref, new Observation.Failed(Failure.SPEC_REFUSED, "the image sandbox:9 is not there")));

        JsonNode report = json.readTree(call(get("/api/v1/admin/health-report")).getContentAsString());

        assertThat(report.get("status").asString()).isEqualTo("DEGRADED");
        assertThat(report.get("reasons").toString())
                .contains("given up within the last hour", "The last because: the image sandbox:9 is not there");
    }

    @Test
    void isReadableAtATerminal() throws Exception {
        MockHttpServletResponse answer = call(get("/api/v1/admin/health-report").accept(MediaType.TEXT_PLAIN));

        assertThat(answer.getContentType()).startsWith("text/plain");
        assertThat(answer.getContentAsString())
                .contains("Overall: ", "Supervision: ", "Security sandbox: local, 1 workers", "Queue: ")
                .containsPattern("Alerts: \\d+ deliveries wait, \\d+ given up");
    }

    @Test
    void theProjectsStatisticsCountBlockedRuns() throws Exception {
        var team = tenants.create(new Slug("statistics"), "Statistics", ZoneId.of("Europe/Berlin"));
        projects.create(team.id(), new Slug("code"), "Code");
        call(post("/api/v1/runs")
                .header("Artemis-Project", "statistics/code")
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"language\": \"python\", \"code\": \"eval(input())\"}"));

        JsonNode statistics = json.readTree(call(get("/api/v1/statistics").header("Artemis-Project", "statistics/code"))
                .getContentAsString());

        assertThat(statistics.get("security_sandbox").get("total_runs").asInt()).isEqualTo(1);
        assertThat(statistics.get("security_sandbox").get("blocked_executions").asInt())
                .isEqualTo(1);
        assertThat(statistics.get("security_sandbox").get("killed_runs").asInt())
                .isZero();
        assertThat(statistics.get("cost_tracking").get("total_calls").asInt()).isZero();
    }

    private MockHttpServletResponse call(MockHttpServletRequestBuilder request) throws Exception {
        MockHttpServletResponse answer = mvc.perform(request.header("Authorization", "Bearer " + OnDatabase.ADMIN_KEY))
                .andReturn()
                .getResponse();
        assertThat(answer.getStatus()).as(answer.getContentAsString()).isBetween(200, 299);
        return answer;
    }
}
