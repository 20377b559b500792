package dev.artemis.ui.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.router.QueryParameters;
import dev.artemis.OnDatabase;
import dev.artemis.access.ApiKeys;
import dev.artemis.access.Members;
import dev.artemis.alerts.Alerts;
import dev.artemis.budgets.Budgets;
import dev.artemis.budgets.CallLabels;
import dev.artemis.budgets.CallSpending;
import dev.artemis.budgets.LimitPeriod;
import dev.artemis.budgets.LimitScope;
import dev.artemis.notices.Changes;
import dev.artemis.prices.ModelRef;
import dev.artemis.prices.ServiceTier;
import dev.artemis.prices.Usage;
import dev.artemis.projects.Project;
import dev.artemis.projects.Projects;
import dev.artemis.reports.Comparisons;
import dev.artemis.reports.Costs;
import dev.artemis.runs.Runs;
import dev.artemis.shared.Acting;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Role;
import dev.artemis.shared.Scope;
import dev.artemis.shared.Slug;
import dev.artemis.shared.UserId;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.parts.Link;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;

/** A dashboard that is open when a day or a month ends. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class GlancesTest extends SpringBrowserlessTest {

    private static final int LOOKS = 40;
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-31T22:59:59Z"));
    private final Tenants tenants;
    private final Projects projects;
    private final Budgets budgets;
    private final TeamFigures figures;
    private final TeamFigures figuresOfToday;

    GlancesTest(
            Tenants tenants,
            Projects projects,
            Budgets budgets,
            Costs costs,
            Comparisons comparisons,
            Runs runs,
            Alerts alerts,
            ApiKeys keys,
            Members members,
            Changes changes) {
        this.tenants = tenants;
        this.projects = projects;
        this.budgets = budgets;
        Clock clock = ((InstantSource) now::get).withZone(BERLIN);
        this.figures = new TeamFigures(budgets, costs, comparisons, runs, alerts, keys, members, changes, clock);
        this.figuresOfToday =
                new TeamFigures(budgets, costs, comparisons, runs, alerts, keys, members, changes, Clock.systemUTC());
    }

    @Test
    void theMonthEndsForNumbersDaysAndLinksAtOnce() {
        TeamScope scope = aTeam();
        List<Project> all = List.of(projects.create(scope.id(), new Slug("shop"), "Shop"));
        DashboardQuery query = DashboardQuery.of(QueryParameters.empty());
        var glances = new Glances(period -> new Glance(scope, null, all, query, period));
        UI.getCurrent().add(glances);

        glances.show(figures.of(scope, query, null, all));
        assertThat(costLinks()).isNotEmpty().allMatch(link -> link.contains("from=2026-01-"));
        Glance before = find(Glance.class).single();
        glances.show(figures.of(scope, query, null, all));
        assertThat(find(Glance.class).single()).as("stays within the month").isSameAs(before);

        now.set(Instant.parse("2026-01-31T23:00:01Z"));
        glances.show(figures.of(scope, query, null, all));
        assertThat(costLinks())
                .filteredOn(link -> link.contains("by=model") || link.contains("by=card"))
                .isNotEmpty()
                .allMatch(link -> link.contains("from=2026-02-01&to=2026-03-01"));
        assertThat(figures.of(scope, query, null, all).today()).isEqualTo("2026-02-01");
    }

    @Test
    void aPageThatKnowsFewerProjectsAnswersForNoOther() {
        TeamScope scope = aTeam();
        DashboardQuery query = DashboardQuery.of(QueryParameters.empty());
        Project shop = projects.create(scope.id(), new Slug("shop"), "Shop");
        Project blog = projects.create(scope.id(), new Slug("blog"), "Blog");

        TeamFigures.Figures old = figures.of(scope, query, null, List.of(shop));
        TeamFigures.Figures fresh = figures.of(scope, query, null, List.of(shop, blog));

        assertThat(old).isNotSameAs(fresh);
        assertThat(figures.of(scope, query, null, List.of(shop, blog)))
                .as("pages that know the same share one look")
                .isEqualTo(fresh);
    }

    @Test
    void whatIsSpentOfABudgetIsOfTheMomentOfTheCostsBesideIt() throws Exception {
        TeamScope scope = aTeam();
        Project shop = projects.create(scope.id(), new Slug("shop"), "Shop");
        DashboardQuery query = DashboardQuery.of(QueryParameters.empty());
        var rest = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> spending = threads.submit(() -> {
                while (!rest.get()) {
                    spend(scope, shop);
                }
            });
            try {
                for (int look = 0; look < LOOKS; look++) {
                    TeamFigures.Figures now = figuresOfToday.of(scope, query, null, List.of(shop));
                    assertThat(now.byDay().total())
                            .isEqualTo(now.budgets()
                                    .window(LimitScope.TENANT, LimitPeriod.MONTHLY)
                                    .spent());
                }
            } finally {
                rest.set(true);
            }
            spending.get();
        }
        TeamFigures.Figures last = figuresOfToday.of(scope, query, null, List.of(shop));
        spend(scope, shop);
        assertThat(figuresOfToday.of(scope, query, null, List.of(shop)).byDay().total())
                .as("a call is seen at once")
                .isGreaterThan(last.byDay().total());
    }

    private void spend(TeamScope scope, Project project) {
        var caller = new Caller.ForProject(
                scope.id(), project.id(), null, null, EnumSet.allOf(Scope.class), "developer@example.org");
        budgets.track(
                caller,
                new CallSpending(
                        ModelRef.of("gpt-4o"),
                        Usage.of(5000, 2000),
                        ServiceTier.STANDARD,
                        new CallLabels("development", null, null),
                        null,
                        CallSpending.Mode.RECORD));
    }

    private List<String> costLinks() {
        return find(Link.class).all().stream()
                .map(Link::getHref)
                .filter(href -> href.contains("/costs?"))
                .toList();
    }

    private TeamScope aTeam() {
        Tenant team = tenants.create(new Slug("glance-" + UUID.randomUUID()), "Team", BERLIN);
        return new TeamScope(team, Acting.as(Role.OWNER), false, new UserId(UUID.randomUUID()), "owner@test.example");
    }
}
