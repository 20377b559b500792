package dev.artemis.exports.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.budgets.TestTeam;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import tools.jackson.databind.json.JsonMapper;

@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class ReportsApiTest {

    private static final String CALL = """
            {"model": "gpt-4o", "tokens_input": 5000, "tokens_output": 2000, "stage": "development"}""";

    private static final String NEVER = "from=2020-01-01&to=2020-02-01";

    private final MockMvcTester mvc;
    private final JsonMapper json;

    ReportsApiTest(MockMvcTester mvc, JsonMapper json) {
        this.mvc = mvc;
        this.json = json;
    }

    @ParameterizedTest
    @CsvSource({
        "csv, text/csv, costs.csv",
        "pdf, application/pdf, costs.pdf",
        "json, application/json, costs.json",
        "xlsx, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet, costs.xlsx",
        "focus, text/csv, costs.focus.csv"
    })
    void everyFormatIsAFileOfItsType(String format, String type, String name) {
        TestTeam team = TestTeam.fresh(mvc, json);
        team.post("/calls", CALL);

        var file = team.get("/reports/costs?format=" + format);

        assertThat(file).hasStatus(200).hasHeader("Content-Disposition", "attachment; filename=\"" + name + "\"");
        assertThat(file.getResponse().getContentType()).startsWith(type);
        assertThat(file.getResponse().getContentAsByteArray()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "focus"})
    void anEmptyPeriodIsAHeaderAndNoRows(String format) {
        TestTeam team = TestTeam.fresh(mvc, json);
        team.post("/calls", CALL);

        List<String> empty = TestTeam.body(team.get("/reports/costs?" + NEVER + "&format=" + format))
                .lines()
                .toList();
        List<String> full = TestTeam.body(team.get("/reports/costs?format=" + format))
                .lines()
                .toList();

        assertThat(empty).hasSize(1);
        assertThat(full).hasSizeGreaterThan(1);
        assertThat(full.getFirst()).isEqualTo(empty.getFirst());
    }

    @Test
    void anEmptyPeriodIsAnEmptyListAndAWorkbookOfHeaders() {
        TestTeam team = TestTeam.fresh(mvc, json);

        assertThat(team.get("/reports/costs?format=json&" + NEVER)).bodyJson().isEqualTo("""
                {"items": [], "total": "0"}""");
        assertThat(team.get("/reports/costs?format=xlsx&" + NEVER)).hasStatus(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/reports/costs", "/costs"})
    void whatCannotBeMeantIsRefused(String path) {
        TestTeam team = TestTeam.fresh(mvc, json);

        assertThat(team.get(path + "?from=2026-02-01&to=2026-01-01")).hasStatus(422);
        assertThat(team.get(path + "?from=2026-02-01&to=2026-02-01")).hasStatus(422);
        assertThat(team.get(path + "?from=0001-01-01&to=9999-12-31")).hasStatus(422);
        assertThat(team.get(path + "?from=1990-01-01&to=2026-01-01")).hasStatus(422);
        assertThat(team.get(path + "?from=yesterday")).hasStatus(400);
        assertThat(team.get(path + "?from=2026-02-30")).hasStatus(400);
    }

    @Test
    void whatThereIsNotIsRefused() {
        TestTeam team = TestTeam.fresh(mvc, json);

        assertThat(team.get("/reports/costs?format=pdf&from=2026-01-01&to=2026-01-15"))
                .hasStatus(422);
        assertThat(team.get("/reports/costs?format=pdf&from=2026-01-01&to=2026-03-01"))
                .hasStatus(422);
        assertThat(team.admin().get("/admin/reports/costs?format=pdf")).hasStatus(422);
        assertThat(team.get("/costs?compare=yesteryear")).hasStatus(422);
        assertThat(team.get("/costs?compare=previous&group_by=day")).hasStatus(422);
        assertThat(team.get("/reports/costs?format=docx"))
                .hasStatus(422)
                .bodyJson()
                .extractingPath("$.errors[0].field")
                .isEqualTo("format");
        assertThat(team.get("/costs?group_by=stage,colour")).hasStatus(422);
        assertThat(team.get("/reports/costs?chargeback=perhaps")).hasStatus(400);
        assertThat(team.get("/admin/reports/costs")).hasStatus(403);
        assertThat(team.admin()
                        .get("/admin/reports/costs?tenant=nobody-" + team.slug().substring(5, 13)))
                .hasStatus(404);
    }

    @Test
    void theReportOfAllTeamsHasEach() {
        TestTeam one = TestTeam.fresh(mvc, json);
        TestTeam other = TestTeam.fresh(mvc, json, "Asia/Tokyo");
        one.post("/calls", CALL);
        other.post("/calls", CALL);

        String file = TestTeam.body(one.admin().get("/admin/reports/costs?format=csv"));

        assertThat(file).contains("," + one.slug() + ",shop,development,").contains("," + other.slug() + ",shop,");
    }

    @Test
    void aTeamsReportHasAllItsProjects() {
        TestTeam team = TestTeam.fresh(mvc, json);
        team.post("/calls", CALL);
        String here = "/admin/tenants/" + team.slug();

        assertThat(TestTeam.body(team.admin().get(here + "/reports/costs"))).contains("," + team.slug() + ",shop,");
        assertThat(team.admin().get(here + "/costs?group_by=project"))
                .bodyJson()
                .isLenientlyEqualTo("""
                {"items": [{"project": "shop", "cost": "0.0325"}], "total": "0.0325"}""");
        assertThat(team.get(here + "/reports/costs")).hasStatus(403);
    }
}
