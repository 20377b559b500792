package dev.artemis.chargeback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.artemis.OnDatabase;
import dev.artemis.budgets.TestTeam;
import dev.artemis.shared.Problem;
import dev.artemis.shared.Usd;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import tools.jackson.databind.json.JsonMapper;

@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class ChargebackRatesTest {

    private static final LocalDate JUNE = LocalDate.of(2026, 6, 1);

    private final MockMvcTester mvc;
    private final JsonMapper json;

    ChargebackRatesTest(MockMvcTester mvc, JsonMapper json) {
        this.mvc = mvc;
        this.json = json;
    }

    @Test
    void aRateHoldsFromItsDayUntilTheNext() {
        var rates = new RatesByDay(
                List.of(new Rate(JUNE, new BigDecimal("10")), new Rate(JUNE.plusDays(9), new BigDecimal("-2.5"))));

        assertThat(rates.percentOn(JUNE.minusDays(1))).isEqualByComparingTo("0");
        assertThat(rates.percentOn(JUNE)).isEqualByComparingTo("10");
        assertThat(rates.percentOn(JUNE.plusDays(8))).isEqualByComparingTo("10");
        assertThat(rates.percentOn(JUNE.plusYears(1))).isEqualByComparingTo("-2.5");
        assertThat(rates.markup(JUNE.plusDays(9), Usd.of("0.000000000000000001")))
                .isEqualByComparingTo("-25e-21");
    }

    @Test
    void aRateIsWithinReason() {
        for (String percent : List.of("-100.0001", "10000.1", "1.00001")) {
            assertThatThrownBy(() -> new Rate(JUNE, new BigDecimal(percent))).isInstanceOf(Problem.class);
        }
    }

    @Test
    void anAdministratorSetsAndCostStaysWhatItWas() {
        TestTeam team = TestTeam.fresh(mvc, json);
        String path = "/admin/tenants/" + team.slug() + "/chargeback-rates";
        team.post("/calls", """
                {"model": "gpt-4o", "tokens_input": 5000, "tokens_output": 2000, "stage": "development"}""");

        var set = team.admin().post(path, "{\"valid_from\": \"2020-01-01\", \"percent\": 10}");

        assertThat(set).hasStatus(201);
        assertThat(team.admin().get(path)).bodyJson().isLenientlyEqualTo("""
                {"items": [{"valid_from": "2020-01-01", "percent": 10}]}""");
        assertThat(team.get("/reports/costs?format=json&chargeback=true"))
                .bodyJson()
                .isLenientlyEqualTo("""
                {"items": [{"cost": "0.0325", "markup": "0.00325", "charged": "0.03575"}], "total": "0.0325",
                 "total_charged": "0.03575"}""");
        assertThat(team.get("/costs")).bodyJson().extractingPath("$.total").isEqualTo("0.0325");
        assertThat(TestTeam.body(team.get("/reports/costs"))).doesNotContain("markup");
        assertThat(team.post(path, "{\"valid_from\": \"2020-01-01\", \"percent\": 0}"))
                .hasStatus(403);
        assertThat(team.admin().post(path, "{\"valid_from\": \"2020-01-01\", \"percent\": -101}"))
                .hasStatus(422);
        assertThat(team.admin().post(path, "{\"valid_from\": \"soon\", \"percent\": 1}"))
                .hasStatus(400);
        assertThat(team.admin().post(path, "{\"percent\": 1}")).hasStatus(422);
    }

    @Test
    void aRateThatIsReplacedIsInTheAuditLog() {
        TestTeam team = TestTeam.fresh(mvc, json);
        String path = "/admin/tenants/" + team.slug() + "/chargeback-rates";
        team.admin().post(path, "{\"valid_from\": \"2026-01-01\", \"percent\": 10}");
        team.admin().post(path, "{\"valid_from\": \"2026-02-01\", \"percent\": 15}");

        team.admin().post(path, "{\"valid_from\": \"2026-01-01\", \"percent\": 12.5}");

        assertThat(team.admin().get("/admin/audit?tenant=" + team.slug() + "&action=chargeback.set"))
                .bodyJson()
                .isLenientlyEqualTo("""
                {"items": [
                  {"subject": "2026-01-01", "before": {"valid_from": "2026-01-01", "percent": 10},
                   "after": {"valid_from": "2026-01-01", "percent": 12.5}},
                  {"subject": "2026-02-01", "before": null},
                  {"subject": "2026-01-01", "before": null}]}""");
    }
}
