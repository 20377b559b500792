package dev.artemis.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.budgets.Level;
import dev.artemis.budgets.MonthBudgets;
import dev.artemis.budgets.MovedClock;
import dev.artemis.budgets.TestTeam;
import dev.artemis.db.Database;
import dev.artemis.shared.Slug;
import dev.artemis.shared.Usd;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class ComparisonsTest {

    private static final String NOVEMBER = "compare=previous&from=2027-11-01&to=2027-12-01&group_by=";

    private final MockMvcTester mvc;
    private final JsonMapper json;
    private final Database database;
    private final Tenants tenants;
    private final MonthBudgets budgets;
    private final Comparisons comparisons;
    private final ChargedCosts chargedCosts;

    ComparisonsTest(
            MockMvcTester mvc,
            JsonMapper json,
            Database database,
            Tenants tenants,
            MonthBudgets budgets,
            Comparisons comparisons,
            ChargedCosts chargedCosts) {
        this.tenants = tenants;
        this.budgets = budgets;
        this.comparisons = comparisons;
        this.chargedCosts = chargedCosts;
        this.mvc = mvc;
        this.json = json;
        this.database = database;
    }

    @Test
    void costsStandBesideThoseOfTheMonthBefore() throws SQLException {
        TestTeam team = TestTeam.fresh(mvc, json);
        team.limit("{\"daily_limit\": null, \"monthly_limit\": \"10\"}");
        try (MovedClock clock = new MovedClock(database)) {
            clock.standAt(Instant.parse("2027-10-15T12:00:00Z"));
            spend(team, "gone");
            spend(team, "kept");
            clock.standAt(Instant.parse("2027-11-15T12:00:00Z"));
            spend(team, "kept");
            spend(team, "kept");
            spend(team, "new");

            assertThat(team.get("/costs?" + NOVEMBER + "stage")).bodyJson().isLenientlyEqualTo("""
                    {"items": [
                       {"stage": "kept", "calls": 2, "cost": "0.065", "previous_cost": "0.0325", "variance": "0.0325"},
                       {"stage": "new", "cost": "0.0325", "previous_cost": "0", "variance": "0.0325"},
                       {"stage": "gone", "calls": 0, "cost": "0", "previous_cost": "0.0325", "variance": "-0.0325"}],
                     "total": "0.0975", "previous_total": "0.065", "variance": "0.0325"}""");
            assertThat(team.admin().get("/admin/costs?tenant=" + team.slug() + "&" + NOVEMBER + "tenant"))
                    .bodyJson()
                    .isLenientlyEqualTo("""
                    {"items": [{"tenant": "%s", "cost": "0.0975",
                                "budget": {"limit": "10", "used": "0.0975", "left": "9.9025"}}]}""".formatted(team.slug()));
            assertThat(team.get("/costs?" + NOVEMBER + "project")).bodyJson().isLenientlyEqualTo("""
                    {"items": [{"project": "shop", "budget": {"limit": null, "used": "0.0975", "left": null}}]}""");
            assertThat(team.get("/costs?compare=previous&from=2027-10-01&to=2027-11-01&group_by=project"))
                    .bodyJson()
                    .isLenientlyEqualTo("""
                    {"items": [{"project": "shop", "budget": {"limit": null, "used": "0.065", "left": null}}]}""");
            assertThat(team.admin()
                            .get("/admin/costs?compare=previous&from=2027-10-01&to=2027-11-01&group_by=tenant&tenant="
                                    + team.slug()))
                    .as("October's budget stays October's")
                    .bodyJson()
                    .isLenientlyEqualTo("""
                    {"items": [{"budget": {"limit": "10", "used": "0.065", "left": "9.935"}}]}""");
            assertThat(team.get("/costs?" + NOVEMBER + "key")).bodyJson().isLenientlyEqualTo("""
                    {"items": [{"budget": {"used": "0.0975"}}]}""");
        }
    }

    @Test
    void whatHasABudgetHasALineThoughNothingWasSpentOfIt() throws SQLException {
        TestTeam team = TestTeam.fresh(mvc, json);
        String of = "/admin/tenants/" + team.slug();
        team.limit("{\"daily_limit\": null, \"monthly_limit\": \"10\"}");
        assertThat(team.admin().post(of + "/projects", "{\"slug\": \"idle\", \"name\": \"Idle\"}"))
                .hasStatus(201);
        assertThat(team.admin().put(of + "/projects/idle/budget", "{\"daily_limit\": null, \"monthly_limit\": \"4\"}"))
                .hasStatus(200);
        String key = team.json(team.admin().post(of + "/projects/idle/keys", """
                {"name": "k", "scopes": ["costs:read"], "monthly_limit": "3"}"""))
                .get("id")
                .asString();
        String team1 = of + "/costs?compare=previous&from=2027-11-01&to=2027-12-01";

        assertThat(team.admin().get(team1 + "&group_by=tenant")).bodyJson().isLenientlyEqualTo("""
                {"items": [{"tenant": "%s", "cost": "0", "previous_cost": "0",
                            "budget": {"month": "2027-11", "limit": "10", "used": "0", "left": "10"}}], "total": "0"}""".formatted(
                        team.slug()));
        assertThat(team.admin().get(team1 + "&group_by=project")).bodyJson().isLenientlyEqualTo("""
                {"items": [{"project": "idle", "calls": 0, "cost": "0", "budget": {"limit": "4", "left": "4"}}]}""");
        assertThat(team.admin().get(team1 + "&group_by=project,key")).bodyJson().isLenientlyEqualTo("""
                {"items": [{"project": "idle", "key": "%s", "budget": {"limit": "3", "left": "3"}}]}""".formatted(key));
        assertThat(team.admin().get(team1 + "&group_by=stage"))
                .bodyJson()
                .extractingPath("$.items")
                .asArray()
                .isEmpty();
        assertThat(team.get("/costs?" + NOVEMBER + "project"))
                .as("another project's is not this one's affair")
                .bodyJson()
                .extractingPath("$.items")
                .asArray()
                .isEmpty();
    }

    @Test
    void aBudgetSaysOfWhichMonthItIsAndWhoseTheWholeIs() {
        TestTeam team = TestTeam.fresh(mvc, json);
        team.limit("{\"daily_limit\": null, \"monthly_limit\": \"10\"}");
        assertThat(team.admin().put("/admin/tenants/" + team.slug() + "/projects/shop/budget", """
                {"daily_limit": null, "monthly_limit": "7"}"""))
                .hasStatus(200);
        spend(team, "a");
        YearMonth running = YearMonth.now(tenant(team).timeZone());

        assertThat(team.admin()
                        .get("/admin/tenants/" + team.slug() + "/costs?compare=previous&from=2025-01-05&to=2025-01-09"))
                .as("a few days of another month")
                .bodyJson()
                .isLenientlyEqualTo("""
                {"items": [{"cost": "0", "budget": {"month": "%s", "limit": "10", "used": "0.0325", "left": "9.9675"}}]}""".formatted(running));
        assertThat(team.get("/costs?compare=previous")).bodyJson().isLenientlyEqualTo("""
                {"items": [{"cost": "0.0325", "budget": {"month": "%s", "limit": "7", "used": "0.0325"}}]}""".formatted(running));
        assertThat(team.json(team.admin().get("/admin/costs?compare=previous"))
                        .get("items")
                        .get(0)
                        .has("budget"))
                .as("all teams together have none")
                .isFalse();
    }

    @Test
    void aDayIsHeldAgainstTheDayBeforeAndAMonthAgainstTheMonthBefore() throws SQLException {
        TestTeam team = TestTeam.fresh(mvc, json);
        try (MovedClock clock = new MovedClock(database)) {
            for (String day :
                    List.of("2027-10-12", "2027-10-31", "2027-11-01", "2027-11-01", "2027-11-10", "2027-11-12")) {
                clock.standAt(Instant.parse(day + "T12:00:00Z"));
                spend(team, "a");
            }
        }
        List<Comparisons.Part> november =
                List.of(new Comparisons.Part(tenant(team), null, days("2027-11-01", "2027-12-01")));

        Comparison byDay = comparisons.compare(november, List.of(Dimension.DAY), Instant.parse("2027-11-12T18:00:00Z"));
        assertThat(told(byDay, Dimension.DAY))
                .containsExactlyInAnyOrder(
                        "2027-11-01 0.065 0.0325",
                        "2027-11-02 0 0.065",
                        "2027-11-10 0.0325 0",
                        "2027-11-11 0 0.0325",
                        "2027-11-12 0.0325 0");
        assertThat(byDay.total()).isEqualTo(Usd.of("0.13"));
        assertThat(byDay.totalBefore()).as("1 to 12 October").isEqualTo(Usd.of("0.0325"));
        assertThat(told(
                        comparisons.compare(
                                november,
                                List.of(Dimension.MONTH, Dimension.DAY),
                                Instant.parse("2027-12-05T12:00:00Z")),
                        Dimension.MONTH))
                .as("all of it is over now")
                .hasSize(6)
                .allMatch(line -> line.startsWith("2027-11 "));
        List<Comparisons.Part> both =
                List.of(new Comparisons.Part(tenant(team), null, days("2027-10-01", "2028-01-01")));
        assertThat(told(
                        comparisons.compare(both, List.of(Dimension.MONTH), Instant.parse("2027-11-12T18:00:00Z")),
                        Dimension.MONTH))
                .as("the month that runs is held against the same days")
                .containsExactlyInAnyOrder("2027-10 0.065 0", "2027-11 0.13 0.0325");
        assertThat(told(
                        comparisons.compare(both, List.of(Dimension.MONTH), Instant.parse("2028-02-01T12:00:00Z")),
                        Dimension.MONTH))
                .containsExactlyInAnyOrder("2027-10 0.065 0", "2027-11 0.13 0.065", "2027-12 0 0.13");
        assertThat(told(
                        comparisons.compare(
                                List.of(new Comparisons.Part(tenant(team), null, days("2027-11-10", "2027-11-13"))),
                                List.of(Dimension.MONTH),
                                Instant.parse("2028-02-01T12:00:00Z")),
                        Dimension.MONTH))
                .as("a part of a month, against the same part")
                .containsExactly("2027-11 0.065 0.0325");
    }

    @Test
    void daysAndMonthsAreComparedWhoeverAsks() {
        TestTeam team = TestTeam.fresh(mvc, json);
        spend(team, "a");
        LocalDate today = LocalDate.now(tenant(team).timeZone());

        assertThat(team.get("/costs?compare=previous&group_by=day")).bodyJson().isLenientlyEqualTo("""
                {"items": [{"day": "%s", "cost": "0.0325", "previous_cost": "0", "variance": "0.0325"}]}""".formatted(
                        today));
        assertThat(team.admin().get("/admin/costs?compare=previous&group_by=month&tenant=" + team.slug()))
                .bodyJson()
                .isLenientlyEqualTo("""
                {"items": [{"month": "%s", "cost": "0.0325", "previous_cost": "0"}]}""".formatted(YearMonth.from(today)));
        assertThat(team.get("/costs?compare=previous&group_by=day&from=2026-11-01T10:00:00Z&to=2026-11-02T10:00:00Z"))
                .hasStatus(422);
    }

    private static List<String> told(Comparison comparison, Dimension dimension) {
        return comparison.lines().stream()
                .map(line ->
                        line.now().group().get(dimension) + " " + line.now().cost() + " " + line.before())
                .toList();
    }

    @Test
    void projectsOfTheSameNameStayApartAndAreNamedWithTheirTeam() throws SQLException {
        TestTeam one = TestTeam.fresh(mvc, json);
        TestTeam other = TestTeam.fresh(mvc, json, "Asia/Tokyo");
        try (MovedClock clock = new MovedClock(database)) {
            clock.standAt(Instant.parse("2027-11-15T12:00:00Z"));
            spend(one, "a");
            spend(other, "a");
            spend(other, "b");

            for (String query : List.of("compare=previous&", "chargeback=true&", "")) {
                JsonNode answer = one.json(
                        one.admin().get("/admin/costs?" + query + "from=2027-11-01&to=2027-12-01&group_by=project"));
                assertThat(costs(answer, one)).as(query).containsExactly("0.0325");
                assertThat(costs(answer, other)).as(query).containsExactly("0.065");
                BigDecimal sum = BigDecimal.ZERO;
                for (JsonNode item : answer.get("items")) {
                    assertThat(item.get("project").asString()).isNotEmpty();
                    sum = sum.add(new BigDecimal(item.get("cost").asString()));
                }
                assertThat(new BigDecimal(answer.get("total").asString())).isEqualByComparingTo(sum);
            }
            assertThat(one.json(one.admin().get("/admin/costs?" + NOVEMBER + "stage,project"))
                            .get("items"))
                    .anySatisfy(item -> assertThat(item.toString()).contains(one.slug(), "\"stage\":\"a\""));
            assertThat(one.admin().get("/admin/costs?tenant=" + one.slug() + "&" + NOVEMBER + "project"))
                    .bodyJson()
                    .isLenientlyEqualTo("""
                    {"items": [{"project": "shop", "cost": "0.0325", "budget": {"used": "0.0325"}}], "total": "0.0325"}""");
        }
    }

    /** Of several teams the dearest come first whichever team they are of, and however few there are. */
    @Test
    void theDearestOfSeveralTeamsAreInTheOrderOfTheirCost() throws SQLException {
        TestTeam cheap = TestTeam.fresh(mvc, json);
        TestTeam dear = TestTeam.fresh(mvc, json);
        try (MovedClock clock = new MovedClock(database)) {
            clock.standAt(Instant.parse("2027-11-15T12:00:00Z"));
            spend(cheap, "a");
            spend(dear, "b");
            spend(dear, "b");
        }
        List<Comparisons.Part> parts = Stream.of(cheap, dear)
                .map(team -> new Comparisons.Part(tenant(team), null, days("2027-11-01", "2027-12-01")))
                .toList();

        assertThat(comparisons.dearest(parts, List.of(Dimension.STAGE), 2).items())
                .extracting(line -> line.cost().toString())
                .containsExactly("0.065", "0.0325");
        assertThat(comparisons.dearest(parts, List.of(Dimension.STAGE), 1).items())
                .extracting(line -> line.cost().toString())
                .containsExactly("0.065");
    }

    private static List<String> costs(JsonNode answer, TestTeam team) {
        List<String> costs = new ArrayList<>();
        for (JsonNode item : answer.get("items")) {
            if (item.get("tenant").asString().equals(team.slug())) {
                costs.add(item.get("cost").asString());
            }
        }
        return costs;
    }

    @Test
    void whatIsChargedStandsBesideTheCostByTheRateOfEachDay() throws SQLException {
        TestTeam team = TestTeam.fresh(mvc, json);
        String rates = "/admin/tenants/" + team.slug() + "/chargeback-rates";
        assertThat(team.admin().post(rates, "{\"valid_from\": \"2027-11-10\", \"percent\": 10}"))
                .hasStatus(201);
        assertThat(team.admin().post(rates, "{\"valid_from\": \"2027-11-20\", \"percent\": -50}"))
                .hasStatus(201);
        try (MovedClock clock = new MovedClock(database)) {
            for (String day : List.of("05", "15", "25")) {
                clock.standAt(Instant.parse("2027-11-" + day + "T12:00:00Z"));
                spend(team, "a");
            }
            String november = "/costs?chargeback=true&from=2027-11-01&to=2027-12-01";

            assertThat(team.get(november + "&group_by=stage,model")).bodyJson().isLenientlyEqualTo("""
                    {"items": [{"stage": "a", "model": "gpt-4o", "calls": 3, "cost": "0.0975", "markup": "-0.013",
                                "charged": "0.0845"}],
                     "total": "0.0975", "total_markup": "-0.013", "total_charged": "0.0845"}""");
            assertThat(team.get(november + "&group_by=day")).bodyJson().isLenientlyEqualTo("""
                    {"items": [{"day": "2027-11-05", "cost": "0.0325", "markup": "0", "charged": "0.0325"},
                               {"day": "2027-11-15", "cost": "0.0325", "markup": "0.00325", "charged": "0.03575"},
                               {"day": "2027-11-25", "cost": "0.0325", "markup": "-0.01625", "charged": "0.01625"}],
                     "total_markup": "-0.013"}""");
            assertThat(team.get(november)).bodyJson().isLenientlyEqualTo("""
                    {"items": [{"cost": "0.0975", "charged": "0.0845"}], "total": "0.0975"}""");
            assertThat(team.get("/costs?from=2027-11-01&to=2027-12-01"))
                    .bodyJson()
                    .doesNotHavePath("$.items[0].charged");
            assertThat(team.get("/costs?chargeback=true&from=2020-01-01&to=2020-02-01"))
                    .bodyJson()
                    .isLenientlyEqualTo("{\"items\": [{\"calls\": 0, \"charged\": \"0\"}], \"total_charged\": \"0\"}");
            assertThat(team.get(november + "&compare=previous")).hasStatus(422);
        }
    }

    @Test
    void aMonthsBudgetIsTheLimitThatItEndedWith() {
        TestTeam team = TestTeam.fresh(mvc, json);
        team.limit("{\"daily_limit\": null, \"monthly_limit\": \"10\"}");
        spend(team, "a");
        team.limit("{\"daily_limit\": null, \"monthly_limit\": \"20\"}");
        Tenant tenant = tenants.named(new Slug(team.slug()));
        YearMonth now = YearMonth.now(tenant.timeZone());
        var whole = new Level.WholeTenant();

        assertThat(budgets.of(tenant.id(), whole, now, tenant.timeZone()))
                .isEqualTo(new MonthBudgets.MonthBudget(now, Usd.of("20"), Usd.of("0.0325"), Usd.of("19.9675")));
        assertThat(budgets.of(tenant.id(), whole, now.minusMonths(1), tenant.timeZone()))
                .as("both limits were set later")
                .isEqualTo(new MonthBudgets.MonthBudget(now.minusMonths(1), null, Usd.ZERO, null));
    }

    @Test
    void theTimeBeforeIsAsManyMonthsOrAsManyDays() {
        assertThat(days("2026-03-01", "2026-04-01").before()).isEqualTo(days("2026-02-01", "2026-03-01"));
        assertThat(days("2026-01-01", "2026-04-01").before()).isEqualTo(days("2025-10-01", "2026-01-01"));
        assertThat(days("2026-03-02", "2026-03-09").before()).isEqualTo(days("2026-02-23", "2026-03-02"));
        assertThat(new Span.Stretch(Instant.ofEpochSecond(100), Instant.ofEpochSecond(130)).before())
                .isEqualTo(new Span.Stretch(Instant.ofEpochSecond(70), Instant.ofEpochSecond(100)));
    }

    @Test
    void ofATimeThatRunsOnlyAsManyDaysBeforeCount() {
        Span.Days november = days("2026-11-01", "2026-12-01");
        assertThat(november.earlier(LocalDate.parse("2026-11-12"))).isEqualTo(days("2026-10-01", "2026-10-13"));
        assertThat(november.earlier(LocalDate.parse("2026-11-01"))).isEqualTo(days("2026-10-01", "2026-10-02"));
        assertThat(november.earlier(LocalDate.parse("2026-11-30"))).isEqualTo(november.before());
        assertThat(november.earlier(LocalDate.parse("2026-12-15"))).isEqualTo(november.before());
        assertThat(november.earlier(LocalDate.parse("2026-10-15"))).isEqualTo(november.before());
        assertThat(days("2026-03-01", "2026-04-01").earlier(LocalDate.parse("2026-03-30")))
                .as("all of a shorter month")
                .isEqualTo(days("2026-02-01", "2026-03-01"));
        assertThat(days("2026-11-02", "2026-11-09").earlier(LocalDate.parse("2026-11-04")))
                .isEqualTo(days("2026-10-26", "2026-10-29"));
        Instant noon = Instant.parse("2026-11-12T12:00:00Z");
        var stretch = new Span.Stretch(noon.minusSeconds(60), noon.plusSeconds(540));
        assertThat(stretch.earlier(noon.atZone(ZoneOffset.UTC)))
                .isEqualTo(new Span.Stretch(noon.minusSeconds(660), noon.minusSeconds(600)));
        assertThat(stretch.earlier(noon.plusSeconds(540).atZone(ZoneOffset.UTC)))
                .isEqualTo(stretch.before());
    }

    @Test
    void theRunningMonthIsHeldAgainstTheSameDaysWhereverOneAsks() throws SQLException {
        TestTeam team = TestTeam.fresh(mvc, json);
        LocalDate today = LocalDate.now(ZoneId.of("Europe/Berlin"));
        YearMonth before = YearMonth.from(today).minusMonths(1);
        try (MovedClock clock = new MovedClock(database)) {
            for (LocalDate day : List.of(before.atDay(1), before.atEndOfMonth())) {
                clock.standAt(day.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC));
                spend(team, "a");
            }
        }
        // all of a month that ends today, and all of a shorter one, is held against all of the month before
        boolean all = today.getDayOfMonth() >= Math.min(before.lengthOfMonth(), today.lengthOfMonth());
        String expected = all ? "0.065" : "0.0325";

        for (String path : List.of(
                "/admin/costs?tenant=" + team.slug() + "&compare=previous",
                "/admin/tenants/" + team.slug() + "/costs?compare=previous")) {
            assertThat(team.admin().get(path))
                    .as(path)
                    .bodyJson()
                    .extractingPath("$.previous_total")
                    .isEqualTo(expected);
        }
        assertThat(team.get("/costs?compare=previous&group_by=stage"))
                .bodyJson()
                .isLenientlyEqualTo("""
                {"items": [{"stage": "a", "previous_cost": "%1$s"}], "previous_total": "%1$s"}""".formatted(expected));
    }

    @Test
    void whatIsComparedIsThatOfTheMomentThatIsAskedFor() throws SQLException {
        TestTeam team = TestTeam.fresh(mvc, json);
        try (MovedClock clock = new MovedClock(database)) {
            for (String day : List.of("2027-10-01", "2027-10-31")) {
                clock.standAt(Instant.parse(day + "T12:00:00Z"));
                spend(team, "a");
            }
        }
        List<Comparisons.Part> november =
                List.of(new Comparisons.Part(tenant(team), null, days("2027-11-01", "2027-12-01")));

        assertThat(before(november, "2027-11-29T22:59:59Z")).isEqualTo("0.0325");
        assertThat(before(november, "2027-11-29T23:00:00Z"))
                .as("the last day has begun")
                .isEqualTo("0.065");
        assertThat(before(november, "2027-11-30T23:00:00Z")).isEqualTo("0.065");
    }

    private String before(List<Comparisons.Part> parts, String at) {
        return comparisons
                .compare(parts, List.of(), Instant.parse(at))
                .totalBefore()
                .toString();
    }

    @Test
    void whatIsReadAtOneMomentHasACallEverywhereOrNowhere() {
        TestTeam one = TestTeam.fresh(mvc, json);
        TestTeam other = TestTeam.fresh(mvc, json);
        one.limit("{\"daily_limit\": null, \"monthly_limit\": \"10\"}");
        spend(one, "a");
        spend(other, "b");
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        var around = new Span.Days(today.minusDays(1), today.plusDays(3));
        var ofOne = new Comparisons.Part(tenant(one), null, around);
        var ofOther = new Comparisons.Part(tenant(other), null, around);
        List<Dimension> by = List.of(Dimension.PROJECT);

        for (List<Comparisons.Part> parts : List.of(List.of(ofOne), List.of(ofOne, ofOther))) {
            Usd total = comparisons.sum(parts, by).total();
            Usd read = comparisons.atOneMoment(parts, () -> {
                Usd first = comparisons.sum(parts, by).total();
                CompletableFuture.runAsync(() -> spend(one, "late")).join();
                assertThat(chargedCosts.sum(parts, by).cost()).isEqualByComparingTo(first.amount());
                Comparison compared = comparisons.compare(parts, by);
                assertThat(compared.total()).isEqualTo(first);
                assertThat(compared.lines())
                        .hasSize(parts.size())
                        .allSatisfy(line -> assertThat(line.budget()).isNotNull());
                return first;
            });
            assertThat(read).isEqualTo(total);
            assertThat(comparisons.sum(parts, by).total()).isEqualTo(total.plus(Usd.of("0.0325")));
        }
    }

    private Tenant tenant(TestTeam team) {
        return tenants.named(new Slug(team.slug()));
    }

    private static Span.Days days(String from, String to) {
        return new Span.Days(LocalDate.parse(from), LocalDate.parse(to));
    }

    private static void spend(TestTeam team, String stage) {
        assertThat(team.post("/calls", """
                {"model": "gpt-4o", "tokens_input": 5000, "tokens_output": 2000, "stage": "%s"}""".formatted(stage))).hasStatus(201);
    }
}
