package dev.artemis.reports.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.budgets.TestTeam;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** All figures of an answer belong together, also while money is spent. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@Tag("slow")
class OneMomentApiTest {

    /** Of all teams takes as long as a hundred of one. */
    private static final int ANSWERS_OF_ALL = 12;

    private static final int ANSWERS_OF_ONE = 60;
    private static final String CALL = """
            {"model": "gpt-4o", "tokens_input": 5000, "tokens_output": 2000, "stage": "development"}""";

    private final MockMvcTester mvc;
    private final JsonMapper json;

    OneMomentApiTest(MockMvcTester mvc, JsonMapper json) {
        this.mvc = mvc;
        this.json = json;
    }

    /** One team spends, then the other, then the one again: no answer has two calls more of one. */
    @Test
    void ofSeveralTeamsAllIsOfOneMoment() throws Exception {
        TestTeam one = TestTeam.fresh(mvc, json);
        TestTeam other = TestTeam.fresh(mvc, json);

        whileSpent(ANSWERS_OF_ALL, new TestTeam[] {one, other}, () -> {
            for (String beside : new String[] {"", "&chargeback=true", "&compare=previous"}) {
                JsonNode items = one.json(one.admin().get("/admin/costs?group_by=tenant" + beside))
                        .get("items");
                assertThat(calls(items, one) - calls(items, other)).as(beside).isBetween(0L, 1L);
            }
        });
    }

    @Test
    void whatABudgetHasLeftIsOfTheMomentOfItsCosts() throws Exception {
        TestTeam team = TestTeam.fresh(mvc, json);
        team.limit("{\"daily_limit\": null, \"monthly_limit\": \"1000000\"}");
        team.post("/calls", CALL);

        whileSpent(ANSWERS_OF_ONE, new TestTeam[] {team}, () -> {
            JsonNode item = team.json(
                            team.admin().get("/admin/costs?group_by=tenant&compare=previous&tenant=" + team.slug()))
                    .get("items")
                    .get(0);
            assertThat(item.get("budget").get("used").asString())
                    .isEqualTo(item.get("cost").asString());
        });
    }

    private static void whileSpent(int answers, TestTeam[] teams, Runnable answer) throws Exception {
        var rest = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> spending = threads.submit(() -> {
                while (!rest.get()) {
                    for (TestTeam team : teams) {
                        assertThat(team.post("/calls", CALL)).hasStatus(201);
                    }
                }
            });
            try {
                for (int n = 0; n < answers; n++) {
                    answer.run();
                }
            } finally {
                rest.set(true);
            }
            spending.get();
        }
    }

    private static long calls(JsonNode items, TestTeam team) {
        return items.values().stream()
                .filter(item -> item.get("tenant").asString().equals(team.slug()))
                .mapToLong(item -> item.get("calls").asLong())
                .sum();
    }
}
