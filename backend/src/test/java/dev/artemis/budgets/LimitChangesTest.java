package dev.artemis.budgets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.prices.ModelRef;
import dev.artemis.prices.ServiceTier;
import dev.artemis.prices.Usage;
import dev.artemis.projects.Project;
import dev.artemis.projects.Projects;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Slug;
import dev.artemis.shared.Usd;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;

/** What a change of limits would have meant, and who changed them before. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class LimitChangesTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final int CALLS = 10;

    private final LimitPreviews previews;
    private final LimitHistory history;
    private final Budgets budgets;
    private final History past;
    private final Tenants tenants;
    private final Projects projects;
    private final Clock clock;

    LimitChangesTest(
            LimitPreviews previews,
            LimitHistory history,
            Budgets budgets,
            History past,
            Tenants tenants,
            Projects projects,
            Clock clock) {
        this.previews = previews;
        this.history = history;
        this.budgets = budgets;
        this.past = past;
        this.tenants = tenants;
        this.projects = projects;
        this.clock = clock;
    }

    @Test
    void tellsHowManyCallsOfLastMonthWouldHaveBeenRefused() {
        Instant now = clock.instant();
        YearMonth month = YearMonth.from(now.atZone(BERLIN)).minusMonths(1);
        Project project = aProject();
        callsOn(project, month.atDay(3));
        callsOn(project, month.atDay(4));
        callsOn(project, month.plusMonths(1).atDay(1));
        var level = new Level.OfProject(project.id());

        // ten calls of $0.0325 a day: three fit into $0.10
        LimitPreview daily = previews.lastMonth(project.tenant(), level, Limits.of(Usd.of("0.10"), null), BERLIN, now);
        LimitPreview monthly = previews.lastMonth(
                project.tenant(), new Level.WholeTenant(), Limits.of(null, Usd.of("0.65")), BERLIN, now);

        assertThat(daily).isEqualTo(new LimitPreview(month, 20, 14, Usd.of("0.455"), 2));
        assertThat(monthly).isEqualTo(new LimitPreview(month, 20, 0, Usd.ZERO, 0));
    }

    @Test
    void remembersWhoSetWhatOnEachLevel() {
        Project project = aProject();
        var whole = new Level.WholeTenant();
        var first = new Limits(Usd.of("5"), null, List.of(BigDecimal.valueOf(50)));
        var second = new Limits(Usd.of("7.5"), Usd.of("100"), List.of(BigDecimal.valueOf(50), BigDecimal.valueOf(90)));

        budgets.setLimits(new Caller.Platform("ann"), project.tenant(), whole, first);
        budgets.setLimits(new Caller.Platform("bob"), project.tenant(), whole, second);
        budgets.setLimits(new Caller.Platform("cid"), project.tenant(), new Level.OfProject(project.id()), first);

        List<LimitChange> changes = history.of(project.tenant(), whole);
        assertThat(changes).extracting(LimitChange::actor).containsExactly("bob", "ann");
        assertThat(changes).extracting(LimitChange::after).containsExactly(second, first);
        assertThat(changes).extracting(LimitChange::before).containsExactly(first, Limits.NONE);
    }

    private Project aProject() {
        Tenant team = tenants.create(new Slug("limits-" + UUID.randomUUID()), "Team", BERLIN);
        return projects.create(team.id(), new Slug("shop"), "Shop");
    }

    private void callsOn(Project project, LocalDate day) {
        var caller = new Caller.ForProject(project.tenant(), project.id(), null, null, Set.of(), "test");
        past.record(
                caller,
                day.atTime(0, 30).atZone(BERLIN).toInstant(),
                Collections.nCopies(
                        CALLS,
                        new CallSpending(
                                ModelRef.of("gpt-4o"),
                                new Usage(5_000, 0, 0, 0, 2_000),
                                ServiceTier.STANDARD,
                                new CallLabels("development", null, null),
                                null,
                                CallSpending.Mode.RECORD)));
    }
}
