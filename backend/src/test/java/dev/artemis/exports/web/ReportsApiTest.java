package dev.artemis.exports.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.artemis.OnDatabase;
import dev.artemis.budgets.TestTeam;
import dev.artemis.exports.Export;
import dev.artemis.exports.ExportFormat;
import dev.artemis.exports.ExportOwner;
import dev.artemis.exports.ExportProgress;
import dev.artemis.exports.Exports;
import dev.artemis.exports.ReportPart;
import dev.artemis.exports.StatementText;
import dev.artemis.exports.Workbooks;
import dev.artemis.reports.Span;
import dev.artemis.shared.Problem;
import dev.artemis.shared.Slug;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;
import tools.jackson.databind.json.JsonMapper;

@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class ReportsApiTest {

    private static final String CALL = """
            {"model": "gpt-4o", "tokens_input": 5000, "tokens_output": 2000, "stage": "development"}""";

    private static final String NEVER = "from=2020-01-01&to=2020-02-01";

    private final MockMvcTester mvc;
    private final JsonMapper json;
    private final Exports exports;
    private final ReportBodies bodies;
    private final Tenants tenants;
    private final int places;

    ReportsApiTest(
            MockMvcTester mvc,
            JsonMapper json,
            Exports exports,
            ReportBodies bodies,
            Tenants tenants,
            @Value("#{${artemis.exports.at-once} + ${artemis.exports.waiting}}") int places) {
        this.mvc = mvc;
        this.json = json;
        this.exports = exports;
        this.bodies = bodies;
        this.tenants = tenants;
        this.places = places;
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
    void anEmptyPeriodIsAnEmptyListAndAWorkbookOfHeaders() throws Exception {
        TestTeam team = TestTeam.fresh(mvc, json);

        assertThat(team.get("/reports/costs?format=json&" + NEVER)).bodyJson().isEqualTo("""
                {"items": [], "total": "0"}""");
        Workbooks.sheets(team.get("/reports/costs?format=xlsx&" + NEVER)
                        .getResponse()
                        .getContentAsByteArray())
                .forEach((sheet, rows) -> assertThat(
                                rows.stream().map(List::getFirst).filter(cell -> !cell.equals("inlineStr:total")))
                        .as(sheet)
                        .containsExactly(rows.getFirst().getFirst()));
    }

    @Test
    void anEmptyMonthIsAStatementOfNothing() throws Exception {
        TestTeam team = TestTeam.fresh(mvc, json);

        byte[] file = team.get("/reports/costs?format=pdf&from=2020-01-01&to=2020-02-01")
                .getResponse()
                .getContentAsByteArray();

        assertThat(StatementText.of(file).text()).contains(team.slug()).contains("January 2020");
    }

    @Test
    void focusHasChargesOfWholeDaysAndSaysSo() {
        TestTeam team = TestTeam.fresh(mvc, json);
        String halfADay = "from=2026-10-01T00:00:00Z&to=2026-10-01T12:00:00Z";

        assertThat(team.get("/reports/costs?format=focus&" + halfADay))
                .hasStatus(422)
                .bodyJson()
                .isLenientlyEqualTo("""
                {"errors": [{"field": "format", "message":
                  "focus has charges of whole days: from and to are dates, or midnight in the team's zone"}]}""");
        assertThat(team.get("/reports/costs?format=csv&" + halfADay)).hasStatus(200);
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
        assertThat(team.get("/costs?compare=previous&group_by=day&from=2026-11-01T10:00:00Z&to=2026-11-02T10:00:00Z"))
                .hasStatus(422);
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
    void anAnswerSaysByWhichIdToAskHowFarItIs() {
        TestTeam team = TestTeam.fresh(mvc, json);
        team.post("/calls", CALL);

        var file = team.get("/reports/costs");
        String id = Objects.requireNonNull(file.getResponse().getHeader("Artemis-Export"));
        TestTeam.body(file);

        assertThat(team.get("/reports/exports/" + id)).bodyJson().isLenientlyEqualTo("""
                {"id": "%s", "format": "csv", "state": "done", "before": 0, "rows": 1}""".formatted(id));
        String ofTeam = "/admin/tenants/" + team.slug() + "/reports/exports";
        assertThat(team.admin().get(ofTeam)).bodyText().contains(id);
        assertThat(team.admin().get("/admin/reports/exports")).bodyText().doesNotContain(id);
        TestTeam other = TestTeam.fresh(mvc, json);
        assertThat(other.get("/reports/exports/" + id)).hasStatus(404);
        assertThat(other.get("/reports/exports")).bodyJson().isLenientlyEqualTo("{\"items\": []}");
        assertThat(team.get(ofTeam)).hasStatus(403);
        assertThat(team.get("/admin/reports/exports")).hasStatus(403);
        assertThat(team.get("/reports/exports/none")).hasStatus4xxClientError();
    }

    @Test
    void linesAreGroupedByWhatIsAskedFor() {
        TestTeam team = TestTeam.fresh(mvc, json);
        team.post("/calls", CALL);
        team.post("/calls", CALL);
        String sums = "2,10000,0,0,4000,0,0,0,0.065";

        assertThat(TestTeam.body(team.get("/reports/costs?group_by=model,stage"))
                        .lines())
                .element(1)
                .isEqualTo("gpt-4o," + team.slug() + ",development," + sums);
        assertThat(TestTeam.body(team.get("/reports/costs?group_by=tenant")).lines())
                .element(1)
                .isEqualTo(team.slug() + "," + sums);
        assertThat(TestTeam.body(team.get("/reports/costs?group_by=stage&chargeback=true"))
                        .lines())
                .element(1)
                .isEqualTo("development," + team.slug() + "," + sums + ",0,0.065");
        assertThat(team.get("/reports/costs?format=json&group_by=stage"))
                .bodyJson()
                .isLenientlyEqualTo("""
                {"items": [{"tenant": "%s", "stage": "development", "calls": 2, "cost": "0.065"}], "total": "0.065"}""".formatted(team.slug()));
        assertThat(team.get("/reports/costs?format=xlsx&group_by=stage,key")).hasStatus(200);
        for (String wrong : List.of("group_by=colour", "format=pdf&group_by=stage", "format=focus&group_by=stage")) {
            assertThat(team.get("/reports/costs?" + wrong))
                    .as(wrong)
                    .hasStatus(422)
                    .bodyJson()
                    .extractingPath("$.errors[0].field")
                    .isEqualTo("group_by");
        }
    }

    @Test
    void aFileIsNarrowedAsCostsAre() {
        TestTeam team = TestTeam.fresh(mvc, json);
        team.post("/calls", CALL);
        team.post("/calls", CALL.replace("\"development\"", "\"review\""));
        team.post("/calls", CALL.replace("\"development\"", "\"review\""));
        String ofTeam = "/admin/tenants/" + team.slug() + "/reports/costs?format=json&";

        for (String only : List.of("stage=review", "stage=review&model=gpt-4o&provider=openai&card=&member=")) {
            assertThat(team.get("/reports/costs?format=json&" + only))
                    .as(only)
                    .bodyJson()
                    .extractingPath("$.total")
                    .isEqualTo("0.065");
            assertThat(team.get("/costs?" + only))
                    .bodyJson()
                    .extractingPath("$.total")
                    .isEqualTo("0.065");
            assertThat(team.admin().get(ofTeam + only))
                    .bodyJson()
                    .extractingPath("$.total")
                    .isEqualTo("0.065");
            assertThat(team.admin().get("/admin/reports/costs?format=json&tenant=" + team.slug() + "&" + only))
                    .bodyJson()
                    .extractingPath("$.total")
                    .isEqualTo("0.065");
        }
        assertThat(TestTeam.body(team.get("/reports/costs?stage=development")).lines())
                .hasSize(2)
                .last()
                .asString()
                .contains(",development,");
        assertThat(team.get("/reports/costs?stage=nothing&format=json"))
                .bodyJson()
                .extractingPath("$.total")
                .isEqualTo("0");
        assertThat(team.get("/reports/costs?stage=review&format=xlsx")).hasStatus(200);
        for (String path : List.of("/reports/costs", "/costs")) {
            for (String wrong : List.of("key=1", "member=none", "stage=\0")) {
                assertThat(team.get(path + "?" + wrong))
                        .as(wrong)
                        .hasStatus(422)
                        .bodyJson()
                        .extractingPath("$.errors[0].field")
                        .isEqualTo(wrong.substring(0, wrong.indexOf('=')));
            }
        }
    }

    @Test
    void aHeaderNarrowsNothing() {
        TestTeam team = TestTeam.fresh(mvc, json);
        team.post("/calls", CALL);

        assertThat(mvc.get()
                        .uri("/api/v1/costs")
                        .header("Authorization", "Bearer " + team.key())
                        .header("stage", "nothing")
                        .header("model", "none")
                        .exchange())
                .bodyJson()
                .extractingPath("$.total")
                .isEqualTo("0.0325");
    }

    /** They say all that was spent. */
    @Test
    void aStatementAndFocusAreOfNoPartAlone() {
        TestTeam team = TestTeam.fresh(mvc, json);

        for (String format : List.of("pdf", "focus")) {
            assertThat(team.get("/reports/costs?stage=review&format=" + format))
                    .as(format)
                    .hasStatus(422)
                    .bodyJson()
                    .extractingPath("$.errors[0].field")
                    .isEqualTo("format");
        }
    }

    @Test
    void aFileThatIsNeverBegunHoldsNoPlace() {
        TestTeam team = TestTeam.fresh(mvc, json);
        team.post("/calls", CALL);

        for (int n = 0; n <= places; n++) {
            assertThat(bodies.of(export(team), new ExportOwner.Platform())
                            .getStatusCode()
                            .value())
                    .isEqualTo(200);
        }

        assertThat(TestTeam.body(team.get("/reports/costs"))).contains("," + team.slug() + ",shop,");
    }

    @Test
    void whereTooManyWaitFurtherOnesAreToldToComeBack() throws Exception {
        TestTeam team = TestTeam.fresh(mvc, json);
        StreamingResponseBody begunTooLate = Objects.requireNonNull(
                bodies.of(export(team), new ExportOwner.Platform()).getBody());
        var end = new CountDownLatch(1);
        OutputStream slow = new FilterOutputStream(OutputStream.nullOutputStream()) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                try {
                    end.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> asked = new ArrayList<>();
            try {
                for (int n = 0; n < places; n++) {
                    asked.add(threads.submit(() -> exports.write(export(team), new ExportProgress(), slow)));
                }
                while (!isFull()) {
                    Thread.onSpinWait();
                }

                assertThat(team.get("/reports/costs"))
                        .hasStatus(503)
                        .hasHeader("Retry-After", "60")
                        .bodyJson()
                        .extractingPath("$.code")
                        .isEqualTo("exports-busy");
                var nothing = new ByteArrayOutputStream();
                assertThatThrownBy(() -> begunTooLate.writeTo(nothing)).isInstanceOf(Problem.class);
                assertThat(nothing.size()).isZero();
            } finally {
                end.countDown();
            }
            for (Future<?> each : asked) {
                each.get();
            }
        }
        assertThat(team.get("/reports/costs")).hasStatus(200);
    }

    private boolean isFull() {
        try {
            exports.refuseWhenFull();
            return false;
        } catch (Problem busy) {
            return true;
        }
    }

    private Export export(TestTeam team) {
        Tenant tenant = tenants.named(new Slug(team.slug()));
        LocalDate today = LocalDate.now(tenant.timeZone());
        return new Export(
                ExportFormat.CSV,
                List.of(new ReportPart(tenant, null, new Span.Days(today.minusDays(1), today.plusDays(1)))));
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
