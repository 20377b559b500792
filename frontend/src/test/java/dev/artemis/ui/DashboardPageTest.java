package dev.artemis.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.ListItem;
import dev.artemis.OnDatabase;
import dev.artemis.access.Members;
import dev.artemis.access.Users;
import dev.artemis.budgets.Budgets;
import dev.artemis.budgets.CallLabels;
import dev.artemis.budgets.CallSpending;
import dev.artemis.budgets.Level;
import dev.artemis.budgets.Limits;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.prices.ModelRef;
import dev.artemis.prices.ServiceTier;
import dev.artemis.prices.Usage;
import dev.artemis.projects.Project;
import dev.artemis.projects.ProjectChange;
import dev.artemis.projects.Projects;
import dev.artemis.runs.RunRequest;
import dev.artemis.runs.Runs;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Role;
import dev.artemis.shared.Scope;
import dev.artemis.shared.Slug;
import dev.artemis.shared.Usd;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import dev.artemis.ui.parts.Link;
import dev.artemis.ui.parts.Note;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestConstructor;

/** What a team's dashboard says. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class DashboardPageTest extends AtThePages {

    private final Projects projects;
    private final Budgets budgets;
    private final Runs runs;
    private final TenantTransactions transactions;
    private final JdbcClient jdbc;

    DashboardPageTest(
            Tenants tenants,
            Users users,
            Members members,
            Projects projects,
            Budgets budgets,
            Runs runs,
            TenantTransactions transactions,
            JdbcClient jdbc) {
        super(tenants, users, members);
        this.projects = projects;
        this.budgets = budgets;
        this.runs = runs;
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    @Test
    void whatRunsIsCountedHoweverMuchWaits() {
        Tenant team = aTeam();
        Caller.ForProject caller = callerOf(team, "shop");
        projects.change(
                team.id(),
                caller.project(),
                new ProjectChange(null, null, null, null, null, new ProjectChange.RunsAtOnce(0)));
        IntStream.range(0, 63).forEach(run -> runs.submit(caller, RunRequest.of("shell", "true")));
        update(team, """
            update runs set status = 'RUNNING', worker_id = gen_random_uuid()
            where run_id in (select run_id from runs order by run_id limit 3)\
            """);
        signIn(aMember(team, Role.VIEWER), null);

        open(Paths.dashboard(team.slug()));

        assertThat(find(Link.class)
                        .withCondition(link -> link.hasClassName("artemis-now-count"))
                        .all())
                .extracting(link -> link.getElement().getTextRecursively())
                .containsExactly("3Running", "60Waiting");
        update(team, "update runs set status = 'CANCELLED', finished_at = now()");
    }

    @Test
    void alertsAreThoseOfTheChosenProject() {
        Tenant team = aTeam();
        Caller.ForProject shop = callerOf(team, "shop");
        callerOf(team, "blog");
        budgets.setLimits(team.id(), new Level.OfProject(shop.project()), Limits.of(Usd.of("0.01"), null));
        spend(shop);
        signIn(aMember(team, Role.VIEWER), null);

        open(Paths.dashboard(team.slug()) + "?project=shop");
        assertThat(alerts()).hasSize(1);
        open(Paths.dashboard(team.slug()) + "?project=blog");
        assertThat(alerts()).isEmpty();
        open(Paths.dashboard(team.slug()));
        assertThat(alerts()).hasSize(1);
    }

    @Test
    void aLimitThatIsUsedUpWasReachedOnTheDayOfItsAlert() {
        Tenant team = aTeam();
        Caller.ForProject shop = callerOf(team, "shop");
        budgets.setLimits(team.id(), new Level.WholeTenant(), Limits.of(null, Usd.of("0.01")));
        spend(shop);
        LocalDate month = LocalDate.now(team.timeZone()).withDayOfMonth(1);
        update(team, """
            insert into alerts (alert_id, tenant_id, level, level_id, period, period_start, threshold, used, limit_amount,
              raised_at)
            select gen_random_uuid(), tenant_id, level, level_id, period, period_start, 100, used, limit_amount,
              timestamptz '%s 12:00+00'
            from alerts\
            """.formatted(month));
        signIn(aMember(team, Role.VIEWER), null);

        open(Paths.dashboard(team.slug()));

        assertThat(find(Link.class).all())
                .extracting(Link::getText)
                .filteredOn(text -> text.startsWith("reached"))
                .singleElement()
                .asString()
                .startsWith("reached on ")
                .contains(" 1,");
    }

    @Test
    void whatIsSpentOrWarnedOfLeadsToWhatItWasSpentOn() {
        Tenant team = aTeam();
        Caller.ForProject shop = callerOf(team, "shop");
        budgets.setLimits(team.id(), new Level.OfProject(shop.project()), Limits.of(Usd.of("0.01"), null));
        spend(shop);
        signIn(aMember(team, Role.VIEWER), null);
        LocalDate today = LocalDate.now(team.timeZone());
        String day = "?from=" + today + "&to=" + today.plusDays(1);
        String month = "?from=" + today.withDayOfMonth(1) + "&to="
                + today.withDayOfMonth(1).plusMonths(1);
        String costs = Paths.costs(team.slug());

        open(Paths.dashboard(team.slug()));
        assertThat(linksSaying("Today: $0.0325 spent, the costs")).containsExactly(costs + day + "&by=stage");
        assertThat(linksSaying("This month: $0.0325 spent, the costs")).containsExactly(costs + month + "&by=stage");
        assertThat(hrefsIn(alerts().getFirst())).containsExactly(Paths.calls(team.slug()) + day + "&project=shop");

        open(Paths.dashboard(team.slug()) + "?project=shop");
        assertThat(hrefsIn(find(Note.class).single()))
                .containsExactly(costs + day + "&by=stage&project=shop", Paths.budgets(team.slug()));

        open(Paths.project(team.slug(), new Slug("shop")));
        assertThat(linksSaying("Today: $0.0325 spent, the costs")).containsExactly(costs + day + "&project=shop");

        open(Paths.budgets(team.slug()));
        assertThat(linksSaying("This month: $0.0325 spent, the costs"))
                .containsExactly(costs + month, costs + month + "&project=shop");
    }

    private List<String> linksSaying(String label) {
        return find(Link.class).all().stream()
                .filter(link -> label.equals(link.getElement().getAttribute("aria-label")))
                .map(Link::getHref)
                .toList();
    }

    private static List<String> hrefsIn(Component part) {
        return Stream.concat(Stream.of(part), part.getChildren())
                .flatMap(one -> one instanceof Link link
                        ? Stream.of(link.getHref())
                        : one == part ? Stream.empty() : hrefsIn(one).stream())
                .toList();
    }

    private List<Component> alerts() {
        return find(ListItem.class).all().stream()
                .map(Component.class::cast)
                .filter(item -> item.getElement().getTextRecursively().contains("0.01"))
                .filter(Component::isAttached)
                .toList();
    }

    private void spend(Caller.ForProject caller) {
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

    private void update(Tenant team, String sql) {
        transactions.inTenant(team.id(), () -> {
            jdbc.sql(sql).update();
        });
    }

    private Caller.ForProject callerOf(Tenant team, String name) {
        Project project = projects.create(team.id(), new Slug(name), name);
        return new Caller.ForProject(
                team.id(), project.id(), null, null, EnumSet.allOf(Scope.class), "developer@example.org");
    }
}
