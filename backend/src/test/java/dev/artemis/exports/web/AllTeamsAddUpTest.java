package dev.artemis.exports.web;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.artemis.OnDatabase;
import dev.artemis.budgets.Budgets;
import dev.artemis.budgets.ComputeUsage;
import dev.artemis.budgets.MovedClock;
import dev.artemis.budgets.RunHold;
import dev.artemis.budgets.RunHolding;
import dev.artemis.budgets.TestTeam;
import dev.artemis.db.Database;
import dev.artemis.exports.Workbooks;
import dev.artemis.projects.Projects;
import dev.artemis.shared.RunId;
import dev.artemis.shared.Slug;
import dev.artemis.shared.TenantId;
import dev.artemis.tenants.Tenants;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the platform's finance takes away of all teams is what it is told, format by format. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@Tag("slow")
class AllTeamsAddUpTest {

    /** A month of this test's own, in which nobody else's teams spend. */
    private static final String MARCH = "from=2029-03-01&to=2029-04-01";

    private final MockMvcTester mvc;
    private final JsonMapper json;
    private final Database database;
    private final Tenants tenants;
    private final Projects projects;
    private final Budgets budgets;

    AllTeamsAddUpTest(
            MockMvcTester mvc,
            JsonMapper json,
            Database database,
            Tenants tenants,
            Projects projects,
            Budgets budgets) {
        this.tenants = tenants;
        this.projects = projects;
        this.budgets = budgets;
        this.mvc = mvc;
        this.json = json;
        this.database = database;
    }

    @Test
    void everyFileOfAllTeamsHasTheTotalOfTheirCosts() throws Exception {
        List<TestTeam> teams = List.of(
                TestTeam.fresh(mvc, json, "Asia/Tokyo"),
                TestTeam.fresh(mvc, json, "UTC"),
                TestTeam.fresh(mvc, json, "America/Los_Angeles"));
        try (MovedClock clock = new MovedClock(database)) {
            // March in Tokyo, and still February elsewhere
            clock.standAt(Instant.parse("2029-02-28T20:00:00Z"));
            teams.forEach(team -> spend(team, 1_000, "=early"));
            clock.standAt(Instant.parse("2029-03-15T12:00:00Z"));
            for (int n = 0; n < teams.size(); n++) {
                spend(teams.get(n), 3_333 + n, "with, comma");
                spend(teams.get(n), 7, "with \\\"quotes\\\"");
            }
            teams.forEach(this::compute);
            for (TestTeam team : teams) {
                correct(team);
            }
            // April in Tokyo and in UTC, and still March in Los Angeles
            clock.standAt(Instant.parse("2029-04-01T03:00:00Z"));
            teams.forEach(team -> spend(team, 11_111, "late"));
        }
        TestTeam admin = teams.getFirst().admin();

        JsonNode told = json.readTree(TestTeam.body(admin.get("/admin/costs?group_by=tenant&" + MARCH)));
        BigDecimal total = new BigDecimal(told.get("total").asString());

        assertThat(told.get("items")).hasSize(3);
        BigDecimal tokens = BigDecimal.valueOf(1_000 + 3 * 3_333 + 3 + 3 * 7 + 3 * 7 + 11_111);
        BigDecimal compute = new BigDecimal(told(
                admin,
                "/admin/costs?group_by=model&",
                item -> item.get("model").asString().equals("sandbox")));
        assertThat(compute).isPositive();
        assertThat(total)
                .as("2.5 dollars a million tokens, each team in its own days, with runs and less what was given back")
                .isEqualByComparingTo(tokens.multiply(new BigDecimal("0.0000025"))
                        .add(compute)
                        .subtract(new BigDecimal("0.000003")));
        assertThat(column(admin, "csv", "cost_usd")).isEqualByComparingTo(total);
        assertThat(column(admin, "focus", "BilledCost")).isEqualByComparingTo(total);
        assertThat(column(admin, "focus", "EffectiveCost")).isEqualByComparingTo(total);
        workbookAddsUp(admin, total);
        chargedFilesAddUp(teams, total);
        JsonNode file = json.readTree(file(admin, "json"));
        assertThat(new BigDecimal(file.get("total").asString())).isEqualByComparingTo(total);
        BigDecimal lines = BigDecimal.ZERO;
        for (JsonNode item : file.get("items")) {
            lines = lines.add(new BigDecimal(item.get("cost").asString()));
        }
        assertThat(lines).isEqualByComparingTo(total);
    }

    private void workbookAddsUp(TestTeam admin, BigDecimal total) throws Exception {
        sheets(admin, "").forEach((name, rows) -> {
            List<String> header = rows.getFirst();
            assertThat(Workbooks.exact(rows.getLast(), header, "cost_usd"))
                    .as(name)
                    .isEqualByComparingTo(total);
            assertThat(sum(rows.subList(1, rows.size() - 1), row -> Workbooks.exact(row, header, "cost_usd")))
                    .as(name)
                    .isEqualByComparingTo(total);
            assertThat(Workbooks.number(rows.getLast(), header, "runs"))
                    .as(name)
                    .isEqualByComparingTo("3");
        });
    }

