package dev.artemis.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.dom.Element;
import com.vaadin.flow.internal.nodefeature.ElementData;
import dev.artemis.OnDatabase;
import dev.artemis.access.ApiKey;
import dev.artemis.access.ApiKeys;
import dev.artemis.access.Members;
import dev.artemis.access.NewApiKey;
import dev.artemis.access.Users;
import dev.artemis.budgets.Admission;
import dev.artemis.budgets.Budgets;
import dev.artemis.budgets.CallLabels;
import dev.artemis.budgets.CallSpending;
import dev.artemis.budgets.HoldStatus;
import dev.artemis.budgets.LimitPeriod;
import dev.artemis.budgets.LimitScope;
import dev.artemis.budgets.Repeatable;
import dev.artemis.budgets.ReservationWish;
import dev.artemis.budgets.Settlement;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.prices.ModelRef;
import dev.artemis.prices.ServiceTier;
import dev.artemis.prices.Usage;
import dev.artemis.projects.Project;
import dev.artemis.projects.Projects;
import dev.artemis.shared.Caller;
import dev.artemis.shared.KeyId;
import dev.artemis.shared.ReservationId;
import dev.artemis.shared.Role;
import dev.artemis.shared.Scope;
import dev.artemis.shared.Slug;
import dev.artemis.shared.Usd;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import dev.artemis.ui.parts.Link;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestConstructor;

