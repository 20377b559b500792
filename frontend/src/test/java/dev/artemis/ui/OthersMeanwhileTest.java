package dev.artemis.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.QueryParameters;
import dev.artemis.OnDatabase;
import dev.artemis.access.Member;
import dev.artemis.access.Members;
import dev.artemis.access.Users;
import dev.artemis.prices.NewPrice;
import dev.artemis.prices.Prices;
import dev.artemis.prices.Rates;
import dev.artemis.projects.Project;
import dev.artemis.projects.Projects;
import dev.artemis.providers.KeyStatus;
import dev.artemis.providers.NewProviderKey;
import dev.artemis.providers.Provider;
import dev.artemis.providers.ProviderKeys;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Role;
import dev.artemis.shared.Slug;
import dev.artemis.shared.UserId;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import dev.artemis.ui.parts.CodeEditor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;

/** What others do meanwhile is not overwritten, arrives on open pages, and holds up nobody. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class OthersMeanwhileTest extends AtThePages {

    private final Members members;
    private final Projects projects;
    private final Prices prices;
    private final ProviderKeys providerKeys;

    OthersMeanwhileTest(
            Tenants tenants,
            Users users,
            Members members,
            Projects projects,
            Prices prices,
            ProviderKeys providerKeys) {
        super(tenants, users, members);
        this.members = members;
        this.projects = projects;
        this.prices = prices;
        this.providerKeys = providerKeys;
    }

    @Test
    void undoOfARoleBringsNobodyBackWhoWasRemovedMeanwhile() {
        Tenant team = aTeam();
        UserId member = aMember(team, Role.VIEWER);
        signIn(aMember(team, Role.OWNER), null);
        open(Paths.members(team.slug()));

        chooseRole(member, "Developer");
        assertThat(role(team, member)).contains(Role.DEVELOPER);
        members.remove(TEST, team.id(), member);
        clickLast("Undo");

        assertThat(role(team, member)).isEmpty();
        assertThat(notices()).anyMatch(text -> text.contains("Somebody else changed this member"));
    }

    @Test
    void undoOfARoleTakesBackOnesOwnChangeAlone() {
        Tenant team = aTeam();
        UserId member = aMember(team, Role.VIEWER);
        signIn(aMember(team, Role.OWNER), null);
        open(Paths.members(team.slug()));

        chooseRole(member, "Developer");
        clickLast("Undo");
        assertThat(role(team, member)).contains(Role.VIEWER);

        chooseRole(member, "Developer");
        members.put(TEST, team.id(), member, Role.FINANCE);
        clickLast("Undo");
        assertThat(role(team, member)).contains(Role.FINANCE);
    }

    @Test
    void whoIsAMemberIsNotAddedWithAnotherRole() {
        Tenant team = aTeam();
        UserId member = aMember(team, Role.VIEWER);
        signIn(aMember(team, Role.OWNER), null);
        open(Paths.members(team.slug()));

        click("Add member");
        field("E-mail").setValue(email(team, member));
        select("Role").setValue(Role.OWNER);
        clickLast("Add member");

        assertThat(role(team, member)).contains(Role.VIEWER);
        assertThat(field("E-mail").isInvalid()).isTrue();
        assertThat(field("E-mail").getErrorMessage()).startsWith("This person is a member already");
    }

    @Test
    void aPriceIsNotMadeFreeBySlipOfAHand() {
        String model = "free-" + UUID.randomUUID();
        prices.add(new Caller.Admin(null, "admin"), NewPrice.of("page", model, Rates.of("0", "0")));
        signInAsAdministrator();
        UI.getCurrent().navigate(Paths.ADMIN_PRICES, QueryParameters.simple(Map.of("model", model)));
        ((Button) cell(7)).click();

        button(cell(4), "Mark as free").click();
        ConfirmDialog asked = find(ConfirmDialog.class).single();
        assertThat(asked.getElement().getProperty("message")).contains(model, "$0.00", "no budget");
        test(asked).cancel();
        assertThat(prices.history("page", model).getFirst().isUsable()).isFalse();

        button(cell(4), "Mark as free").click();
        test(find(ConfirmDialog.class).all().getLast()).confirm();
        assertThat(prices.history("page", model).getFirst().isUsable()).isTrue();
    }

    @Test
    void aNewProjectArrivesOnOpenPages() {
        for (String page : List.of("", "/runs", "/calls")) {
            Tenant team = aTeam();
            projects.create(team.id(), new Slug("shop"), "Shop");
            signIn(aMember(team, Role.OWNER), null);
            open(Paths.dashboard(team.slug()) + page);
            assertThat(offered()).as(page).doesNotContain("Blog").contains("Shop");

            projects.create(team.id(), new Slug("blog"), "Blog");

            awaitUntil(() -> offered().contains("Blog"));
        }
    }

    @Test
    void aNewProjectCanBeChosenForWhatIsTypedAlready() {
        Tenant team = aTeam();
        projects.create(team.id(), new Slug("shop"), "Shop");
        signIn(aMember(team, Role.OWNER), null);
        open(Paths.submit(team.slug()));
        find(CodeEditor.class).first().setValue("print('typed')");

        projects.create(team.id(), new Slug("blog"), "Blog");
        awaitUntil(() -> offered().contains("Blog"));

        assertThat(find(CodeEditor.class).first().getValue()).isEqualTo("print('typed')");
        assertThat(((Project) Objects.requireNonNull(select("Project").getValue())).name())
                .isEqualTo("Shop");
    }

    @Test
    void aProviderThatIsSlowHoldsUpNobody() throws IOException {
        var answers = new CountDownLatch(1);
        HttpServer provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.createContext("/", exchange -> {
            try {
                answers.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        });
        provider.start();
        try {
            Tenant team = aTeam();
            providerKeys.add(
                    TEST,
                    team.id(),
                    new NewProviderKey(
                            Provider.OPENAI_COMPATIBLE,
                            "ours",
                            "compatible-secret-good-7Qx9",
                            "http://127.0.0.1:" + provider.getAddress().getPort()));
            signIn(aMember(team, Role.OWNER), null);
            open(Paths.dashboard(team.slug()) + "/provider-keys");
            assertThat(cell(0).getElement().getTextRecursively()).startsWith("ours" + "By test, ");
            assertThat(cell(1).getElement().getTextRecursively()).contains("http://127.0.0.1:");
            Button ask = button(cell(5), "Ask now");

            ask.click();
            assertThat(ask.getText()).as("before the provider answers").isEqualTo("Asking …");
            assertThat(providerKeys.all(team.id()).getFirst().status()).isNull();

            answers.countDown();
            awaitUntil(() -> cell(3).getElement().getTextRecursively().startsWith("Rejected"));
            assertThat(providerKeys.all(team.id()).getFirst().status()).isEqualTo(KeyStatus.REJECTED);
        } finally {
            answers.countDown();
            provider.stop(0);
        }
    }

    /** The names in all selects. */
    private List<String> offered() {
        return find(Select.class).all().stream()
                .filter(Component::isAttached)
                .map(Select::getListDataView)
                .flatMap(view -> view.getItems().map(Object.class::cast))
                .filter(Project.class::isInstance)
                .map(it -> ((Project) it).name())
                .toList();
    }

    @SuppressWarnings("unchecked") // a select is found by its raw class
    private Select<Object> select(String label) {
        return (Select<Object>) find(Select.class).withLabel(label).all().getLast();
    }

    /** The one that says so. */
    private static Button button(Component within, String text) {
        return within.getChildren()
                .filter(Button.class::isInstance)
                .map(Button.class::cast)
                .filter(it -> it.getText().equals(text))
                .findFirst()
                .orElseThrow();
    }

    /** Of the first row of the last table. */
    @SuppressWarnings("unchecked") // a grid is found by its raw class
    private Component cell(int column) {
        return test((Grid<Object>) find(Grid.class).all().getLast()).getCellComponent(0, column);
    }

    @SuppressWarnings("unchecked") // a grid is found by its raw class
    private void chooseRole(UserId member, String role) {
        Grid<Object> grid = (Grid<Object>) find(Grid.class).single();
        int row = 0;
        while (!((Member) test(grid).getRow(row)).user().equals(member)) {
            row++;
        }
        Select<Role> select = (Select<Role>) test(grid).getCellComponent(row, 1);
        UI.getCurrent().add(select);
        test(select).selectItem(role);
    }

    private Optional<Role> role(Tenant team, UserId person) {
        return members.all(team.id()).stream()
                .filter(member -> member.user().equals(person))
                .findFirst()
                .map(Member::role);
    }

    private String email(Tenant team, UserId person) {
        return members.all(team.id()).stream()
                .filter(member -> member.user().equals(person))
                .findFirst()
                .map(Member::email)
                .orElseThrow();
    }

    private List<String> notices() {
        return find(Notification.class).all().stream()
                .map(notice -> Objects.requireNonNullElse(test(notice).getText(), ""))
                .toList();
    }
}
