package dev.artemis.exports.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.budgets.TestTeam;
import dev.artemis.exports.Workbooks;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files of a part of what was spent. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class NarrowedFilesTest {

    private static final String CALL = """
            {"model": "gpt-4o", "tokens_input": 5000, "tokens_output": 2000, "stage": "review"}""";

    private final MockMvcTester mvc;
    private final JsonMapper json;

    NarrowedFilesTest(MockMvcTester mvc, JsonMapper json) {
        this.mvc = mvc;
        this.json = json;
    }

    @Test
    void aTeamsFileOfOneProjectHasThatProjectsCosts() {
        TestTeam team = TestTeam.fresh(mvc, json);
        TestTeam blog = anotherProject(team, "blog");
        team.post("/calls", CALL);
        blog.post("/calls", CALL);
        blog.post("/calls", CALL);
        String here = "/admin/tenants/" + team.slug();

        for (String only : new String[] {"project=blog", "project=blog&stage=review"}) {
            for (String path : new String[] {"/reports/costs?format=json&", "/costs?"}) {
                assertThat(team.admin().get(here + path + only))
                        .as(path + only)
                        .bodyJson()
                        .extractingPath("$.total")
                        .isEqualTo("0.065");
            }
        }
        var file = team.admin().get(here + "/reports/costs?project=blog");
        assertThat(TestTeam.body(file).lines()).hasSize(2).last().asString().contains(",blog,");
        assertThat(team.admin()
                        .get(here + "/reports/exports/" + file.getResponse().getHeader(ReportBodies.EXPORT)))
                .as("it is the team's")
                .hasStatus(200);
        assertThat(blog.get("/reports/exports/" + file.getResponse().getHeader(ReportBodies.EXPORT)))
                .hasStatus(404);
    }

    @Test
    void anotherTeamsProjectIsNone() {
        TestTeam team = TestTeam.fresh(mvc, json);
        TestTeam other = TestTeam.fresh(mvc, json);
        anotherProject(other, "theirs");

        for (String project : new String[] {"theirs", "none"}) {
            assertThat(team.admin().get("/admin/tenants/" + team.slug() + "/reports/costs?project=" + project))
                    .as(project)
                    .hasStatus(404);
        }
    }

    @Test
    void theDescriptionSaysThatATeamsFileTakesAProject() {
        JsonNode description =
                json.readTree(TestTeam.body(mvc.get().uri("/api/openapi.json").exchange()));

        assertThat(description
                        .get("paths")
                        .get("/api/v1/admin/tenants/{tenant}/reports/costs")
                        .get("get")
                        .get("parameters")
                        .valueStream()
                        .filter(parameter -> parameter.get("name").asString().equals("project")))
                .singleElement()
                .satisfies(project -> {
                    assertThat(project.get("in").asString()).isEqualTo("query");
                    assertThat(project.get("required").asBoolean()).isFalse();
                    assertThat(project.get("description").asString()).contains("left out: all");
                });
    }

    @Test
    void aNarrowedFileSaysThatItIs() throws Exception {
        TestTeam team = TestTeam.fresh(mvc, json);
        team.post("/calls", CALL);
        String only = "/reports/costs?card=&stage=review&format=";

        for (String format : new String[] {"csv", "json", "xlsx"}) {
            assertThat(team.get(only + format))
                    .hasStatus(200)
                    .hasHeader("Content-Disposition", "attachment; filename=\"costs-narrowed." + format + "\"");
        }
        assertThat(team.get(only + "json")).bodyJson().isLenientlyEqualTo("""
                {"only": {"stage": "review", "card": null}, "total": "0.0325"}""");
        assertThat(json.readTree(TestTeam.body(team.get("/reports/costs?format=json")))
                        .has("only"))
                .isFalse();
        Workbooks.sheets(team.get(only + "xlsx").getResponse().getContentAsByteArray())
                .forEach((sheet, rows) -> assertThat(rows.getLast().getFirst())
                        .as(sheet)
                        .isEqualTo("inlineStr:total, only stage \"review\", no card"));
        Workbooks.sheets(team.get("/reports/costs?format=xlsx").getResponse().getContentAsByteArray())
                .forEach((sheet, rows) ->
                        assertThat(rows.getLast().getFirst()).as(sheet).isEqualTo("inlineStr:total"));
    }

    private TestTeam anotherProject(TestTeam team, String slug) {
        String here = "/admin/tenants/" + team.slug() + "/projects";
        team.admin().post(here, "{\"slug\": \"%s\", \"name\": \"Another\"}".formatted(slug));
        JsonNode key = json.readTree(TestTeam.body(team.admin().post(here + "/" + slug + "/keys", """
                {"name": "ci", "scopes": ["calls:write", "costs:read"]}""")));
        return new TestTeam(
                mvc, json, team.slug(), key.get("key").asString(), key.get("id").asString());
    }
}
