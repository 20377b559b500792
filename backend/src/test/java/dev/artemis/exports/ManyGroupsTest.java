package dev.artemis.exports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.budgets.TestTeam;
import dev.artemis.db.Database;
import dev.artemis.reports.Comparisons;
import dev.artemis.shared.Slug;
import dev.artemis.tenants.Tenants;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import tools.jackson.databind.json.JsonMapper;

/** An answer of JSON is held whole, a file never is. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@Tag("slow")
class ManyGroupsTest {

    private static final String OCTOBER = "from=2026-10-01&to=2026-11-01";

    private final MockMvcTester mvc;
    private final JsonMapper json;
    private final Database database;
    private final Tenants tenants;

    ManyGroupsTest(MockMvcTester mvc, JsonMapper json, Database database, Tenants tenants) {
        this.mvc = mvc;
        this.json = json;
        this.database = database;
        this.tenants = tenants;
    }

    @Test
    void moreGroupsThanAnAnswerHoldsAreRefusedAndTheFileIsNamed() throws SQLException {
        TestTeam team = TestTeam.fresh(mvc, json);
        ManyLines.of(tenants.named(new Slug(team.slug())), Comparisons.MOST_GROUPS + 1, database);

        for (String costs : new String[] {"/costs?", "/costs?compare=previous&", "/costs?chargeback=true&"}) {
            assertThat(team.get(costs + OCTOBER + "&group_by=stage"))
                    .hasStatus(422)
                    .bodyText()
                    .contains("group_by", "/reports/costs");
            assertThat(team.get(costs + OCTOBER + "&group_by=model")).hasStatus(200);
        }
        assertThat(TestTeam.body(team.get("/reports/costs?" + OCTOBER + "&group_by=stage"))
                        .lines()
                        .count())
                .isEqualTo(Comparisons.MOST_GROUPS + 2);
    }
}
