package dev.artemis.runs.web;

import static dev.artemis.access.web.RestClient.code;
import static dev.artemis.access.web.RestClient.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.access.web.RestClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import tools.jackson.databind.JsonNode;

/** What the page of a run offers beside its output, offered to programs: to run it again, and what a run may ask for. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class RunsAgainApiTest {

    private final RestClient admin;
    private String project = "";
    private RestClient program;

    RunsAgainApiTest(MockMvcTester mvc) {
        this.admin = RestClient.admin(mvc);
        this.program = admin;
    }

    @BeforeEach
    void aProgram() {
        project = "admin/tenants/" + admin.newTeam() + "/projects/web";
        program = admin.with(
                expect(201, admin.post(project + "/keys", """
            {"name": "x", "scopes": ["runs:write", "runs:read"]}""")).get("key").asString());
    }

    @Test
    void runsTheSameOnceMoreAsARunOfItsOwn() {
        JsonNode first = expect(202, program.post("runs", """
            {"language": "python", "code": "print(input())", "stage": "testing", "card_id": "SHOP-42", "stdin": "a",
             "limits": {"memory_mb": 64, "timeout_seconds": 7.5}, "priority": 3,
             "files": [{"path": "a.txt", "content_base64": "YQ=="}]}"""));
        String again = "runs/" + first.get("id").asString() + "/repetition";

        JsonNode second = expect(202, program.post(again, ""));

        assertThat(second.get("id")).isNotEqualTo(first.get("id"));
        for (String same : new String[] {"language", "code", "stage", "card_id", "limits", "priority"}) {
            assertThat(second.get(same)).as(same).isEqualTo(first.get(same));
        }
        expect(
                200,
                admin.patch(
                        project, "{\"maximum_limits\": {\"memory_mb\": 32}, \"default_limits\": {\"memory_mb\": 32}}"));
        assertThat(expect(422, program.post(again, "")).at("/errors/0/field").asString())
                .as("what is allowed now counts")
                .isEqualTo("limits.memory_mb");
        assertThat(code(404, program.post("runs/none/repetition", ""))).isEqualTo("not-found");
    }

    @Test
    void whatTheProjectBlocksByNowIsBlockedWhenItIsRunAgain() {
        expect(200, admin.patch(project, "{\"allow_unscanned\": true, \"scan_policy\": {\"block\": [\"high\"]}}"));
        String unscanned = expect(202, program.post("runs", """
            {"language": "python", "code": "eval(input())", "scan": false}""")).get("id").asString();
        String told = expect(202, program.post("runs", """
            {"language": "python", "code": "import os\\nos.fork()"}""")).get("id").asString();
        assertThat(expect(202, program.post("runs/" + told + "/repetition", ""))
                        .at("/status")
                        .asString())
                .isEqualTo("QUEUED");

        expect(
                200,
                admin.patch(
                        project, "{\"allow_unscanned\": false, \"scan_policy\": {\"block\": [\"high\", \"medium\"]}}"));

        JsonNode first = expect(202, program.post("runs/" + unscanned + "/repetition", ""));
        assertThat(first.get("status").asString()).isEqualTo("BLOCKED");
        assertThat(first.at("/findings/0/rule").asString()).isEqualTo("py-eval");
        JsonNode second = expect(202, program.post("runs/" + told + "/repetition", ""));
        assertThat(second.get("status").asString()).isEqualTo("BLOCKED");
        assertThat(second.at("/findings/0/rule").asString()).isEqualTo("py-fork");
    }

    @Test
    void saysWhatARunMayAskFor() {
        expect(200, admin.patch(project, "{\"maximum_limits\": {\"timeout_seconds\": 30}}"));

        JsonNode timeout = expect(200, program.get("runs/limits"))
                .get("items")
                .valueStream()
                .filter(limit -> limit.get("name").asString().equals("timeout_seconds"))
                .findFirst()
                .orElseThrow();

        assertThat(timeout.get("most").asInt()).isEqualTo(30);
        assertThat(timeout.get("usual").asInt()).isEqualTo(30);
        assertThat(timeout.get("least").decimalValue()).isPositive();
    }
}
