package dev.artemis.budgets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.db.Database;
import dev.artemis.prices.ModelRef;
import dev.artemis.prices.ServiceTier;
import dev.artemis.prices.Usage;
import dev.artemis.projects.Projects;
import dev.artemis.reports.Costs;
import dev.artemis.reports.Dimension;
import dev.artemis.reports.Span;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Slug;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.Usd;
import dev.artemis.tenants.TenantChange;
import dev.artemis.tenants.Tenants;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;

/** The database's clock moves; windows, holds and roll-ups follow it. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class WindowsOverTimeTest {

    private final Budgets budgets;
    private final ExpireHolds expireHolds;
    private final Costs costs;
    private final Tenants tenants;
    private final Projects projects;
    private final MovedClock clock;

    WindowsOverTimeTest(
            Budgets budgets,
            ExpireHolds expireHolds,
            Costs costs,
            Tenants tenants,
            Projects projects,
            Database database) {
        this.budgets = budgets;
        this.expireHolds = expireHolds;
        this.costs = costs;
        this.tenants = tenants;
        this.projects = projects;
        this.clock = new MovedClock(database);
    }

    @AfterEach
    void clockAgain() throws Exception {
        clock.close();
    }

    @Test
    void aNewDayBeginsAtTheTeamsMidnightAlsoWhenTheClocksChange() throws Exception {
        Caller.ForProject caller = aCaller("Europe/Berlin");
        budgets.setLimits(caller.tenant(), new Level.WholeTenant(), Limits.of(Usd.of("0.04"), null));

        clock.standAt(Instant.parse("2027-03-28T21:59:59.999Z"));
        assertThat(budgets.track(caller, aBigCall())).isInstanceOf(Admission.Tracked.class);
        assertThat(budgets.track(caller, aBigCall()))
                .isInstanceOfSatisfying(
                        Admission.Refused.class,
                        refused -> assertThat(refused.limit().resetsAt()).isEqualTo("2027-03-28T22:00:00Z"));

        clock.standAt(Instant.parse("2027-03-28T22:00:00Z"));
        assertThat(budgets.track(caller, aBigCall()))
                .isInstanceOfSatisfying(
                        Admission.Tracked.class,
                        tracked -> assertThat(tracked.usage().dailyUsage()).isEqualTo(Usd.of("0.0325")));
        assertThat(days(caller.tenant())).containsExactly("2027-03-28", "2027-03-29");
    }

    @Test
    void theDayOnWhichTheClocksGoBackHas25Hours() throws Exception {
        Caller.ForProject caller = aCaller("Europe/Berlin");
        budgets.setLimits(caller.tenant(), new Level.WholeTenant(), Limits.of(Usd.of("0.04"), null));

        clock.standAt(Instant.parse("2027-10-30T22:00:00Z"));
        assertThat(budgets.track(caller, aBigCall())).isInstanceOf(Admission.Tracked.class);
        clock.standAt(Instant.parse("2027-10-31T22:59:59.999Z"));
        assertThat(budgets.track(caller, aBigCall()))
                .isInstanceOfSatisfying(
                        Admission.Refused.class,
                        refused -> assertThat(refused.limit().resetsAt()).isEqualTo("2027-10-31T23:00:00Z"));

        clock.standAt(Instant.parse("2027-10-31T23:00:00Z"));
        assertThat(budgets.track(caller, aBigCall()))
                .isInstanceOfSatisfying(
                        Admission.Tracked.class,
                        tracked -> assertThat(tracked.usage().dailyUsage()).isEqualTo(Usd.of("0.0325")));
        assertThat(days(caller.tenant())).containsExactly("2027-10-31", "2027-11-01");
    }

    @Test
    void aNewTimeZoneBeginsWithTheNextDayAndTheDayInBetweenIsShorter() throws Exception {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        ZoneId tokyo = ZoneId.of("Asia/Tokyo");
        Caller.ForProject caller = aCaller(berlin.getId());
        Instant evening = LocalDate.now(berlin).atTime(23, 0).atZone(berlin).toInstant();
        Instant midnight =
                LocalDate.now(berlin).plusDays(1).atStartOfDay(berlin).toInstant();
        clock.standAt(evening);
        budgets.track(caller, aBigCall());

        tenants.change(caller.tenant(), new TenantChange(null, tokyo, null, null));
        budgets.track(caller, aBigCall());

        assertThat(daily(caller).spent()).as("the day goes on").isEqualTo(Usd.of("0.065"));
        assertThat(daily(caller).resetsAt()).isEqualTo(midnight);
        clock.standAt(midnight);
        budgets.track(caller, aBigCall());
        assertThat(daily(caller).spent()).isEqualTo(Usd.of("0.0325"));
        assertThat(daily(caller).resetsAt())
                .isEqualTo(LocalDate.ofInstant(midnight, berlin)
                        .plusDays(1)
                        .atStartOfDay(tokyo)
                        .toInstant());
    }

    @Test
    void aHoldSettlesInTheWindowsItWasMadeInAlsoAfterMidnight() throws Exception {
        Caller.ForProject caller = aCaller("Asia/Tokyo");
        clock.standAt(Instant.parse("2026-12-31T14:59:00Z"));
        Admission.Held held = reserve(caller);

        clock.standAt(Instant.parse("2026-12-31T15:01:00Z"));
        Admission settled = budgets.settle(
                caller, held.id(), Settlement.of(Usage.of(5_000, 2_000)), tracked -> "{}", Repeatable.NEVER);

        assertThat(settled).isInstanceOfSatisfying(Admission.Tracked.class, tracked -> {
            assertThat(tracked.cost()).isEqualTo(Usd.of("0.0325"));
            assertThat(tracked.usage().dailyUsage()).isEqualTo(Usd.ZERO);
        });
        assertThat(days(caller.tenant())).containsExactly("2026-12-31");
    }

    @Test
    void anExpiredHoldBlocksNothingAndItsLateSettleTellsTheTruth() throws Exception {
        Caller.ForProject caller = aCaller("UTC");
        budgets.setLimits(caller.tenant(), new Level.WholeTenant(), Limits.of(Usd.of("0.04"), null));
        clock.standAt(Instant.parse("2026-12-01T10:00:00Z"));
        Admission.Held held = reserve(caller);
        assertThat(budgets.track(caller, aBigCall())).isInstanceOf(Admission.Refused.class);

        clock.standAt(Instant.parse("2026-12-01T10:10:00Z"));
        assertThat(budgets.track(caller, aBigCall())).isInstanceOf(Admission.Tracked.class);
        assertThat(budgets.reservation(caller, held.id()).orElseThrow().status())
                .isEqualTo("expired");

        assertThat(budgets.settle(
                        caller, held.id(), Settlement.of(Usage.of(5_000, 2_000)), tracked -> "{}", Repeatable.NEVER))
                .isInstanceOfSatisfying(Admission.Tracked.class, tracked -> {
                    assertThat(tracked.overBudget()).isTrue();
                    assertThat(tracked.usage().dailyUsage()).isEqualTo(Usd.of("0.065"));
                });
    }

    @Test
    void theSweepFreesExpiredHoldsOfAQuietTeam() throws Exception {
        Caller.ForProject caller = aCaller("UTC");
        clock.standAt(Instant.parse("2026-12-01T10:00:00Z"));
        reserve(caller);
        assertThat(daily(caller).reserved()).isEqualTo(Usd.of("0.0325"));

        clock.standAt(Instant.parse("2026-12-01T10:10:00Z"));
        expireHolds.sweep();

        assertThat(daily(caller).reserved()).isEqualTo(Usd.ZERO);
    }

    @Test
    void anEntryOutsideAllPreparedMonthsIsKept() throws Exception {
        Caller.ForProject caller = aCaller("UTC");

        clock.standAt(Instant.parse("2031-05-05T05:05:05Z"));
        budgets.track(caller, aBigCall());

        Span may = new Span.Days(LocalDate.parse("2031-05-01"), LocalDate.parse("2031-06-01"));
        assertThat(costs.breakdown(caller.tenant(), null, may, List.of(Dimension.CARD, Dimension.STAGE))
                        .total())
                .isEqualTo(Usd.of("0.0325"));
    }

    private BudgetStatus.Window daily(Caller.ForProject caller) {
        return budgets.status(caller.tenant(), null, null).window(LimitScope.TENANT, LimitPeriod.DAILY);
    }

    private List<String> days(TenantId tenant) {
        Span ever = new Span.Days(LocalDate.parse("2020-01-01"), LocalDate.parse("2030-01-01"));
        return costs.breakdown(tenant, null, ever, List.of(Dimension.DAY)).items().stream()
                .map(line -> line.group().get(Dimension.DAY))
                .toList();
    }

    private Admission.Held reserve(Caller.ForProject caller) {
        Admission admission = budgets.reserve(
                caller,
                new ReservationWish(
                        ModelRef.of("gpt-4o"),
                        Usage.of(5_000, 2_000),
                        ServiceTier.STANDARD,
                        new CallLabels("planning", null, null),
                        Duration.ofMinutes(10)),
                Repeatable.NEVER);
        assertThat(admission).isInstanceOf(Admission.Held.class);
        return (Admission.Held) admission;
    }

    private static CallSpending aBigCall() {
        return new CallSpending(
                ModelRef.of("gpt-4o"),
                Usage.of(5_000, 2_000),
                ServiceTier.STANDARD,
                new CallLabels("development", null, null),
                null,
                CallSpending.Mode.ENFORCE);
    }

    private Caller.ForProject aCaller(String zone) {
        TenantId tenant = tenants.create(new Slug("time-" + UUID.randomUUID()), "Team", ZoneId.of(zone))
                .id();
        return new Caller.ForProject(
                tenant, projects.create(tenant, new Slug("shop"), "Shop").id(), null, null, Set.of(), "test");
    }
}