/** What is held for calls is seen where its sum stands, and given back by whoever may. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class ReservationPageTest extends AtThePages {

    private static final Pattern EXPIRES = Pattern.compile("Expires in (\\d+) min");

    private final Projects projects;
    private final ApiKeys keys;
    private final Budgets budgets;
    private final TenantTransactions transactions;
    private final JdbcClient jdbc;

    ReservationPageTest(
            Tenants tenants,
            Users users,
            Members members,
            Projects projects,
            ApiKeys keys,
            Budgets budgets,
            TenantTransactions transactions,
            JdbcClient jdbc) {
        super(tenants, users, members);
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.projects = projects;
        this.keys = keys;
        this.budgets = budgets;
    }

    @Test
    void theReservedFigureLeadsToWhatItIsMadeOf() {
        Tenant team = aTeam();
        Project shop = projects.create(team.id(), new Slug("shop"), "Shop");
        ApiKey key = keys.create(
                        TEST, team.id(), shop.id(), new NewApiKey("build", Set.of(Scope.CALLS_WRITE), null, null, null))
                .key();
        reserve(shop, key.id(), "CARD-7");
        signIn(aMember(team, Role.FINANCE), null);

        for (String page : List.of(Paths.dashboard(team.slug()), Paths.project(team.slug(), shop.slug()))) {
            open(page);
            Link reserved = find(Link.class).all().stream()
                    .filter(link -> link.getHref().startsWith(Paths.reservations(team.slug()))
                            && link.getText().equals("$0.0525"))
                    .findFirst()
                    .orElseThrow();
            open(reserved.getHref());
            assertThat(heading()).as(page).isEqualTo("Reservations");
            assertThat(texts()).as(page).contains("$0.0525", "review", "CARD-7");
            assertThat(texts()).as(page).anyMatch(text -> text.endsWith("build"));
        }
        assertThat(states()).singleElement().asString().contains("Held");
        assertThat(minutesLeft()).isBetween(1L, 10L);
        assertThat(releases()).as("finance only looks").isEmpty();
    }

    @Test
    void whatIsReleasedIsFreeAtOnceOnceThatIsConfirmed() {
        Tenant team = aTeam();
        Project shop = projects.create(team.id(), new Slug("shop"), "Shop");
        reserve(shop, null, null);
        signIn(aMember(team, Role.DEVELOPER), null);
        open(Paths.reservations(team.slug()));

        releases().getFirst().click();
        ConfirmDialog asked = find(ConfirmDialog.class).single();
        assertThat(asked.getElement().getProperty("message")).contains("$0.0525", "Shop", "gpt-4o", "review");
        assertThat(reserved(team)).as("not before it is confirmed").isEqualTo(Usd.of("0.0525"));
        test(asked).confirm();

        assertThat(reserved(team)).isEqualTo(Usd.ZERO);
        eventually(() -> titles().contains("Nothing is held now"));
        choose(HoldStatus.RELEASED);
        assertThat(states()).containsExactly("Released");
        assertThat(releases()).isEmpty();
    }

    /** What is made anew has lost the focus, and two reservations of one amount have buttons of one name. */
    @Test
    void whatOneStandsOnStaysWhileMinutesPass() {
        Tenant team = aTeam();
        Project shop = projects.create(team.id(), new Slug("shop"), "Shop");
        reserve(shop, null, "CARD-1");
        reserve(shop, null, "CARD-2");
        signIn(aMember(team, Role.DEVELOPER), null);
        open(Paths.reservations(team.slug()));
        List<Button> before = drawn();
        assertThat(before).hasSize(2);
        long left = minutesLeft();

        soonerBy(team, Duration.ofMinutes(3));
        budgets.track(
                program(shop, null),
                new CallSpending(
                        ModelRef.of("gpt-4o"),
                        Usage.of(1, 1),
                        ServiceTier.STANDARD,
                        new CallLabels("review", null, null),
                        null,
                        CallSpending.Mode.RECORD));
        eventually(() -> minutesLeft() <= left - 3);

        assertThat(drawn()).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void whatWasSettledMeanwhileIsNotReleased() {
        Tenant team = aTeam();
        Project shop = projects.create(team.id(), new Slug("shop"), "Shop");
        ReservationId id = reserve(shop, null, null);
        signIn(aMember(team, Role.OWNER), null);
        open(Paths.reservations(team.slug()));
        Button release = releases().getFirst();

        budgets.settle(program(shop, null), id, Settlement.of(Usage.of(5_000, 2_000)), tracked -> "", Repeatable.NEVER);
        release.click();
        test(find(ConfirmDialog.class).single()).confirm();

        assertThat(notices()).anyMatch(text -> text.contains("was settled"));
        choose(null);
        assertThat(states()).singleElement().asString().contains("Settled", "$0.0325");
    }

    @Test
    void isNarrowedByItsAddressAndSaysWhereNothingIsLikeThat() {
        Tenant team = aTeam();
        Project shop = projects.create(team.id(), new Slug("shop"), "Shop");
        projects.create(team.id(), new Slug("other"), "Other");
        reserve(shop, null, "CARD-1");
        reserve(shop, null, "CARD-2");
        signIn(aMember(team, Role.VIEWER), null);

        open(Paths.reservations(team.slug()) + "?card=CARD-2");
        assertThat(texts()).contains("CARD-2").doesNotContain("CARD-1");
        open(Paths.reservations(team.slug(), new Slug("other")));
        assertThat(titles()).contains("No reservation is like that");
        open(Paths.reservations(team.slug()) + "?status=any&model=gpt-4o&stage=review");
        assertThat(states()).hasSize(2);
        assertThat(releases()).as("a viewer only looks").isEmpty();
    }

    /** As if that time had passed. */
    private void soonerBy(Tenant team, Duration time) {
        transactions.inTenant(
                team.id(),
                () -> jdbc.sql("update holds set expires_at = expires_at - make_interval(secs => :seconds)")
                        .param("seconds", time.toSeconds())
                        .update());
    }

    private ReservationId reserve(Project project, @Nullable KeyId key, @Nullable String card) {
        Admission held = budgets.reserve(
                program(project, key),
                new ReservationWish(
                        ModelRef.of("gpt-4o"),
                        Usage.of(5_000, 4_000),
                        ServiceTier.STANDARD,
                        new CallLabels("review", null, card),
                        ReservationWish.DEFAULT_TIME_TO_LIVE),
                Repeatable.NEVER);
        return ((Admission.Held) held).id();
    }

    private static Caller.ForProject program(Project project, @Nullable KeyId key) {
        return new Caller.ForProject(project.tenant(), project.id(), key, null, Set.of(), "test");
    }

    private Usd reserved(Tenant team) {
        return budgets.status(team.id(), null, null)
                .window(LimitScope.TENANT, LimitPeriod.DAILY)
                .reserved();
    }

    @SuppressWarnings("unchecked") // a select is found by its raw class
    private void choose(@Nullable HoldStatus status) {
        ((Select<HoldStatus>) find(Select.class).withLabel("Status").single()).setValue(status);
    }

    private List<String> titles() {
        return find(H2.class).all().stream().map(H2::getText).toList();
    }

    private List<String> notices() {
        return find(Notification.class).all().stream()
                .map(notice -> notice.getElement().getProperty("text", "")
                        + notice.getElement().getTextRecursively())
                .toList();
    }

    /** What stands under "Status". */
    private List<String> states() {
        List<String> states = new ArrayList<>();
        Grid<Object> grid = grid();
        int column = columnOf(grid, "Status");
        for (int row = 0; row < test(grid).size(); row++) {
            states.add(test(grid).getCellComponent(row, column).getElement().getTextRecursively());
        }
        return states;
    }

    /** The most that any says, however long the test has taken so far. */
    private long minutesLeft() {
        return states().stream()
                .mapToLong(state -> {
                    Matcher minutes = EXPIRES.matcher(state);
                    assertThat(minutes.find()).as(state).isTrue();
                    return Long.parseLong(minutes.group(1));
                })
                .max()
                .orElseThrow();
    }

    private List<Button> releases() {
        List<Button> buttons = new ArrayList<>();
        Grid<Object> grid = grid();
        int column = columnOf(grid, "Actions");
        for (int row = 0; column >= 0 && row < test(grid).size(); row++) {
            if (test(grid).getCellComponent(row, column) instanceof Button button) {
                buttons.add(button);
            }
        }
        return buttons;
    }

    /** The buttons that are in the page: asking a cell makes one of its own. */
    private List<Button> drawn() {
        List<Button> drawn = new ArrayList<>();
        grid().getElement().getNode().visitNodeTree(node -> {
            if (node.hasFeature(ElementData.class)
                    && Element.get(node).getComponent().orElse(null) instanceof Button button
                    && button.getText().equals("Release")) {
                drawn.add(button);
            }
        });
        return drawn;
    }

    private List<String> texts() {
        List<String> texts = new ArrayList<>();
        Grid<Object> grid = grid();
        for (int row = 0; row < test(grid).size(); row++) {
            for (int column = 0; column < grid.getColumns().size(); column++) {
                texts.add(test(grid).getCellText(row, column));
            }
        }
        return texts;
    }

    private static int columnOf(Grid<Object> grid, String header) {
        for (int column = 0; column < grid.getColumns().size(); column++) {
            if (header.equals(grid.getColumns().get(column).getHeaderText())) {
                return column;
            }
        }
        return -1;
    }

    @SuppressWarnings("unchecked") // a grid is found by its raw class
    private Grid<Object> grid() {
        return (Grid<Object>) find(Grid.class).single();
    }

    private void eventually(BooleanSupplier seen) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!seen.getAsBoolean()) {
            assertThat(System.nanoTime()).as("seen within 10 s").isLessThan(end);
            Thread.onSpinWait();
            roundTrip();
        }
    }
}
