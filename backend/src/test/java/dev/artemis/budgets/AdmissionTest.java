package dev.artemis.budgets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.prices.ModelRef;
import dev.artemis.prices.ServiceTier;
import dev.artemis.prices.Usage;
import dev.artemis.projects.Projects;
import dev.artemis.shared.Caller;
import dev.artemis.shared.KeyId;
import dev.artemis.shared.ReservationId;
import dev.artemis.shared.RunId;
import dev.artemis.shared.Slug;
import dev.artemis.shared.Usd;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.TenantChange;
import dev.artemis.tenants.Tenants;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;

@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class AdmissionTest {

    private static final Usd PRICE_OF_BIG_CALL = Usd.of("0.0325");

    private final Budgets budgets;
    private final Tenants tenants;
    private final Projects projects;

    AdmissionTest(Budgets budgets, Tenants tenants, Projects projects) {
        this.budgets = budgets;
        this.tenants = tenants;
        this.projects = projects;
    }

    @Test
    void recordsExactlyWhatACallCosts() {
        Caller.ForProject caller = aCaller();

        Admission.Tracked small = tracked(budgets.track(caller, aCall("gpt-4o-mini", 1, 1)));
        Admission.Tracked big = tracked(budgets.track(caller, aBigCall()));

        assertThat(small.cost()).isEqualTo(Usd.of("0.00000075"));
        assertThat(small.usage().dailyUsage()).isEqualTo(Usd.of("0.00000075"));
        assertThat(big.cost()).isEqualTo(PRICE_OF_BIG_CALL);
        assertThat(big.usage().monthlyUsage()).isEqualTo(Usd.of("0.03250075"));
        assertThat(big.usage().dailyRemaining()).isNull();
        assertThat(big.usage().limits()).isEmpty();
    }

    @Test
    void refusesTheCallThatWouldCrossALimitAndSpendsNothing() {
        Caller.ForProject caller = aCaller();
        budgets.setLimits(caller.tenant(), new Level.WholeTenant(), Limits.of(Usd.of("0.05"), Usd.of("10")));
        tracked(budgets.track(caller, aBigCall()));

        Admission refused = budgets.track(caller, aBigCall());

        assertThat(refused).isInstanceOfSatisfying(Admission.Refused.class, refusal -> {
            assertThat(refusal.requested()).isEqualTo(PRICE_OF_BIG_CALL);
            assertThat(refusal.limit().scope()).isEqualTo(LimitScope.TENANT);
            assertThat(refusal.limit().period()).isEqualTo(LimitPeriod.DAILY);
            assertThat(refusal.limit().used()).isEqualTo(PRICE_OF_BIG_CALL);
            assertThat(refusal.limit().remaining()).isEqualTo(Usd.of("0.0175"));
        });
        BudgetStatus status = budgets.status(caller.tenant(), caller.project(), null);
        assertThat(status.window(LimitScope.TENANT, LimitPeriod.DAILY).spent()).isEqualTo(PRICE_OF_BIG_CALL);
        assertThat(status.window(LimitScope.PROJECT, LimitPeriod.MONTHLY).spent())
                .isEqualTo(PRICE_OF_BIG_CALL);
    }

    @Test
    void admitsWhatReachesALimitExactly() {
        Caller.ForProject caller = aCaller();
        budgets.setLimits(caller.tenant(), new Level.OfProject(caller.project()), Limits.of(Usd.of("0.065"), null));

        tracked(budgets.track(caller, aBigCall()));
        Admission.Tracked last = tracked(budgets.track(caller, aBigCall()));

        assertThat(last.usage().dailyRemaining()).isEqualTo(Usd.ZERO);
        assertThat(last.overBudget()).isFalse();
        assertThat(budgets.track(caller, aCall("gpt-4o-mini", 1, 0))).isInstanceOf(Admission.Refused.class);
    }

    @Test
    void namesTheLimitWithTheLeastLeftAndOnATieKeyBeforeProjectBeforeTenantDailyBeforeMonthly() {
        Caller.ForProject caller = aCaller();
        KeyId key = java.util.Objects.requireNonNull(caller.key());
        budgets.setLimits(caller.tenant(), new Level.WholeTenant(), Limits.of(Usd.of("0.02"), Usd.of("0.01")));
        assertThat(budgets.track(caller, aBigCall())).isInstanceOfSatisfying(Admission.Refused.class, refusal -> {
            assertThat(refusal.limit().scope()).isEqualTo(LimitScope.TENANT);
            assertThat(refusal.limit().period()).isEqualTo(LimitPeriod.MONTHLY);
        });

        budgets.setLimits(caller.tenant(), new Level.OfProject(caller.project()), Limits.of(null, Usd.of("0.01")));
        assertThat(budgets.track(caller, aBigCall()))
                .isInstanceOfSatisfying(
                        Admission.Refused.class,
                        refusal -> assertThat(refusal.limit().scope()).isEqualTo(LimitScope.PROJECT));

        budgets.setLimits(caller.tenant(), new Level.OfKey(key), Limits.of(Usd.of("0.01"), Usd.of("0.01")));
        assertThat(budgets.track(caller, aBigCall())).isInstanceOfSatisfying(Admission.Refused.class, refusal -> {
            assertThat(refusal.limit().scope()).isEqualTo(LimitScope.KEY);
            assertThat(refusal.limit().period()).isEqualTo(LimitPeriod.DAILY);
        });
    }

    @Test
    void aLimitOfZeroBlocksEvenWhatCostsNothing() {
        Caller.ForProject caller = aCaller();
        budgets.setLimits(caller.tenant(), new Level.WholeTenant(), Limits.of(Usd.ZERO, null));

        assertThat(budgets.track(caller, aCall("gpt-4o", 0, 0))).isInstanceOf(Admission.Refused.class);
    }

    @Test
    void recordModeTellsTheTruthAndBlocksWhatComesAfterIt() {
        Caller.ForProject caller = aCaller();
        budgets.setLimits(caller.tenant(), new Level.WholeTenant(), Limits.of(Usd.of("0.01"), null));

        Admission.Tracked recorded = tracked(budgets.track(
                caller,
                new CallSpending(
                        ModelRef.of("gpt-4o"),
                        Usage.of(5_000, 2_000),
                        ServiceTier.STANDARD,
                        aStage(),
                        null,
                        CallSpending.Mode.RECORD)));

        assertThat(recorded.overBudget()).isTrue();
        assertThat(recorded.usage().dailyRemaining()).isEqualTo(Usd.of("-0.0225"));
        assertThat(recorded.alerts()).hasSize(1);
        assertThat(budgets.track(caller, aCall("gpt-4o-mini", 1, 1))).isInstanceOf(Admission.Refused.class);
    }

    @Test
    void anUnknownModelIsRefusedAndNeverFree() {
        assertThat(budgets.track(aCaller(), aCall("no-such-model", 1, 1))).isInstanceOf(Admission.Unpriced.class);
    }

    @Test
    void aSuspendedTeamSpendsNothing() {
        Caller.ForProject caller = aCaller();
        tenants.change(caller.tenant(), new TenantChange(null, null, true, null));

        assertThat(budgets.track(caller, aBigCall())).isInstanceOf(Admission.Suspended.class);
    }

    @Test
    void aLimitLoweredBelowWhatIsSpentLetsNothingMoreThrough() {
        Caller.ForProject caller = aCaller();
        tracked(budgets.track(caller, aBigCall()));

        budgets.setLimits(caller.tenant(), new Level.WholeTenant(), Limits.of(Usd.of("0.01"), null));

        assertThat(budgets.track(caller, aCall("gpt-4o-mini", 1, 1))).isInstanceOf(Admission.Refused.class);
        assertThat(budgets.status(caller.tenant(), null, null).remaining(LimitPeriod.DAILY))
                .isEqualTo(Usd.of("-0.0225"));
    }

    @Test
    void eachThresholdIsToldOnceAWindow() {
        Caller.ForProject caller = aCaller();
        budgets.setLimits(
                caller.tenant(),
                new Level.OfProject(caller.project()),
                new Limits(Usd.of("0.1"), null, List.of(BigDecimal.valueOf(50), new BigDecimal("32.5"))));

        assertThat(tracked(budgets.track(caller, aBigCall())).alerts())
                .extracting(alert -> alert.threshold().toPlainString())
                .containsExactly("32.5");
        assertThat(tracked(budgets.track(caller, aBigCall())).alerts())
                .containsExactly(new AlertRaised(
                        LimitScope.PROJECT,
                        LimitPeriod.DAILY,
                        BigDecimal.valueOf(50).stripTrailingZeros(),
                        Usd.of("0.065"),
                        Usd.of("0.1")));
        assertThat(tracked(budgets.track(caller, aBigCall())).alerts()).isEmpty();
    }

    @Test
    void aRunIsChargedWhatItUsedButAtMostWhatWasHeld() {
        Caller.ForProject caller = aCaller();
        RunId run = RunId.random();
        budgets.setLimits(caller.tenant(), new Level.WholeTenant(), Limits.of(Usd.of("1"), null));
        var most = new ComputeUsage(BigDecimal.valueOf(10), BigDecimal.valueOf(20));

        RunHolding held = budgets.holdForRun(
                new RunHold(caller.tenant(), caller.project(), caller.key(), null, run, null, "C-7", most));
        RunHolding again = budgets.holdForRun(
                new RunHold(caller.tenant(), caller.project(), caller.key(), null, run, null, "C-7", most));
        assertThat(held).isEqualTo(new RunHolding.Held(Usd.of("0.00015"))).isEqualTo(again);
        assertThat(daily(caller).reserved()).isEqualTo(Usd.of("0.00015"));

        var used = new ComputeUsage(new BigDecimal("1.5"), BigDecimal.valueOf(2000));
        assertThat(budgets.settleRun(caller.tenant(), run, used)).isEqualTo(Usd.of("0.00015"));
        assertThat(budgets.settleRun(caller.tenant(), run, used)).isEqualTo(Usd.of("0.00015"));
        assertThat(daily(caller).reserved()).isEqualTo(Usd.ZERO);
        assertThat(daily(caller).spent()).isEqualTo(Usd.of("0.00015"));
    }

    @Test
    void aReleasedRunCostsNothing() {
        Caller.ForProject caller = aCaller();
        RunId run = RunId.random();
        budgets.holdForRun(new RunHold(
                caller.tenant(),
                caller.project(),
                null,
                null,
                run,
                "testing",
                null,
                new ComputeUsage(BigDecimal.TEN, BigDecimal.TEN)));

        budgets.releaseRun(caller.tenant(), run);
        budgets.releaseRun(caller.tenant(), run);

        assertThat(daily(caller).reserved()).isEqualTo(Usd.ZERO);
        assertThat(daily(caller).spent()).isEqualTo(Usd.ZERO);
    }

    @Test
    void whatARunHoldsIsNoReservationThatItsCallerCouldGiveBack() {
        Caller.ForProject caller = aCaller();
        RunId run = RunId.random();
        var most = new ComputeUsage(BigDecimal.TEN, BigDecimal.TEN);
        budgets.holdForRun(new RunHold(caller.tenant(), caller.project(), null, null, run, "testing", null, most));

        assertThat(budgets.release(caller, new ReservationId(run.value()))).isInstanceOf(Admission.UnknownHold.class);

        assertThat(daily(caller).reserved()).isEqualTo(Usd.of("0.000135"));
    }

    @Test
    void aTeamThatWasSuspendedMeanwhileStillTellsWhatItSpent() {
        Caller.ForProject caller = aCaller();
        tenants.change(caller.tenant(), new TenantChange(null, null, true, null));

        Admission.Tracked recorded = tracked(budgets.track(
                caller,
                new CallSpending(
                        ModelRef.of("gpt-4o"),
                        Usage.of(5_000, 2_000),
                        ServiceTier.STANDARD,
                        aStage(),
                        null,
                        CallSpending.Mode.RECORD)));

        assertThat(recorded.cost()).isEqualTo(PRICE_OF_BIG_CALL);
    }

    private BudgetStatus.Window daily(Caller.ForProject caller) {
        return budgets.status(caller.tenant(), caller.project(), caller.key())
                .window(LimitScope.TENANT, LimitPeriod.DAILY);
    }

    private static CallSpending aBigCall() {
        return aCall("gpt-4o", 5_000, 2_000);
    }

    private static CallSpending aCall(String model, long input, long output) {
        return new CallSpending(
                ModelRef.of(model),
                Usage.of(input, output),
                ServiceTier.STANDARD,
                aStage(),
                null,
                CallSpending.Mode.ENFORCE);
    }

    private static CallLabels aStage() {
        return new CallLabels("development", null, null);
    }

    private static Admission.Tracked tracked(Admission admission) {
        assertThat(admission).isInstanceOf(Admission.Tracked.class);
        return (Admission.Tracked) admission;
    }

    private Caller.ForProject aCaller() {
        Tenant tenant = tenants.create(new Slug("money-" + UUID.randomUUID()), "Team", ZoneId.of("Europe/Berlin"));
        return new Caller.ForProject(
                tenant.id(),
                projects.create(tenant.id(), new Slug("shop"), "Shop").id(),
                KeyId.random(),
                null,
                Set.of(),
                "test");
    }
}
