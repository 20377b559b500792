package dev.artemis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.e2e.Teams.Team;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** A developer's program records what its calls cost, by the API alone. */
@ExtendWith(SharedInstance.class)
class MoneyJourneyTest {

    private static final String GPT_4O = """
            {"model": "gpt-4o", "tokens_input": 5000, "tokens_output": 2000, "stage": "development"}""";
    private static final String CSV_HEADER =
            "date,tenant,project,stage,model,provider,card,key,member,calls,tokens_input,"
                    + "tokens_cache_read,tokens_cache_write,tokens_output,runs,cpu_seconds,gib_seconds,cost_usd";

    private final Instance instance;
    private final Team team;

    MoneyJourneyTest(Instance instance) {
        this.instance = instance;
        this.team = Teams.create(instance);
    }

    @Test
    void pricesACallExactly() {
        JsonNode tracked = team.api().post("calls", GPT_4O).expect(201).json();

        assertThat(tracked.get("cost").asString()).isEqualTo("0.0325");
        assertThat(tracked.get("daily_usage").asString()).isEqualTo("0.0325");
        assertThat(tracked.get("monthly_usage").asString()).isEqualTo("0.0325");
        assertThat(tracked.get("daily_remaining").isNull()).isTrue();
        assertThat(tracked.get("over_budget").asBoolean()).isFalse();
    }

    @Test
    void keepsTheSmallestCost() {
        JsonNode tracked = team.api().post("calls", """
                {"model": "gpt-4o-mini", "tokens_input": 1, "tokens_output": 1, "stage": "planning"}""").expect(201).json();

        assertThat(tracked.get("cost").asString()).isEqualTo("0.00000075");
    }

    @Test
    void refusesTheCallThatWouldCrossALimitAndChangesNothing() {
        limit("{\"daily_limit\": \"0.05\", \"monthly_limit\": \"10\"}");
        JsonNode first = team.api().post("calls", GPT_4O).expect(201).json();
        String calls = team.api().get("calls").expect(200).body();
        String costs = team.api().get("costs?group_by=stage,model").expect(200).body();

        Api.Answer refused = team.api().post("calls", GPT_4O).expect(402);

        assertThat(first.get("daily_remaining").asString()).isEqualTo("0.0175");
        assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
        assertThat(refused.json().get("code").asString()).isEqualTo("budget-exceeded");
        assertThat(refused.json().get("scope").asString()).isEqualTo("tenant");
        assertThat(refused.json().get("period").asString()).isEqualTo("daily");
        assertThat(refused.json().get("limit").asString()).isEqualTo("0.05");
        assertThat(refused.json().get("used").asString()).isEqualTo("0.0325");
        assertThat(refused.json().get("reserved").asString()).isEqualTo("0");
        assertThat(refused.json().get("requested").asString()).isEqualTo("0.0325");
        assertThat(refused.json().get("resets_at").asString()).isNotBlank();
        assertThat(team.api().get("calls").expect(200).body()).isEqualTo(calls);
        assertThat(team.api().get("costs?group_by=stage,model").expect(200).body())
                .isEqualTo(costs);
    }

    @Test
    void admitsWhatFitsAndNothingMoreHoweverManyCallsArriveAtOnce() {
        limit("{\"daily_limit\": \"1\", \"monthly_limit\": null}");

        List<Future<Integer>> calls;
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            calls = Stream.generate(() -> callers.submit(
                            () -> team.api().post("calls", GPT_4O).status()))
                    .limit(100)
                    .toList();
        }

        assertThat(calls.stream().collect(Collectors.groupingBy(Future::resultNow, Collectors.counting())))
                .isEqualTo(Map.of(201, 30L, 402, 70L)); // 31 would be $1.0075
        assertThat(total()).isEqualByComparingTo("0.975");
    }

    @Test
    void blocksEverythingWithALimitOfZero() {
        limit("{\"daily_limit\": \"0\", \"monthly_limit\": null}");

        team.api().post("calls", GPT_4O).expect(402);
    }

    @Test
    void answersARepeatWithTheFirstAnswerAndChargesOnce() {
        Api retrying = team.api().with("Idempotency-Key", "call-1");

        String first = retrying.post("calls", GPT_4O).expect(201).body();
        Api.Answer repeat = retrying.post("calls", GPT_4O).expect(201);

        assertThat(repeat.body()).isEqualTo(first);
        assertThat(repeat.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(total()).isEqualByComparingTo("0.0325");
    }

    @Test
    void refusesAModelWithoutAPrice() {
        Api.Answer refused = team.api().post("calls", """
                {"model": "no-such-model", "tokens_input": 1, "tokens_output": 1, "stage": "planning"}""").expect(422);

        assertThat(refused.json().get("code").asString()).isEqualTo("unpriced-model");
    }

    @Test
    void namesUnknownFields() {
        Api.Answer refused = team.api().post("calls", """
                {"model": "gpt-4o", "tokens_input": 1, "tokens_output": 1, "stage": "planning", "price": "0"}""").expect(400);

        assertThat(refused.json().get("code").asString()).isEqualTo("invalid-request");
        assertThat(refused.json().get("errors").get(0).get("field").asString()).isEqualTo("price");
    }

    @Test
    void tellsAStrangerNothing() {
        instance.api("art_nobody").get("costs").expect(401);
        team.api().get("admin/tenants").expect(403);
        Teams.create(instance)
                .api()
                .get("runs/00000000-0000-0000-0000-000000000000")
                .expect(404);
    }

    @Test
    void exportsWhatTheLedgerHolds() {
        team.api().post("calls", GPT_4O).expect(201);
        team.api().post("calls", """
                {"model": "gpt-4o-mini", "tokens_input": 1, "tokens_output": 1, "stage": "planning", "card_id": "C-1"}""").expect(201);
        team.api().post("calls", """
                {"model": "claude-3-5-sonnet", "tokens_input": 1200, "tokens_output": 345, "stage": "development"}""").expect(201);

        JsonNode costs =
                team.api().get("costs?group_by=stage,model").expect(200).json();
        Api.Answer csv = team.api().get("reports/costs?format=csv").expect(200);

        Map<String, BigDecimal> byStageAndModel = new HashMap<>();
        costs.get("items")
                .forEach(item -> byStageAndModel.put(
                        item.get("stage").asString() + "/" + item.get("model").asString(),
                        new BigDecimal(item.get("cost").asString())));
        Map<String, BigDecimal> exported = new HashMap<>();
        List<String> rows = new ArrayList<>(csv.body().lines().toList());
        assertThat(rows.removeFirst()).isEqualTo(CSV_HEADER);
        for (String row : rows) {
            String[] cells = row.split(",", -1);
            exported.merge(cells[3] + "/" + cells[4], new BigDecimal(cells[17]), BigDecimal::add);
        }
        assertThat(exported).isEqualTo(byStageAndModel).hasSize(3);
        assertThat(exported.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(new BigDecimal(costs.get("total").asString()));
        assertThat(csv.header("Content-Type")).startsWith("text/csv");
    }

    private void limit(String budget) {
        instance.admin().put("admin/tenants/" + team.slug() + "/budget", budget).expect(200);
    }

    private BigDecimal total() {
        return new BigDecimal(team.api()
                .get("costs?group_by=stage")
                .expect(200)
                .json()
                .get("total")
                .asString());
    }
}
