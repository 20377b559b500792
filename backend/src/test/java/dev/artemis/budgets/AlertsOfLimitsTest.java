package dev.artemis.budgets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.alerts.Alert;
import dev.artemis.alerts.Alerts;
import dev.artemis.projects.Projects;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Usd;
import dev.artemis.tenants.Tenants;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;

/** What was spent before a limit came counts for its thresholds too. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class AlertsOfLimitsTest {

    private final Budgets budgets;
    private final Alerts alerts;
    private final TeamOfTests teams;
    private Caller.ForProject caller;

    AlertsOfLimitsTest(Budgets budgets, Alerts alerts, Tenants tenants, Projects projects) {
        this.budgets = budgets;
        this.alerts = alerts;
        this.teams = new TeamOfTests(tenants, projects);
        this.caller = teams.caller("UTC");
    }

    @BeforeEach
    void freshTeam() {
        caller = teams.caller("UTC");
    }

    @Test
    void aLimitLoweredBelowWhatIsSpentIsToldOnce() {
        budgets.track(caller, TeamOfTests.bigCall(CallSpending.Mode.ENFORCE));
        assertThat(told()).isEmpty();

        budgets.setLimits(caller.tenant(), new Level.WholeTenant(), Limits.of(Usd.of("0.03"), null));
        budgets.setLimits(caller.tenant(), new Level.WholeTenant(), Limits.of(Usd.of("0.02"), null));

        assertThat(told()).containsExactly("tenant daily 80 0.0325 of 0.03");
    }

    @Test
    void aThresholdThatIsAddedBelowWhatIsSpentIsToldAndThoseToldBeforeAreNot() {
        budgets.setLimits(caller.tenant(), new Level.OfProject(caller.project()), limits("80"));
        budgets.track(caller, TeamOfTests.bigCall(CallSpending.Mode.ENFORCE));
        assertThat(told()).containsExactly("project monthly 80 0.0325 of 0.04");

        budgets.setLimits(caller.tenant(), new Level.OfProject(caller.project()), limits("50", "80", "90"));

        assertThat(told())
                .containsExactlyInAnyOrder("project monthly 80 0.0325 of 0.04", "project monthly 50 0.0325 of 0.04");
    }

    @Test
    void whatIsRecordedAgainstALimitOfZeroIsTold() {
        budgets.setLimits(caller.tenant(), new Level.WholeTenant(), Limits.of(Usd.ZERO, null));
        assertThat(told()).as("nothing was spent").isEmpty();

        budgets.track(caller, TeamOfTests.bigCall(CallSpending.Mode.RECORD));
        budgets.track(caller, TeamOfTests.bigCall(CallSpending.Mode.RECORD));

        assertThat(told()).containsExactly("tenant daily 80 0.0325 of 0");
    }

    private static Limits limits(String... thresholds) {
        return new Limits(
                null,
                Usd.of("0.04"),
                List.of(thresholds).stream().map(BigDecimal::new).toList());
    }

    private List<String> told() {
        return alerts.latest(caller.tenant(), 10).stream()
                .map(AlertsOfLimitsTest::line)
                .toList();
    }

    private static String line(Alert alert) {
        return alert.scope() + " " + alert.period() + " " + alert.threshold().toPlainString() + " " + alert.used()
                + " of " + alert.limit();
    }
}
