package dev.artemis.statements;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.budgets.MovedClock;
import dev.artemis.budgets.TestTeam;
import dev.artemis.db.Database;
import dev.artemis.exports.StatementText;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is printed of a month. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class PrintedStatementTest extends AtAMonthsEnd {

    PrintedStatementTest(MockMvcTester mvc, JsonMapper json, Database database) {
        super(mvc, json, database);
    }

    @Test
    void whatIsPrintedOfAClosedMonthSaysWhoseItIsAndWhichStatementItBelongsTo() throws Exception {
        TestTeam team = aTeam();
        TestTeam books = withAnotherProject(team);
        try (MovedClock clock = new MovedClock(database)) {
            clock.standAt(IN_OCTOBER);
            team.post("/calls", CALL);
            books.post("/calls", CALL);
            books.post("/calls", CALL);
            assertThat(printed(books.get("/reports/costs?format=pdf&" + OCTOBER))
                            .beside("State"))
                    .hasValue("Provisional: the month is not closed");
            clock.standAt(IN_NOVEMBER);
            JsonNode statement = team.json(close(team, "2027-10"));

            StatementText whole =
                    printed(team.admin().get("/admin/reports/costs?format=pdf&tenant=" + team.slug() + "&" + OCTOBER));
            StatementText shop = printed(team.get("/reports/costs?format=pdf&" + OCTOBER));
            StatementText other = printed(books.get("/reports/costs?format=pdf&" + OCTOBER));

            String closed = "1 November 2027, 00:05:00 Europe/Berlin";
            String by = ", by " + statement.get("closed_by").asString();
            assertThat(whole.beside("Statement number")).hasValue("1");
            assertThat(whole.unbroken()).contains("Closed " + closed + by);
            assertThat(whole.beside("SHA-256 of the CSV export"))
                    .hasValue(statement.get("sha256").asString());
            assertThat(whole.beside("Project")).isEmpty();
            assertThat(whole.fact("Cost (USD)")).isEqualByComparingTo("0.0975");
            assertThat(shop.beside("Project")).hasValue("Shop (shop)");
            assertThat(shop.fact("Cost (USD)")).isEqualByComparingTo("0.0325");
            assertThat(other.beside("Project")).hasValue("Books & more (books)");
            assertThat(other.fact("Cost (USD)")).isEqualByComparingTo("0.065");
            for (StatementText part : List.of(shop, other)) {
                assertThat(part.beside("State")).isEmpty();
                assertThat(part.beside("Statement number")).isEmpty();
                assertThat(part.beside("Part of statement")).hasValue("1");
                assertThat(part.unbroken())
                        .contains("Closed " + closed)
                        .as("a project's key learns nothing of the team's people")
                        .doesNotContain(by);
            }
            assertThat(printed(books.get("/reports/costs?format=pdf&" + NOVEMBER))
                            .beside("State"))
                    .hasValue("Provisional: the month is not closed");
        }
    }

    private static TestTeam withAnotherProject(TestTeam team) {
        String projects = "/admin/tenants/" + team.slug() + "/projects";
        team.admin().post(projects, "{\"slug\": \"books\", \"name\": \"Books & more\"}");
        JsonNode key = team.json(team.admin().post(projects + "/books/keys", """
                {"name": "ci", "scopes": ["calls:write", "costs:read"]}"""));
        return new TestTeam(
                team.mvc(),
                team.json(),
                team.slug(),
                key.get("key").asString(),
                key.get("id").asString());
    }

    private static StatementText printed(MvcTestResult answer) throws IOException {
        assertThat(answer).hasStatus(200);
        return StatementText.of(answer.getResponse().getContentAsByteArray());
    }
}
