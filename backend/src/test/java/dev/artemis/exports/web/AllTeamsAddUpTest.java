package dev.artemis.exports.web;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import dev.artemis.OnDatabase;
import dev.artemis.budgets.MovedClock;
import dev.artemis.budgets.TestTeam;
import dev.artemis.db.Database;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the platform's finance takes away of all teams is what it is told, format by format. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class AllTeamsAddUpTest {

    /** A month of this test's own, in which nobody else's teams spend. */
    private static final String MARCH = "from=2029-03-01&to=2029-04-01";

    private final MockMvcTester mvc;
    private final JsonMapper json;
    private final Database database;

    AllTeamsAddUpTest(MockMvcTester mvc, JsonMapper json, Database database) {
        this.mvc = mvc;
        this.json = json;
        this.database = database;
    }

    @Test
    void everyFileOfAllTeamsHasTheTotalOfTheirCosts() throws SQLException {
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
            // April in Tokyo and in UTC, and still March in Los Angeles
            clock.standAt(Instant.parse("2029-04-01T03:00:00Z"));
            teams.forEach(team -> spend(team, 11_111, "late"));
        }
        TestTeam admin = teams.getFirst().admin();

        JsonNode told = json.readTree(TestTeam.body(admin.get("/admin/costs?group_by=tenant&" + MARCH)));
        BigDecimal total = new BigDecimal(told.get("total").asString());

        assertThat(told.get("items")).hasSize(3);
        BigDecimal tokens = BigDecimal.valueOf(1_000 + 3 * 3_333 + 3 + 3 * 7 + 11_111);
        assertThat(total)
                .as("2.5 dollars a million tokens, each team in its own days")
                .isEqualByComparingTo(tokens.multiply(new BigDecimal("0.0000025")));
        assertThat(column(admin, "csv", "cost_usd")).isEqualByComparingTo(total);
        assertThat(column(admin, "focus", "BilledCost")).isEqualByComparingTo(total);
        assertThat(column(admin, "focus", "EffectiveCost")).isEqualByComparingTo(total);
        JsonNode file = json.readTree(file(admin, "json"));
        assertThat(new BigDecimal(file.get("total").asString())).isEqualByComparingTo(total);
        BigDecimal lines = BigDecimal.ZERO;
        for (JsonNode item : file.get("items")) {
            lines = lines.add(new BigDecimal(item.get("cost").asString()));
        }
        assertThat(lines).isEqualByComparingTo(total);
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
