package dev.artemis.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.budgets.MovedClock;
import dev.artemis.budgets.TestTeam;
import dev.artemis.db.Database;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import tools.jackson.databind.json.JsonMapper;

@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class ComparisonsTest {

    private static final String NOVEMBER = "compare=previous&from=2027-11-01&to=2027-12-01&group_by=";

    private final MockMvcTester mvc;
    private final JsonMapper json;
    private final Database database;

    ComparisonsTest(MockMvcTester mvc, JsonMapper json, Database database) {
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
            assertThat(team.get("/costs?" + NOVEMBER + "key")).bodyJson().isLenientlyEqualTo("""
                    {"items": [{"budget": {"used": "0.0975"}}]}""");
        }
    }

    @Test
    void theTimeBeforeIsAsManyMonthsOrAsManyDays() {
        assertThat(days("2026-03-01", "2026-04-01").before()).isEqualTo(days("2026-02-01", "2026-03-01"));
        assertThat(days("2026-01-01", "2026-04-01").before()).isEqualTo(days("2025-10-01", "2026-01-01"));
        assertThat(days("2026-03-02", "2026-03-09").before()).isEqualTo(days("2026-02-23", "2026-03-02"));
        assertThat(new Span.Stretch(Instant.ofEpochSecond(100), Instant.ofEpochSecond(130)).before())
                .isEqualTo(new Span.Stretch(Instant.ofEpochSecond(70), Instant.ofEpochSecond(100)));
    }

    private static Span days(String from, String to) {
        return new Span.Days(LocalDate.parse(from), LocalDate.parse(to));
    }

    private static void spend(TestTeam team, String stage) {
        assertThat(team.post("/calls", """
                {"model": "gpt-4o", "tokens_input": 5000, "tokens_output": 2000, "stage": "%s"}""".formatted(stage))).hasStatus(201);
    }
}