    /** The first team is charged a tenth more, and nobody else anything. */
    private void chargedFilesAddUp(List<TestTeam> teams, BigDecimal total) throws Exception {
        TestTeam admin = teams.getFirst().admin();
        assertThat(admin.post("/admin/tenants/" + admin.slug() + "/chargeback-rates", """
                {"valid_from": "2029-01-01", "percent": 10}"""))
                .hasStatus(201);
        BigDecimal markup = new BigDecimal(told(
                        admin,
                        "/admin/costs?group_by=tenant&",
                        item -> item.get("tenant").asString().equals(admin.slug())))
                .movePointLeft(1);
        BigDecimal charged = total.add(markup);
        JsonNode told = json.readTree(TestTeam.body(admin.get("/admin/costs?chargeback=true&" + MARCH)));

        assertThat(markup).isPositive();
        assertThat(new BigDecimal(told.get("total_charged").asString())).isEqualByComparingTo(charged);
        List<NamedCsvRecord> lines = CsvReader.builder().ofNamedCsvRecord(file(admin, "csv&chargeback=true")).stream()
                .toList();
        assertThat(sum(lines, row -> new BigDecimal(row.getField("cost_usd")))).isEqualByComparingTo(total);
        assertThat(sum(lines, row -> new BigDecimal(row.getField("markup_usd"))))
                .isEqualByComparingTo(markup);
        assertThat(sum(lines, row -> new BigDecimal(row.getField("charged_usd"))))
                .isEqualByComparingTo(charged);
        sheets(admin, "&chargeback=true").forEach((name, rows) -> {
            List<String> header = rows.getFirst();
            assertThat(Workbooks.exact(rows.getLast(), header, "markup_usd"))
                    .as(name)
                    .isEqualByComparingTo(markup);
            assertThat(sum(rows.subList(1, rows.size() - 1), row -> Workbooks.exact(row, header, "charged_usd")))
                    .as(name)
                    .isEqualByComparingTo(charged);
        });
    }

    private static Map<String, List<List<String>>> sheets(TestTeam admin, String more) throws Exception {
        var answer = admin.get("/admin/reports/costs?format=xlsx&" + MARCH + more);
        assertThat(answer).hasStatus(200);
        TestTeam.body(answer);
        return Workbooks.sheets(answer.getResponse().getContentAsByteArray());
    }

    /** The cost of the one group that is looked for. */
    private String told(TestTeam admin, String path, Predicate<JsonNode> wanted) {
        for (JsonNode item :
                json.readTree(TestTeam.body(admin.get(path + MARCH))).get("items")) {
            if (wanted.test(item)) {
                return item.get("cost").asString();
            }
        }
        throw new AssertionError("no such group");
    }

    private void compute(TestTeam team) {
        TenantId tenant = tenants.named(new Slug(team.slug())).id();
        var run = RunId.random();
        assertThat(budgets.holdForRun(new RunHold(
                        tenant,
                        projects.named(tenant, new Slug("shop")).id(),
                        null,
                        null,
                        run,
                        "testing",
                        null,
                        new ComputeUsage(BigDecimal.valueOf(20), BigDecimal.valueOf(100)))))
                .isInstanceOf(RunHolding.Held.class);
        budgets.settleRun(tenant, run, new ComputeUsage(BigDecimal.valueOf(11), new BigDecimal("40.25")));
    }

    private static void correct(TestTeam team) {
        var call = team.post("/calls", """
                {"model": "gpt-4o", "tokens_input": 7, "tokens_output": 0, "stage": "given back"}""");
        assertThat(call).hasStatus(201);
        assertThat(team.admin().post("/admin/tenants/" + team.slug() + "/projects/shop/corrections", """
                {"entry_id": "%s", "amount": "-0.000001", "reason": "refunded"}""".formatted(
                                team.json(call).get("id").asString())))
                .hasStatus(201);
    }

    private static <T> BigDecimal sum(List<T> all, Function<T, BigDecimal> amount) {
        return all.stream().map(amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal column(TestTeam admin, String format, String column) {
        return CsvReader.builder().ofNamedCsvRecord(file(admin, format)).stream()
                .map(row -> new BigDecimal(row.getField(column)))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static String file(TestTeam admin, String format) {
        var answer = admin.get("/admin/reports/costs?format=" + format + "&" + MARCH);
        assertThat(answer).hasStatus(200);
        return TestTeam.body(answer);
    }

    private static void spend(TestTeam team, int tokens, String stage) {
        assertThat(team.post("/calls", """
                {"model": "gpt-4o", "tokens_input": %d, "tokens_output": 0, "stage": "%s"}""".formatted(tokens, stage))).hasStatus(201);
    }
}
