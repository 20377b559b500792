package dev.artemis.statements;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.budgets.MovedClock;
import dev.artemis.budgets.TestTeam;
import dev.artemis.db.Database;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class StatementsTest {

    private static final Instant IN_OCTOBER = Instant.parse("2027-10-31T22:50:00Z");
    private static final Instant IN_NOVEMBER = Instant.parse("2027-10-31T23:05:00Z");
    private static final String OCTOBER = "from=2027-10-01&to=2027-11-01";
    private static final String NOVEMBER = "from=2027-11-01&to=2027-12-01";
    private static final String CALL = """
            {"model": "gpt-4o", "tokens_input": 5000, "tokens_output": 2000, "stage": "development"}""";

    private static final String HOLD = """
            {"model": "gpt-4o", "tokens_input": 5000, "max_tokens_output": 2000, "stage": "review", "ttl_seconds": %d}""";

    private static final String USED = "{\"tokens_input\": 1000, \"tokens_output\": 100}";

    private final MockMvcTester mvc;
    private final JsonMapper json;
    private final Database database;

    StatementsTest(MockMvcTester mvc, JsonMapper json, Database database) {
        this.mvc = mvc;
        this.json = json;
        this.database = database;
    }

    @Test
    void aClosedMonthIsSealedAndItsSealIsThatOfTheExport() throws Exception {
        TestTeam team = TestTeam.fresh(mvc, json);
        try (MovedClock clock = new MovedClock(database)) {
            clock.standAt(IN_OCTOBER);
            team.post("/calls", CALL);
            clock.standAt(IN_NOVEMBER);
            team.post("/calls", CALL);

            JsonNode statement = team.json(close(team, "2027-10"));

            String file = TestTeam.body(
                    team.admin().get("/admin/reports/costs?format=csv&tenant=" + team.slug() + "&" + OCTOBER));
            assertThat(statement.get("number").asInt()).isEqualTo(1);
            assertThat(statement.get("cost").asString()).isEqualTo("0.0325");
            assertThat(statement.get("calls").asInt()).isEqualTo(1);
            assertThat(statement.get("lines").asInt()).isEqualTo(1);
            assertThat(statement.get("closed_by").asString()).isNotBlank();
            assertThat(statement.get("closed_at").asString()).isEqualTo("2027-10-31T23:05:00Z");
            assertThat(statement.get("sha256").asString()).isEqualTo(sha256(file));
            assertThat(team.admin().get(path(team) + "/2027-10/verification"))
                    .bodyJson()
                    .isLenientlyEqualTo("""
                    {"holds": true}""");
        }
    }

    @Test
    void aForgedFigureIsSeen() throws Exception {
        TestTeam team = TestTeam.fresh(mvc, json);
        try (MovedClock clock = new MovedClock(database)) {
            clock.standAt(IN_OCTOBER);
            team.post("/calls", CALL);
            clock.standAt(IN_NOVEMBER);
            close(team, "2027-10");

            asOwner("update artemis.entries set cost = cost + 0.000000000000000001 where tenant_id ="
                    + " (select tenant_id from artemis.tenants where slug = '" + team.slug() + "')");

            assertThat(team.admin().get(path(team) + "/2027-10/verification"))
                    .bodyJson()
                    .isLenientlyEqualTo("""
                    {"holds": false}""");
        }
    }

    @Test
    void whatComesLateIsACorrectionOfTodayThatRefersToTheMonth() throws Exception {
        TestTeam team = TestTeam.fresh(mvc, json);
        try (MovedClock clock = new MovedClock(database)) {
            clock.standAt(IN_OCTOBER);
            team.post("/calls", CALL);
            String held = team.json(team.post("/reservations", HOLD.formatted(3600)))
                    .get("id")
                    .asString();
            String expired = team.json(team.post("/reservations", HOLD.formatted(60)))
                    .get("id")
                    .asString();
            clock.standAt(IN_NOVEMBER);
            close(team, "2027-10");
            JsonNode before = team.json(team.get("/costs?group_by=day,stage&" + OCTOBER));

            JsonNode late = team.json(team.post("/reservations/" + held + "/settle", USED));
            JsonNode later = team.json(team.post("/reservations/" + expired + "/settle", USED));

            assertThat(team.json(team.get("/costs?group_by=day,stage&" + OCTOBER)))
                    .isEqualTo(before);
            assertThat(team.get("/costs?group_by=day,stage&" + NOVEMBER))
                    .bodyJson()
                    .isLenientlyEqualTo("""
                    {"items": [{"day": "2027-11-01", "stage": "review", "calls": 0, "tokens_input": 2000,
                                "cost": "0.007"}], "total": "0.007"}""");
            assertThat(late.get("daily_usage").asString()).isEqualTo("0.0035");
            assertThat(later.get("daily_usage").asString()).isEqualTo("0.007");
            JsonNode entry = team.json(team.get("/calls?" + NOVEMBER)).get("items").values().stream()
                    .filter(each -> each.get("refers_to").asString().equals(held))
                    .findFirst()
                    .orElseThrow();
            assertThat(entry.get("kind").asString()).isEqualTo("correction");
            assertThat(strings("select closed_month from artemis.corrections where entry_id = '"
                            + entry.get("id").asString() + "'"))
                    .containsExactly("2027-10-01");
            String focus = TestTeam.body(team.get("/reports/costs?format=focus&" + NOVEMBER));
            assertThat(focus.lines().skip(1)).isNotEmpty().allMatch(line -> line.contains(",Usage,Correction,"));
            assertThat(team.admin().get(path(team) + "/2027-10/verification"))
                    .bodyJson()
                    .isLenientlyEqualTo("""
                    {"holds": true}""");
            assertThat(windowsThatDoNotAddUp(team)).isEmpty();
        }
    }

    @Test
    void aMonthIsClosedWhileCallsArriveAndItsFiguresNeverChange() throws Exception {
        TestTeam team = TestTeam.fresh(mvc, json);
        var rest = new AtomicBoolean();
        var spent = new AtomicInteger();
        var settled = new AtomicInteger();
        try (MovedClock clock = new MovedClock(database);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            clock.standAt(IN_OCTOBER);
            List<String> held = new ArrayList<>();
            for (int n = 0; n < 40; n++) {
                held.add(team.json(team.post("/reservations", HOLD.formatted(86_400)))
                        .get("id")
                        .asString());
            }
            List<Future<?>> work = new ArrayList<>();
            for (int n = 0; n < 4; n++) {
                work.add(threads.submit(() -> {
                    while (!rest.get()) {
                        assertThat(team.post("/calls", CALL)).hasStatus(201);
                        spent.incrementAndGet();
                    }
                }));
            }
            awaitMore(spent, 10);
            clock.standAt(IN_NOVEMBER);
            for (String reservation : held) {
                work.add(threads.submit(() -> {
                    assertThat(team.post("/reservations/" + reservation + "/settle", USED))
                            .hasStatus(200);
                    settled.incrementAndGet();
                }));
            }
            await(settled, 5);

            var closed = close(team, "2027-10");
            JsonNode statement = team.json(closed);
            awaitMore(spent, 10);
            rest.set(true);
            for (Future<?> each : work) {
                each.get();
            }

            assertThat(closed).hasStatus(201);
            assertThat(settled).hasValue(held.size());
            String october = total(team, OCTOBER);
            assertThat(statement.get("cost").asString()).isEqualTo(october);
            assertThat(new BigDecimal(october).add(new BigDecimal(total(team, NOVEMBER))))
                    .as("nothing is lost and nothing is counted twice")
                    .isEqualByComparingTo(new BigDecimal("0.0325")
                            .multiply(BigDecimal.valueOf(spent.get()))
                            .add(new BigDecimal("0.0035").multiply(BigDecimal.valueOf(settled.get()))));
            assertThat(team.admin().get(path(team) + "/2027-10/verification"))
                    .bodyJson()
                    .isLenientlyEqualTo("""
                    {"holds": true}""");
            assertThat(strings("""
                    select e.entry_id from artemis.entries e join artemis.statements s using (tenant_id)
                    where s.tenant_id = (select tenant_id from artemis.tenants where slug = '%s')
                      and date_trunc('month', e.day) = s.month and e.recorded_at > s.closed_at""".formatted(team.slug()))).isEmpty();
            assertThat(windowsThatDoNotAddUp(team)).isEmpty();
        }
    }

    @Test
    void monthsAreClosedInOrderEachOnceAndOnlyWhenTheyAreOver() throws Exception {
        TestTeam team = TestTeam.fresh(mvc, json);
        try (MovedClock clock = new MovedClock(database)) {
            clock.standAt(IN_OCTOBER);
            team.post("/calls", CALL);
            assertThat(close(team, "2027-10")).hasStatus(422);
            clock.standAt(Instant.parse("2028-01-15T12:00:00Z"));
            assertThat(close(team, "2027-11")).hasStatus(422);
            assertThat(close(team, "2027-10")).hasStatus(201);
            assertThat(close(team, "2027-10")).hasStatus(409);
            assertThat(close(team, "2027-12")).hasStatus(422);
            assertThat(close(team, "2027-11")).hasStatus(201);
            assertThat(close(team, "2028-01")).hasStatus(422);
            assertThat(close(team, "soon")).hasStatus(422);
            assertThat(team.post(path(team), "{\"month\": \"2027-12\"}")).hasStatus(403);
            assertThat(team.admin().get(path(team) + "/2027-12")).hasStatus(404);
            assertThat(team.admin().get(path(team))).bodyJson().isLenientlyEqualTo("""
                    {"items": [{"month": "2027-11", "number": 2, "cost": "0"}, {"month": "2027-10", "number": 1}]}""");
            String rates = "/admin/tenants/" + team.slug() + "/chargeback-rates";
            assertThat(team.admin().post(rates, "{\"valid_from\": \"2027-11-30\", \"percent\": 1}"))
                    .hasStatus(409);
            assertThat(team.admin().post(rates, "{\"valid_from\": \"2027-12-01\", \"percent\": 1}"))
                    .hasStatus(201);
        }
    }

    private MvcTestResult close(TestTeam team, String month) {
        return team.admin().post(path(team), "{\"month\": \"" + month + "\"}");
    }

    private static String path(TestTeam team) {
        return "/admin/tenants/" + team.slug() + "/statements";
    }

    private String total(TestTeam team, String period) {
        return team.json(team.get("/costs?" + period)).get("total").asString();
    }

    private static void awaitMore(AtomicInteger counter, int more) {
        await(counter, counter.get() + more);
    }

    private static void await(AtomicInteger counter, int enough) {
        while (counter.get() < enough) {
            Thread.onSpinWait();
        }
    }

    private List<String> windowsThatDoNotAddUp(TestTeam team) throws SQLException {
        return strings("""
                select w.level || ' ' || w.period || ' ' || w.period_start || ': ' || w.spent || ' is not ' || e.cost
                from artemis.windows w cross join lateral (
                  select coalesce(sum(cost), 0) as cost from artemis.entries e
                  where e.tenant_id = w.tenant_id
                    and case w.level when 'tenant' then true when 'project' then e.project_id = w.level_id
                                     else e.key_id = w.level_id end
                    and case w.period when 'daily' then e.day = w.period_start
                                      else date_trunc('month', e.day) = w.period_start end) e
                where w.tenant_id = (select tenant_id from artemis.tenants where slug = '%s')
                  and (w.spent <> e.cost or w.reserved <> 0 and w.period_start < '2027-11-01')""".formatted(team.slug()));
    }

    private void asOwner(String sql) throws SQLException {
        try (var owner = DriverManager.getConnection(
                        database.owner().url(),
                        database.owner().username(),
                        database.owner().password());
                var statement = owner.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private List<String> strings(String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (var owner = DriverManager.getConnection(
                        database.owner().url(),
                        database.owner().username(),
                        database.owner().password());
                var statement = owner.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
