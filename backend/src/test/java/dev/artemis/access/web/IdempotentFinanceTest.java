package dev.artemis.access.web;

import static dev.artemis.access.web.RestClient.body;
import static dev.artemis.access.web.RestClient.code;
import static dev.artemis.access.web.RestClient.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.budgets.MovedClock;
import dev.artemis.db.Database;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** What finance does once is done once, also where an answer was lost on its way. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class IdempotentFinanceTest {

    private final RestClient admin;
    private final Database database;

    IdempotentFinanceTest(MockMvcTester mvc, Database database) {
        this.admin = RestClient.admin(mvc);
        this.database = database;
    }

    @Test
    void aMonthThatIsClosedAgainGetsItsStatementWithItsSeal() throws Exception {
        try (MovedClock clock = new MovedClock(database)) {
            clock.standAt(Instant.parse("2026-11-05T12:00:00Z"));
            String statements = "admin/tenants/" + admin.newTeam() + "/statements";
            String october = "{\"month\": \"2026-10\"}";
            RestClient retrying = admin.retrying("october");

            MvcTestResult first = retrying.post(statements, october);
            MvcTestResult repeat = retrying.post(statements, october);

            assertRepeated(first, repeat);
            assertThat(expect(201, repeat).get("sha256").asString()).hasSize(64);
            assertThat(code(409, admin.post(statements, october))).isEqualTo("month-closed");
            assertThat(code(422, retrying.post(statements, "{\"month\": \"2026-09\"}")))
                    .isEqualTo("idempotency-conflict");
        }
    }

    @Test
    void aBillIsKeptOnce() {
        String team = admin.newTeam();
        String bill = "day,what,usd\n2026-10-05,gpt-4o,7.5\n";
        String mapped = "/reconciliations?name=a.csv&day_column=day&model_column=what&cost_column=usd&provider=openai";
        for (String path : new String[] {"admin/tenants/" + team, "admin"}) {
            RestClient retrying = admin.retrying(UUID.randomUUID().toString());

            MvcTestResult first = retrying.post(path + mapped, bill);
            MvcTestResult repeat = retrying.post(path + mapped, bill);

            assertRepeated(first, repeat);
            assertThat(code(422, retrying.post(path + mapped, bill + "2026-10-06,gpt-4o,1\n")))
                    .isEqualTo("idempotency-conflict");
        }
        assertThat(expect(200, admin.get("admin/tenants/" + team + "/reconciliations"))
                        .get("items"))
                .hasSize(1);
    }

    @Test
    void aListOfPricesIsImportedOnce() {
        RestClient retrying = admin.retrying(UUID.randomUUID().toString());
        String list = prices("model-" + UUID.randomUUID());

        MvcTestResult first = retrying.post("admin/prices/import", list);
        MvcTestResult repeat = retrying.post("admin/prices/import", list);

        assertThat(expect(200, first).get("imported").asInt()).isEqualTo(1);
        assertThat(body(repeat)).isEqualTo(body(first));
        assertThat(repeat).hasStatus(200).hasHeader("Idempotency-Replayed", "true");
        assertThat(code(422, retrying.post("admin/prices/import", prices("model-" + UUID.randomUUID()))))
                .isEqualTo("idempotency-conflict");
    }

    private static String prices(String model) {
        return """
                {"%s": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 1e-06,
                        "output_cost_per_token": 2e-06}}""".formatted(model);
    }

    private static void assertRepeated(MvcTestResult first, MvcTestResult repeat) {
        assertThat(first).hasStatus(201).doesNotContainHeader("Idempotency-Replayed");
        assertThat(repeat).hasStatus(201).hasHeader("Idempotency-Replayed", "true");
        assertThat(body(repeat)).isEqualTo(body(first));
    }
}
