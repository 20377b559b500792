package dev.artemis.statements;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.budgets.MovedClock;
import dev.artemis.budgets.TestTeam;
import dev.artemis.db.Database;
import dev.artemis.exports.FocusRules;
import dev.artemis.exports.StatementText;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
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
    void whatIsPrintedOfAClosedMonthSaysWhoseItIsAndWhichStatementItBelongsTo() throws Exception {
        TestTeam team = TestTeam.fresh(mvc, json);
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

    @ParameterizedTest
    @ValueSource(strings = {"+999999999-12", "-9999-01", "1969-12", "+10000-01", "0000-01", "2026-13", "soon"})
    void aMonthThatNobodyCanMeanIsRefused(String month) {
        TestTeam team = TestTeam.fresh(mvc, json);

        assertThat(close(team, month)).hasStatus(422);
        assertThat(team.admin().get(path(team) + "/" + month)).hasStatus(404);
        assertThat(team.admin().get(path(team) + "/" + month + "/verification")).hasStatus(404);
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

    /** The second version of the writer of CSV came when months had been sealed already, and seals did not say theirs. */
    @Test
    void aSealOfAnOlderVersionIsCheckedInThatVersion() throws Exception {
        TestTeam team = TestTeam.fresh(mvc, json);
        try (MovedClock clock = new MovedClock(database)) {
            clock.standAt(IN_OCTOBER);
            team.post("/calls", CALL.replace("development", "a;=b"));
            clock.standAt(IN_NOVEMBER);
            JsonNode statement = team.json(close(team, "2027-10"));
            assertThat(statement.get("csv_version").asInt()).isEqualTo(4);
            String file = TestTeam.body(
                    team.admin().get("/admin/reports/costs?format=csv&tenant=" + team.slug() + "&" + OCTOBER));
            assertThat(file).contains(",a;'=b,");
            String before = sha256(file.replace(",a;'=b,", ",a;=b,"));

            assertSealed(team, statement.get("sha256").asString(), "null", """
                    {"holds": true, "csv_version": 2, "statement": {"csv_version": null}}""");
            assertSealed(team, before, "null", """
                    {"holds": true, "csv_version": 1, "statement": {"csv_version": null}}""");
            assertSealed(team, before, "1", """
                    {"holds": true, "csv_version": 1, "statement": {"csv_version": 1}}""");
            assertSealed(team, before, "2", """
                    {"holds": false, "csv_version": 2}""");
            assertSealed(team, sha256("forged"), "null", """
                    {"holds": false, "csv_version": 2}""");
        }
    }

    @Test
    void aSealOfBeforeLookAlikesWereDefusedStillHolds() throws Exception {
        TestTeam team = TestTeam.fresh(mvc, json);
        try (MovedClock clock = new MovedClock(database)) {
            clock.standAt(IN_OCTOBER);
            team.post("/calls", CALL.replace("development", "＝b"));
            clock.standAt(IN_NOVEMBER);
            JsonNode statement = team.json(close(team, "2027-10"));
            String file = TestTeam.body(
                    team.admin().get("/admin/reports/costs?format=csv&tenant=" + team.slug() + "&" + OCTOBER));
            assertThat(file).contains(",'＝b,");
            String before = sha256(file.replace(",'＝b,", ",＝b,"));

            assertSealed(team, statement.get("sha256").asString(), "4", "{\"holds\": true, \"csv_version\": 4}");
            assertSealed(team, before, "3", "{\"holds\": true, \"csv_version\": 3}");
            assertSealed(team, before, "4", "{\"holds\": false, \"csv_version\": 4}");
        }
    }

    /** Checks what is said of October once its seal is that one. */
    private void assertSealed(TestTeam team, String sha256, String version, String said) throws SQLException {
        asOwner("""
                update artemis.statements set sha256 = '%s', csv_version = %s
                where tenant_id = (select tenant_id from artemis.tenants where slug = '%s')""".formatted(sha256, version, team.slug()));
        assertThat(team.admin().get(path(team) + "/2027-10/verification"))
                .hasStatus(200)
                .bodyJson()
                .isLenientlyEqualTo(said);
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
            assertThat(entry.get("reason").asString()).isEqualTo("Came when 2027-10 was closed already");
            assertThat(entry.get("closed_month").asString()).isEqualTo("2027-10");
            String focus = TestTeam.body(team.get("/reports/costs?format=focus&" + NOVEMBER));
            assertThat(focus.lines().skip(1)).isNotEmpty().allMatch(line -> line.contains(",Usage,Correction,"));
            assertThat(focusFaults(team, "from=2027-10-01&to=2027-12-01")).isEmpty();
            assertThat(team.admin().get(path(team) + "/2027-10/verification"))
                    .bodyJson()
                    .isLenientlyEqualTo("""
                    {"holds": true}""");
            assertThat(windowsThatDoNotAddUp(team)).isEmpty();
        }
    }

    @Test
    void anAdministratorsCorrectionSaysWhyAndWhichClosedMonthItRefersTo() throws Exception {
        TestTeam team = TestTeam.fresh(mvc, json);
        try (MovedClock clock = new MovedClock(database)) {
            clock.standAt(IN_OCTOBER);
            team.post("/calls", CALL);
            clock.standAt(IN_NOVEMBER);
            team.post("/calls", CALL);
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

            assertThat(team.admin().get(path(team) + "/2027-11/verification"))
                    .bodyJson()
                    .isLenientlyEqualTo("""
                    {"holds": true, "statement": {"calls": 3, "cost": "0.0975"}}""");
            assertThat(total(team, "from=2027-12-01&to=2028-01-01")).isEqualTo("0.0975");
            assertThat(windowsThatDoNotAddUp(team)).isEmpty();
            assertThat(focusFaults(team, "from=2027-11-01&to=2028-01-01")).isEmpty();
        }
    }

    /** Whatever else may go wrong: it fails before a figure changes. */
    @Test
    void nothingIsDatedIntoAMonthThatIsClosed() throws Exception {
        TestTeam team = TestTeam.fresh(mvc, json);
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

    /** What is wrong with a FOCUS file whose days and months are those of windows. */
    private static List<String> focusFaults(TestTeam team, String period) {
        return FocusRules.ofFile(TestTeam.body(
                team.admin().get("/admin/reports/costs?format=focus&tenant=" + team.slug() + "&" + period)));
    }

    @Test
    void aStatementsBudgetIsTheLimitThatTheMonthEndedWith() throws Exception {
        TestTeam team = TestTeam.fresh(mvc, json);
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
