package dev.artemis.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridSortOrder;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.provider.SortDirection;
import dev.artemis.OnDatabase;
import dev.artemis.access.Members;
import dev.artemis.access.Users;
import dev.artemis.budgets.Budgets;
import dev.artemis.budgets.CallLabels;
import dev.artemis.budgets.CallSpending;
import dev.artemis.prices.ModelRef;
import dev.artemis.prices.ServiceTier;
import dev.artemis.prices.Usage;
import dev.artemis.projects.Project;
import dev.artemis.projects.Projects;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Role;
import dev.artemis.shared.Scope;
import dev.artemis.shared.Slug;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import dev.artemis.ui.parts.BudgetBar;
import dev.artemis.ui.parts.DayField;
import dev.artemis.ui.parts.Link;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.TestConstructor;

/** Pages that bring themselves up to date take nothing away from whom they are open for. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class StayingPagesTest extends AtThePages {

    private final Projects projects;
    private final Budgets budgets;

    StayingPagesTest(Tenants tenants, Users users, Members members, Projects projects, Budgets budgets) {
        super(tenants, users, members);
        this.projects = projects;
        this.budgets = budgets;
    }

    @Test
    void aCallThatIsReadStaysOpenWhileOthersComeIn() {
        Tenant team = aTeam();
        Caller.ForProject shop = shopOf(team);
        spend(shop, "gpt-4o");
        signIn(aMember(team, Role.VIEWER), null);
        open(Paths.calls(team.slug()));
        Grid<Object> grid = grid();
        Object read = grid.getListDataView().getItem(0);
        grid.setDetailsVisible(read, true);

        for (int call = 0; call < 50; call++) {
            spend(shop, "gpt-4o-mini");
        }
        awaitUntil(() -> grid.getListDataView().getItemCount() == 51);

        assertThat(grid.isAttached()).isTrue();
        assertThat(grid.isDetailsVisible(read)).isTrue();
        assertThat(grid.getListDataView().getItem(50)).isEqualTo(read);
    }

    @ParameterizedTest
    @ValueSource(strings = {"runs", "calls", "reservations"})
    void aFilterThatSomebodyMayBeTypingIntoStaysWhenThePageIsNarrowed(String page) {
        Tenant team = aTeam();
        spend(shopOf(team), "gpt-4o");
        signIn(aMember(team, Role.OWNER), null);
        String path = Paths.dashboard(team.slug()) + "/" + page;
        open(path);
        TextField stage = field("Stage");
        TextField card = field("Card");

        stage.setValue("review");

        assertThat(UI.getCurrent().getActiveViewLocation().getPathWithQueryParameters())
                .contains("stage=review");
        assertThat(List.of(stage, card)).allMatch(Component::isAttached);
        assertThat(heading()).isNotEmpty();
        card.setValue("card-7");
        assertThat(UI.getCurrent().getActiveViewLocation().getPathWithQueryParameters())
                .contains("stage=review", "card=card-7");

        open(path);
        assertThat(field("Stage").getValue()).isEmpty();
        assertThat(field("Card").getValue()).isEmpty();
    }

    @Test
    void theDaysOfCallsFollowTheAddressAndTheChoice() {
        Tenant team = aTeam();
        spend(shopOf(team), "gpt-4o");
        signIn(aMember(team, Role.VIEWER), null);
        open(Paths.calls(team.slug()) + "?from=2026-01-01&to=2026-02-01");
        assertThat(shownDays()).containsExactly("2026-01-01", "2026-01-31");

        find(DayField.class).all().getFirst().setValue(LocalDate.of(2026, 1, 10));
        assertThat(UI.getCurrent().getActiveViewLocation().getPathWithQueryParameters())
                .contains("from=2026-01-10", "to=2026-02-01");
        open(Paths.calls(team.slug()) + "?from=2026-03-01&to=2026-04-01");

        assertThat(shownDays()).containsExactly("2026-03-01", "2026-03-31");
        assertThat(UI.getCurrent().getActiveViewLocation().getPathWithQueryParameters())
                .contains("from=2026-03-01", "to=2026-04-01");
    }

    private List<String> shownDays() {
        return find(DayField.class).all().stream()
                .map(field -> field.getValue().toString())
                .toList();
    }

    @Test
    void theSearchForPricesStaysAndFollowsTheAddress() {
        signInAsAdministrator();
        open(Paths.ADMIN_PRICES);
        TextField search = field("Search models");

        search.setValue("gpt-4o-mini ");

        assertThat(UI.getCurrent().getActiveViewLocation().getPathWithQueryParameters())
                .endsWith("?model=gpt-4o-mini");
        assertThat(search.isAttached()).isTrue();
        assertThat(search.getValue()).isEqualTo("gpt-4o-mini ");
        assertThat(grid().getDataCommunicator().getItemCount()).isPositive().isLessThan(50);
        open(Paths.ADMIN_PRICES + "?model=claude");
        assertThat(search.getValue()).isEqualTo("claude");
    }

    @Test
    void aTableStaysSortedWhileMoneyMoves() {
        Tenant team = aTeam();
        Caller.ForProject shop = shopOf(team);
        spend(shop, "gpt-4o");
        signIn(aMember(team, Role.VIEWER), null);
        open(Paths.costs(team.slug()) + "?by=model");
        Grid<Object> grid = grid();
        var sorted = new GridSortOrder<>(grid.getColumns().getFirst(), SortDirection.DESCENDING);
        grid.sort(List.of(sorted));

        spend(shop, "gpt-4o-mini");
        awaitUntil(() -> grid.getListDataView().getItemCount() == 2);

        assertThat(grid.isAttached()).isTrue();
        assertThat(grid.getSortOrder()).hasSize(1);
        assertThat(((Link) test(grid).getCellComponent(0, 0)).getText()).isEqualTo("gpt-4o-mini");
        assertThat(grid.getColumns().get(1).getFooterText()).startsWith("$0.03");
    }

    @Test
    void soDoesThatOfAllTeams() {
        Caller.ForProject shop = shopOf(aTeam());
        Tenant another = aTeam();
        spend(shop, "gpt-4o");
        signInAsAdministrator();
        open(Paths.ALL_COSTS + "?by=tenant");
        Grid<Object> grid = grid();
        int teams = grid.getListDataView().getItemCount();
        grid.sort(List.of(new GridSortOrder<>(grid.getColumns().getFirst(), SortDirection.DESCENDING)));

        spend(shopOf(another), "gpt-4o-mini");
        awaitUntil(() -> grid.getListDataView().getItemCount() == teams + 1);

        assertThat(grid.isAttached()).isTrue();
        assertThat(grid.getSortOrder()).hasSize(1);
    }

    @Test
    void aDayOfTheTableLeadsToItsCosts() {
        Tenant team = aTeam();
        spend(shopOf(team), "gpt-4o");
        signIn(aMember(team, Role.VIEWER), null);
        LocalDate today = LocalDate.now(team.timeZone());

        open(Paths.costs(team.slug()) + "?by=day&then=model");
        assertThat(((Link) test(grid()).getCellComponent(0, 0)).getHref())
                .contains("from=" + today, "to=" + today.plusDays(1), "by=model");
        open(Paths.costs(team.slug()) + "?period=year&by=month");
        assertThat(((Link) test(grid()).getCellComponent(0, 0)).getHref())
                .contains("from=" + today.withDayOfMonth(1), "by=stage");
        open(Paths.costs(team.slug()) + "?from=" + today + "&to=" + today.plusDays(1) + "&by=day");
        assertThat(test(grid()).getCellComponent(0, 0))
                .as("the page that one is on")
                .isNotInstanceOf(Link.class);
    }

    @Test
    void barsFollowTheMoney() {
        Tenant team = aTeam();
        Caller.ForProject shop = shopOf(team);
        signIn(aMember(team, Role.VIEWER), null);
        for (String page : List.of(Paths.budgets(team.slug()), Paths.project(team.slug(), new Slug("shop")))) {
            open(page);
            List<String> before = bars();
            spend(shop, "gpt-4o");
            awaitUntil(() -> !bars().equals(before));
            assertThat(bars()).allMatch(bar -> bar.contains("0.0") || bar.contains("0.1"));
        }
    }

    @Test
    void theCheckOfTheConfigurationHoldsUpNobody() {
        signInAsAdministrator();
        open(Paths.ADMIN_HEALTH);
        Button again = find(Button.class).withText("Check again").single();

        again.click();

        assertThat(again.getText()).isEqualTo("Checking …");
        awaitUntil(() -> !again.isAttached());
        assertThat(find(Button.class).withText("Check again").single().isEnabled())
                .isTrue();
    }

    @SuppressWarnings("unchecked") // a grid is found by its raw class
    private Grid<Object> grid() {
        return (Grid<Object>) find(Grid.class).all().stream()
                .filter(Component::isAttached)
                .findFirst()
                .orElseThrow();
    }

    private List<String> bars() {
        return find(BudgetBar.class).all().stream()
                .map(bar -> bar.getElement().getTextRecursively())
                .toList();
    }

    private void spend(Caller.ForProject caller, String model) {
        budgets.track(
                caller,
                new CallSpending(
                        ModelRef.of(model),
                        Usage.of(5000, 2000),
                        ServiceTier.STANDARD,
                        new CallLabels("development", null, null),
                        null,
                        CallSpending.Mode.RECORD));
    }

    private Caller.ForProject shopOf(Tenant team) {
        Project project = projects.create(team.id(), new Slug("shop"), "Shop");
        return new Caller.ForProject(
                team.id(), project.id(), null, null, EnumSet.allOf(Scope.class), "developer@example.org");
    }
}
