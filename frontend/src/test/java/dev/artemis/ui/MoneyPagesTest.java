package dev.artemis.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.QueryParameters;
import dev.artemis.OnDatabase;
import dev.artemis.access.Members;
import dev.artemis.access.PlatformRole;
import dev.artemis.access.SignedIn;
import dev.artemis.access.Users;
import dev.artemis.alerts.AlertChannel;
import dev.artemis.alerts.AlertChannels;
import dev.artemis.prices.Price;
import dev.artemis.prices.Prices;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Role;
import dev.artemis.shared.Slug;
import dev.artemis.shared.UserId;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import dev.artemis.ui.parts.AmountField;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.test.context.TestConstructor;

/** The pages of prices and of alerts. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class MoneyPagesTest extends SpringBrowserlessTest {

    private static final Caller TEST = new Caller.Platform("test");

    private final Tenants tenants;
    private final Users users;
    private final Members members;
    private final Prices prices;
    private final AlertChannels channels;

    MoneyPagesTest(Tenants tenants, Users users, Members members, Prices prices, AlertChannels channels) {
        this.tenants = tenants;
        this.users = users;
        this.members = members;
        this.prices = prices;
        this.channels = channels;
    }

    @AfterEach
    void signOut() {
        SecurityContextHolder.clearContext();
    }

    @Test
    void anAdministratorWritesAPriceSeesItsHistoryAndEndsIt() {
        signIn(aPerson(), PlatformRole.ADMIN);
        UI.getCurrent().navigate(Paths.ADMIN_PRICES, QueryParameters.simple(Map.of("model", "page-model")));

        click("Add price");
        field("Provider").setValue("page");
        field("Model").setValue("page-model");
        amount("Input / 1M").setValue("2.50");
        click("Save");
        assertThat(amount("Output / 1M").isInvalid()).isTrue();
        amount("Output / 1M").setValue("10");
        amount("Cached / 1M").setValue("0.00000000000001");
        click("Save");
        assertThat(amount("Cached / 1M").isInvalid())
                .as("more than 18 places for a token")
                .isTrue();
        amount("Cached / 1M").setValue("1.25");
        click("Save");

        List<Price> written = prices.history("page", "page-model");
        assertThat(written).hasSize(1);
        assertThat(written.getFirst().tariff().basis().input()).isEqualByComparingTo("0.0000025");
        assertThat(written.getFirst().tariff().basis().cacheRead()).isEqualByComparingTo("0.00000125");
        assertThat(written.getFirst().validTo()).isNull();

        ((Button) cell(7)).click();
        Component actions = cell(4);
        actions.getChildren()
                .filter(child ->
                        child instanceof Button button && button.getText().equals("End"))
                .forEach(button -> ((Button) button).click());
        clickLast("End");
        assertThat(prices.history("page", "page-model").getFirst().validTo()).isNotNull();
    }

    @Test
    void anOwnerAddsAWebhookWhoseSecretIsShownOnce() {
        Tenant team = aTeam();
        UserId owner = aPerson();
        members.put(TEST, team.id(), owner, Role.OWNER);
        signIn(owner, null);
        UI.getCurrent().navigate(Paths.alerts(team.slug()));

        click("Add channel");
        kind().setValue(AlertChannel.Kind.WEBHOOK);
        field("Address").setValue("http://example.org/not-secure");
        clickLast("Add channel");
        assertThat(field("Address").isInvalid()).isTrue();
        field("Address").setValue("https://example.org/hook");
        clickLast("Add channel");

        assertThat(channels.all(team.id()))
                .extracting(AlertChannel::target)
                .containsExactly("https://example.org/hook");
        assertThat(snippets()).anyMatch(text -> text.startsWith("whsec_"));
        UI.getCurrent().navigate(Paths.budgets(team.slug()));
        UI.getCurrent().navigate(Paths.alerts(team.slug()));
        assertThat(snippets()).isEmpty();
    }

    @Test
    void aViewerSeesAlertsAndNoChannels() {
        Tenant team = aTeam();
        UserId viewer = aPerson();
        members.put(TEST, team.id(), viewer, Role.VIEWER);
        signIn(viewer, null);

        UI.getCurrent().navigate(Paths.alerts(team.slug()));

        assertThat(find(Button.class).all().stream().map(Button::getText)).doesNotContain("Add channel");
    }

    private Tenant aTeam() {
        return tenants.create(new Slug("money-" + UUID.randomUUID()), "Team", ZoneId.of("Europe/Berlin"));
    }

    private UserId aPerson() {
        return users.addOrFind(TEST, "money-" + UUID.randomUUID() + "@test.example");
    }

    private static void signIn(UserId user, @Nullable PlatformRole role) {
        var person = new SignedIn(user.value(), user + "@test.example", role);
        var authorities = Stream.of("ROLE_USER", role == null ? "ROLE_USER" : "ROLE_" + role)
                .distinct()
                .map(SimpleGrantedAuthority::new)
                .toList();
        SecurityContextHolder.getContext()
                .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(person, null, authorities));
    }

    private List<String> snippets() {
        return find(Pre.class).all().stream().map(Pre::getText).toList();
    }

    private void click(String text) {
        test(find(Button.class)
                        .withCondition(button -> button.getText().equals(text) && button.isAttached())
                        .first())
                .click();
    }

    private void clickLast(String text) {
        test(find(Button.class).all().stream()
                        .filter(button -> button.getText().equals(text))
                        .reduce((first, last) -> last)
                        .orElseThrow())
                .click();
    }

    @SuppressWarnings("unchecked") // a select is found by its raw class
    private Select<AlertChannel.Kind> kind() {
        return (Select<AlertChannel.Kind>) find(Select.class).withLabel("Kind").single();
    }

    /** In the first row of the grid that was opened last. */
    @SuppressWarnings("unchecked") // a grid is found by its raw class
    private Component cell(int column) {
        Grid<Object> grid = (Grid<Object>) find(Grid.class).all().getLast();
        return test(grid).getCellComponent(0, column);
    }

    private TextField field(String label) {
        return find(TextField.class).withLabel(label).single();
    }

    private AmountField amount(String label) {
        return find(AmountField.class).withLabel(label).single();
    }
}
