package dev.artemis.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.budgets.CallLabels;
import dev.artemis.budgets.CallSpending;
import dev.artemis.budgets.History;
import dev.artemis.prices.ModelRef;
import dev.artemis.prices.ServiceTier;
import dev.artemis.prices.Usage;
import dev.artemis.projects.Projects;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Slug;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.Usd;
import dev.artemis.tenants.Tenants;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;

@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class ForecastTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private final Costs costs;
    private final History history;
    private final Tenants tenants;
    private final Projects projects;

    ForecastTest(Costs costs, History history, Tenants tenants, Projects projects) {
        this.costs = costs;
        this.history = history;
        this.tenants = tenants;
        this.projects = projects;
    }

    @Test
    void aMonthWillHaveCostWhatItDidAndForEachDayLeftTheMeanOfTheLastSevenThatSpendingHas() {
        Caller.ForProject caller = aCaller();
        spend(caller, "2026-03-05T12:00:00Z", 1);
        spend(caller, "2026-03-07T12:00:00Z", 2);
        spend(caller, "2026-03-10T09:00:00Z", 1);

        Forecast forecast = costs.forecast(caller.tenant(), null, BERLIN, Instant.parse("2026-03-10T12:00:00Z"));

        // 3 calls of 0.0325 in the five days from the 5th to the 9th; today has cost more than that; 21 days are left
        assertThat(forecast).isEqualTo(new Forecast(Usd.of("0.13"), Usd.of("0.0195"), Usd.of("0.5395")));
    }

    @Test
    void onTheFirstDayOfSpendingAllDaysCostWhatTodayDid() {
        Caller.ForProject caller = aCaller();
        spend(caller, "2026-02-27T23:30:00Z", 2);

        Forecast forecast =
                costs.forecast(caller.tenant(), caller.project(), BERLIN, Instant.parse("2026-02-27T23:45:00Z"));

        assertThat(forecast).isEqualTo(new Forecast(Usd.of("0.065"), Usd.of("0.065"), Usd.of("0.065")));
    }

    @Test
    void whereNothingIsSpentNothingIsForetold() {
        Caller.ForProject caller = aCaller();

        assertThat(costs.forecast(caller.tenant(), null, BERLIN, Instant.parse("2026-02-27T23:45:00Z")))
                .isEqualTo(new Forecast(Usd.ZERO, Usd.ZERO, Usd.ZERO));
    }

    private void spend(Caller.ForProject caller, String at, int calls) {
        var call = new CallSpending(
                ModelRef.of("gpt-4o"),
                Usage.of(5000, 2000),
                ServiceTier.STANDARD,
                new CallLabels("development", null, null),
                null,
                CallSpending.Mode.RECORD);
        history.record(caller, Instant.parse(at), Collections.nCopies(calls, call));
    }

    private Caller.ForProject aCaller() {
        TenantId tenant = tenants.create(new Slug("forecast-" + UUID.randomUUID()), "Team", BERLIN)
                .id();
        return new Caller.ForProject(
                tenant, projects.create(tenant, new Slug("one"), "One").id(), null, null, Set.of(), "test");
    }
}
