package dev.artemis.statements;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.budgets.MovedClock;
import dev.artemis.budgets.TestTeam;
import dev.artemis.db.Database;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Closing months. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class ClosingTest extends AtAMonthsEnd {

    private static final String HOLD = """
            {"model": "gpt-4o", "tokens_input": 5000, "max_tokens_output": 2000, "stage": "review", "ttl_seconds": %d}""";

    private static final String USED = "{\"tokens_input\": 1000, \"tokens_output\": 100}";

    ClosingTest(MockMvcTester mvc, JsonMapper json, Database database) {
        super(mvc, json, database);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+999999999-12", "-9999-01", "1969-12", "+10000-01", "0000-01", "2026-13", "soon"})
    void aMonthThatNobodyCanMeanIsRefused(String month) {
        TestTeam team = aTeam();

        assertThat(close(team, month)).hasStatus(422);
        assertThat(team.admin().get(path(team) + "/" + month)).hasStatus(404);
        assertThat(verification(team, month)).hasStatus(404);
    }

    @Test
    void whatComesLateIsACorrectionOfTodayThatRefersToTheMonth() throws Exception {
        TestTeam team = aTeam();
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
            assertThat(entry.get("reason").asString()).isEqualTo("Came when 2027-10 was closed already");
            assertThat(entry.get("closed_month").asString()).isEqualTo("2027-10");
            String focus = TestTeam.body(team.get("/reports/costs?format=focus&" + NOVEMBER));
            assertThat(focus.lines().skip(1)).isNotEmpty().allMatch(line -> line.contains(",Usage,Correction,"));
            assertThat(focusFaults(team, "from=2027-10-01&to=2027-12-01")).isEmpty();
            assertThat(verification(team, "2027-10")).bodyJson().isLenientlyEqualTo("""
                    {"holds": true}""");
            assertThat(windowsThatDoNotAddUp(team)).isEmpty();
        }
    }

    /** In Berlin, whose October ends an hour before Greenwich's; of a year that has been, since no call is told of before it happens. */
    @ParameterizedTest
    @CsvSource({
        "2026-10-31T22:59:59Z, record, correction, 2026-10",
        "2026-10-31T22:59:59Z, enforce, correction, 2026-10",
        "2026-09-30T12:00:00Z, record, correction, 2026-09",
        "2026-10-31T23:00:00Z, record, call,"
    })
    void aCallThatIsToldOfLateIsACorrectionOfTodayThatRefersToItsMonth(
            String occurredAt, String mode, String kind, @Nullable String closedMonth) throws Exception {
        String october = OCTOBER.replace("2027", "2026");
        String november = NOVEMBER.replace("2027", "2026");
        TestTeam team = aTeam();
        try (MovedClock clock = new MovedClock(database)) {
            clock.standAt(Instant.parse("2026-10-31T22:50:00Z"));
            team.post("/calls", CALL);
            clock.standAt(Instant.parse("2026-10-31T23:05:00Z"));
            String early =
                    CALL.replaceFirst("\\{", "{\"occurred_at\": \"" + occurredAt + "\", \"mode\": \"" + mode + "\", ");
            assertThat(close(team, "2026-10")).hasStatus(201);

            JsonNode answer = team.json(team.post("/calls", early));

            assertThat(answer.get("daily_usage").asString()).isEqualTo("0.0325");
            JsonNode entries = team.json(team.get("/calls?" + november)).get("items");
            assertThat(entries).hasSize(1);
            JsonNode entry = entries.get(0);
            assertThat(entry.get("kind").asString()).isEqualTo(kind);
            assertThat(entry.get("closed_month").asString("")).isEqualTo(closedMonth == null ? "" : closedMonth);
            assertThat(entry.get("reason").asString(""))
                    .isEqualTo(closedMonth == null ? "" : "Came when " + closedMonth + " was closed already");
            assertThat(Instant.parse(entry.get("occurred_at").asString())).isEqualTo(Instant.parse(occurredAt));
            assertThat(TestTeam.body(team.get("/reports/costs?format=focus&" + november))
                            .lines()
                            .skip(1))
                    .isNotEmpty()
                    .allMatch(line -> line.contains(",Usage,Correction,") == (closedMonth != null));
            assertThat(total(team, october)).isEqualTo("0.0325");
            assertThat(focusFaults(team, "from=2026-10-01&to=2026-12-01")).isEmpty();
            assertThat(verification(team, "2026-10")).bodyJson().isLenientlyEqualTo("""
                    {"holds": true}""");
            assertThat(windowsThatDoNotAddUp(team)).isEmpty();
        }
    }

    @Test
    void anAdministratorsCorrectionSaysWhyAndWhichClosedMonthItRefersTo() throws Exception {
        try (MovedClock clock = new MovedClock(database)) {
            TestTeam team = spentInTwoMonths(clock);
            String inOctober = onlyEntry(team, OCTOBER);
            String inNovember = onlyEntry(team, NOVEMBER);
            assertThat(close(team, "2027-10")).hasStatus(201);

            assertThat(correct(team, inOctober, "The provider gave it back")).hasStatus(201);
            assertThat(correct(team, inNovember, "Counted twice")).hasStatus(201);

            assertThat(total(team, OCTOBER)).isEqualTo("0.0325");
            List<JsonNode> entries = team.json(team.get("/calls?" + NOVEMBER)).get("items").values().stream()
                    .toList();
            assertThat(entries).hasSize(3);
            assertThat(entries)
                    .filteredOn(entry -> entry.get("refers_to").asString("").equals(inOctober))
                    .singleElement()
                    .satisfies(entry -> {
                        assertThat(entry.get("kind").asString()).isEqualTo("correction");
                        assertThat(entry.get("day").asString()).isEqualTo("2027-11-01");
                        assertThat(entry.get("reason").asString()).isEqualTo("The provider gave it back");
                        assertThat(entry.get("closed_month").asString()).isEqualTo("2027-10");
                    });
            assertThat(entries)
                    .filteredOn(entry -> entry.get("refers_to").asString("").equals(inNovember))
                    .singleElement()
                    .satisfies(entry -> {
                        assertThat(entry.get("reason").asString()).isEqualTo("Counted twice");
                        assertThat(entry.get("closed_month").isNull()).isTrue();
                    });
            assertThat(entries)
                    .filteredOn(entry -> entry.get("id").asString().equals(inNovember))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.get("reason").isNull()).isTrue());
        }
    }

    private static String onlyEntry(TestTeam team, String period) {
        JsonNode items = team.json(team.get("/calls?" + period)).get("items");
        assertThat(items).hasSize(1);
        return items.get(0).get("id").asString();
    }

    private static MvcTestResult correct(TestTeam team, String entry, String reason) {
        return team.admin()
                .post("/admin/tenants/" + team.slug() + "/projects/shop/corrections", """
                {"entry_id": "%s", "amount": "-0.01", "reason": "%s"}""".formatted(entry, reason));
    }

    @Test
    void aMonthIsClosedWhileCallsArriveAndItsFiguresNeverChange() throws Exception {
        TestTeam team = aTeam();
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
            assertThat(verification(team, "2027-10")).bodyJson().isLenientlyEqualTo("""
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
        TestTeam team = aTeam();
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

    @Test
    void whoClosesAMonthAtTheSameTimeAsAnotherIsToldSoAndNumbersHaveNoGap() throws Exception {
        TestTeam team = TestTeam.fresh(mvc, json);
        try (MovedClock clock = new MovedClock(database);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            clock.standAt(IN_OCTOBER);
            team.post("/calls", CALL);
            clock.standAt(Instant.parse("2028-02-01T12:00:00Z"));
            for (String month : List.of("2027-10", "2027-11", "2027-12", "2028-01")) {
                var together = new CyclicBarrier(4);
                List<Future<Integer>> closings = new ArrayList<>();
                for (int n = 0; n < 4; n++) {
                    closings.add(threads.submit(() -> {
                        together.await();
                        return close(team, month).getResponse().getStatus();
                    }));
                }
                List<Integer> answers = new ArrayList<>();
                for (Future<Integer> closing : closings) {
                    answers.add(closing.get());
                }
                assertThat(answers).as(month).containsExactlyInAnyOrder(201, 409, 409, 409);
            }

            assertThat(team.admin().get(path(team))).bodyJson().isLenientlyEqualTo("""
                    {"items": [{"month": "2028-01", "number": 4}, {"month": "2027-12", "number": 3},
                               {"month": "2027-11", "number": 2}, {"month": "2027-10", "number": 1}]}""");
        }
    }

    /** Between the old zone's midnight and the new one's a day could lie in the month that was just closed. */
    @ParameterizedTest
    @CsvSource({
        "Asia/Tokyo, America/Los_Angeles, 2027-11-30T14:59:00Z, 2027-11-30T15:01:00Z, 2027-12-01T09:00:00Z",
        "Europe/Berlin, Asia/Tokyo, 2027-11-30T22:59:00Z, 2027-11-30T23:01:00Z, 2027-12-01T16:00:00Z",
        "Pacific/Kiritimati, Pacific/Pago_Pago, 2027-11-30T09:59:00Z, 2027-11-30T10:01:00Z, 2027-12-01T11:30:00Z"
    })
    void aClosedMonthStaysAsItWasAlsoWhenTheZoneMoved(
            String from, String to, Instant inNovember, Instant inDecember, Instant aDayLater) throws Exception {
        TestTeam team = TestTeam.fresh(mvc, json, from);
        try (MovedClock clock = new MovedClock(database)) {
            clock.standAt(Instant.parse("2027-11-15T12:00:00Z"));
            team.post("/calls", CALL);
            assertThat(move(team, to)).hasStatus(200);
            for (Instant at : List.of(Instant.parse("2027-11-30T09:00:00Z"), inNovember)) {
                clock.standAt(at);
                assertThat(team.post("/calls", CALL)).hasStatus(201);
            }
            clock.standAt(inDecember);
            assertThat(team.post("/calls", CALL)).hasStatus(201);

            assertThat(close(team, "2027-11")).hasStatus(201);
            assertThat(team.post("/calls", CALL)).hasStatus(201);
            clock.standAt(aDayLater);
            assertThat(team.post("/calls", CALL)).hasStatus(201);

            assertThat(verification(team, "2027-11")).bodyJson().isLenientlyEqualTo("""
                    {"holds": true, "statement": {"calls": 3, "cost": "0.0975"}}""");
            assertThat(total(team, "from=2027-12-01&to=2028-01-01")).isEqualTo("0.0975");
            assertThat(windowsThatDoNotAddUp(team)).isEmpty();
            assertThat(focusFaults(team, "from=2027-11-01&to=2028-01-01")).isEmpty();
        }
    }

    /** Whatever else may go wrong: it fails before a figure changes. */
    @Test
    void nothingIsDatedIntoAMonthThatIsClosed() throws Exception {
        TestTeam team = aTeam();
        try (MovedClock clock = new MovedClock(database)) {
            clock.standAt(IN_OCTOBER);
            assertThat(team.post("/calls", CALL)).hasStatus(201);
            String entry = team.json(team.get("/calls?" + OCTOBER))
                    .get("items")
                    .get(0)
                    .get("id")
                    .asString();
            asOwner("""
                    update artemis.tills set closed_before = '2027-11-01'
                    where tenant_id = (select tenant_id from artemis.tenants where slug = '%s')""".formatted(team.slug()));

            assertThat(team.post("/calls", CALL)).hasStatus(500);
            assertThat(team.post("/reservations", HOLD.formatted(60))).hasStatus(500);
            assertThat(team.admin()
                            .post("/admin/tenants/" + team.slug() + "/projects/shop/corrections", """
                            {"entry_id": "%s", "amount": "1", "reason": "late"}""".formatted(entry)))
                    .hasStatus(500);

            assertThat(total(team, OCTOBER)).isEqualTo("0.0325");
            assertThat(windowsThatDoNotAddUp(team)).isEmpty();
        }
    }

    private MvcTestResult move(TestTeam team, String zone) {
        return mvc.patch()
                .uri("/api/v1/admin/tenants/" + team.slug())
                .header("Authorization", "Bearer " + OnDatabase.ADMIN_KEY)
                .contentType("application/json")
                .content("""
                        {"time_zone": "%s"}""".formatted(zone))
                .exchange();
    }

    @Test
    void aStatementsBudgetIsTheLimitThatTheMonthEndedWith() throws Exception {
        TestTeam team = aTeam();
        try (MovedClock clock = new MovedClock(database)) {
            clock.standAt(Instant.parse("2026-09-10T12:00:00Z"));
            team.post("/calls", CALL);
            clock.standAt(Instant.parse("2026-10-10T12:00:00Z"));
            team.post("/calls", CALL);
            clock.standAt(Instant.parse("2026-11-05T12:00:00Z"));
            team.limit("{\"daily_limit\": null, \"monthly_limit\": \"50\"}");
            asOwner("""
                    update artemis.audit_entries set at = '2026-10-15T12:00:00Z'
                    where action = 'budget.changed'
                      and tenant_id = (select tenant_id from artemis.tenants where slug = '%s')""".formatted(team.slug()));
            team.limit("{\"daily_limit\": null, \"monthly_limit\": \"100\"}");

            JsonNode september = team.json(close(team, "2026-09"));
            JsonNode october = team.json(close(team, "2026-10"));

            assertThat(september.get("budget").isNull())
                    .as("there was no limit yet")
                    .isTrue();
            assertThat(october.get("budget").asString())
                    .as("100 came when October was over")
                    .isEqualTo("50");
        }
    }

    private static void awaitMore(AtomicInteger counter, int more) {
        await(counter, counter.get() + more);
    }

    private static void await(AtomicInteger counter, int enough) {
        while (counter.get() < enough) {
            Thread.onSpinWait();
        }
    }
}
