package dev.artemis.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.router.QueryParameters;
import dev.artemis.OnDatabase;
import dev.artemis.access.ApiKey;
import dev.artemis.access.ApiKeys;
import dev.artemis.access.Members;
import dev.artemis.access.NewApiKey;
import dev.artemis.access.Users;
import dev.artemis.alerts.AlertChannel;
import dev.artemis.alerts.AlertChannels;
import dev.artemis.budgets.Budgets;
import dev.artemis.budgets.CallLabels;
import dev.artemis.budgets.CallSpending;
import dev.artemis.budgets.Level;
import dev.artemis.budgets.Limits;
import dev.artemis.mail.Tongue;
import dev.artemis.prices.ModelRef;
import dev.artemis.prices.Price;
import dev.artemis.prices.PriceAlias;
import dev.artemis.prices.Prices;
import dev.artemis.prices.RateTier;
import dev.artemis.prices.Rates;
import dev.artemis.prices.ServiceTier;
import dev.artemis.prices.Usage;
import dev.artemis.projects.Project;
import dev.artemis.projects.Projects;
import dev.artemis.shared.Caller;
import dev.artemis.shared.KeyId;
import dev.artemis.shared.Role;
import dev.artemis.shared.Scope;
import dev.artemis.shared.Slug;
import dev.artemis.shared.Usd;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import dev.artemis.ui.parts.AmountField;
import dev.artemis.ui.parts.BudgetBar;
import dev.artemis.ui.parts.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;

/** The pages of prices and of alerts. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class MoneyPagesTest extends AtThePages {

    private final Prices prices;
    private final AlertChannels channels;
    private final Projects projects;
    private final ApiKeys keys;
    private final Budgets budgets;

    MoneyPagesTest(
            Tenants tenants,
            Users users,
            Members members,
            Prices prices,
            AlertChannels channels,
            Projects projects,
            ApiKeys keys,
            Budgets budgets) {
        super(tenants, users, members);
        this.prices = prices;
        this.channels = channels;
        this.projects = projects;
        this.keys = keys;
        this.budgets = budgets;
    }

    @Test
    void anAdministratorWritesAPriceSeesItsHistoryAndEndsIt() {
        signInAsAdministrator();
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
        assertThat(cell(2).getElement().getTextRecursively())
                .as("each rate has its name, and one that there is not has none")
                .contains("Input" + "$2.50", "Cached" + "$1.25")
                .doesNotContain("–");
        clickLast("End");
        assertThat(prices.history("page", "page-model").getFirst().validTo()).isNotNull();

        clickLast("Undo");
        assertThat(prices.history("page", "page-model"))
                .singleElement()
                .satisfies(price -> assertThat(price.validTo()).isNull());
    }

    @Test
    @SuppressWarnings("unchecked") // a select is found by its raw class
    void ratesOfATierAreWrittenAndTwoOfTheSameAreSaidAtTheirField() {
        signInAsAdministrator();
        UI.getCurrent().navigate(Paths.ADMIN_PRICES, QueryParameters.simple(Map.of("model", "tier-model")));

        click("Add price");
        field("Provider").setValue("page");
        field("Model").setValue("tier-model");
        amounts("Input / 1M").getFirst().setValue("2");
        amounts("Output / 1M").getFirst().setValue("8");
        click("Add rates of a tier");
        click("Add rates of a tier");
        amounts("Input / 1M").get(1).setValue("1");
        amounts("Output / 1M").get(1).setValue("4");
        amounts("Input / 1M").get(2).setValue("4");
        amounts("Output / 1M").get(2).setValue("12");
        click("Save");
        assertThat(above().getLast().isInvalid()).as("batch twice").isTrue();

        Select<ServiceTier> second = (Select<ServiceTier>)
                find(Select.class).withLabel("Service tier").all().getLast();
        second.setValue(ServiceTier.STANDARD);
        click("Save");
        assertThat(above().getLast().isInvalid())
                .as("the standard rates for all prompts stand above")
                .isTrue();
        typed(above().getLast(), "99999999999");
        click("Save");
        assertThat(above().getLast().isInvalid())
                .as("more than a whole number holds is not nothing")
                .isTrue();
        assertThat(prices.history("page", "tier-model")).isEmpty();
        typed(above().getLast(), "200000");
        click("Save");

        assertThat(prices.history("page", "tier-model").getFirst().tariff().tiers())
                .containsExactlyInAnyOrder(
                        RateTier.standard(Rates.of("0.000002", "0.000008")),
                        new RateTier(ServiceTier.BATCH, 0, Rates.of("0.000001", "0.000004")),
                        new RateTier(ServiceTier.STANDARD, 200_000, Rates.of("0.000004", "0.000012")));
    }

    @Test
    void anotherNameOfAModelIsRemovedOnceThatIsConfirmed() {
        signInAsAdministrator();
        UI.getCurrent().navigate(Paths.ADMIN_PRICES, QueryParameters.simple(Map.of("model", "named-model")));
        click("Add price");
        field("Provider").setValue("page");
        field("Model").setValue("named-model");
        amount("Input / 1M").setValue("2");
        amount("Output / 1M").setValue("8");
        field("Other names").setValue("a-name, b-name");
        click("Save");
        assertThat(names()).contains("a-name", "b-name");

        ((Button) cell(7)).click();
        click("Remove");
        ConfirmDialog asked = find(ConfirmDialog.class).single();
        assertThat(asked.getElement().getProperty("message")).contains("a-name", "named-model");
        assertThat(names()).as("not before it is confirmed").contains("a-name");
        test(asked).confirm();

        assertThat(names()).contains("b-name").doesNotContain("a-name");
        clickLast("Undo");
        assertThat(prices.aliases()).contains(new PriceAlias("a-name", "page", "named-model"));
    }

    private List<String> names() {
        return prices.aliases().stream().map(PriceAlias::alias).toList();
    }

    private List<AmountField> amounts(String label) {
        return find(AmountField.class).withLabel(label).all();
    }

    private List<IntegerField> above() {
        return find(IntegerField.class).withLabel("For prompts of more than").all();
    }

    @Test
    void anOwnerAddsAWebhookWhoseSecretIsShownOnce() {
        Tenant team = aTeam();
        signIn(aMember(team, Role.OWNER), null);
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
    void aChannelThatWasRemovedComesBackAsItWas() {
        Tenant team = aTeam();
        signIn(aMember(team, Role.OWNER), null);
        AlertChannel hook = channels.add(
                        TEST, team.id(), AlertChannel.Kind.WEBHOOK, "https://example.org/hook", Tongue.GERMAN)
                .channel();
        UI.getCurrent().navigate(Paths.alerts(team.slug()));

        ((Button) cell(0, 3)).click();
        test(find(ConfirmDialog.class).single()).confirm();
        assertThat(channels.all(team.id())).isEmpty();
        clickLast("Undo");

        assertThat(channels.all(team.id()))
                .as("with its secret, and who made it")
                .containsExactly(hook);
        ((Button) cell(0, 3)).click();
        test(find(ConfirmDialog.class).all().getLast()).confirm();
        AlertChannel other = channels.add(TEST, team.id(), hook.kind(), hook.target(), Tongue.GERMAN)
                .channel();
        clickLast("Undo");
        assertThat(channels.all(team.id()))
                .as("nor what has another in its place")
                .containsExactly(other);
    }

    @Test
    void aViewerSeesAlertsAndNoChannelsAndOfDeliveriesTheHostAlone() {
        Tenant team = aTeam();
        aDelivery(team, "https://chat.example.org/services/s3cret");

        signIn(aMember(team, Role.OWNER), null);
        UI.getCurrent().navigate(Paths.alerts(team.slug()));
        assertThat(texts()).anyMatch(text -> text.contains("s3cret"));

        signIn(aMember(team, Role.VIEWER), null);
        UI.getCurrent().navigate(Paths.budgets(team.slug()));
        UI.getCurrent().navigate(Paths.alerts(team.slug()));
        assertThat(buttons()).doesNotContain("Add channel");
        assertThat(texts()).contains("https://chat.example.org/…").noneMatch(text -> text.contains("s3cret"));
    }

    @Test
    void anAlertOfAKeyNamesTheKeyAndLeadsToItsCalls() {
        Tenant team = aTeam();
        Project project = projects.create(team.id(), new Slug("shop"), "Shop");
        ApiKey key = keys.create(
                        TEST,
                        team.id(),
                        project.id(),
                        new NewApiKey("build", Set.of(Scope.CALLS_WRITE), null, null, null))
                .key();
        budgets.setLimits(team.id(), new Level.OfKey(key.id()), Limits.of(Usd.of("0.04"), null));
        spend(team, project, key.id());

        signIn(aMember(team, Role.VIEWER), null);
        UI.getCurrent().navigate(Paths.alerts(team.slug()));

        Link link = (Link) cell(0, 1);
        assertThat(link.getText()).isEqualTo("Shop: build");
        assertThat(link.getHref()).startsWith(Paths.calls(team.slug())).contains("project=shop", "key=" + key.id());
        open(link.getHref());
        assertThat(heading()).isEqualTo("Single calls");
        assertThat(texts()).contains("gpt-4o");
    }

    @Test
    void budgetsOfManyProjectsComeWhenTheyAreAskedFor() {
        Tenant team = aTeam();
        for (int project = 1; project <= 22; project++) {
            projects.create(team.id(), new Slug("shop-" + project), "Shop " + project);
        }
        signIn(aMember(team, Role.VIEWER), null);
        open(Paths.budgets(team.slug()));
        assertThat(find(BudgetBar.class).all()).hasSize(2 * (1 + 20));

        click("Show the other projects: 2");

        assertThat(find(BudgetBar.class).all()).hasSize(2 * (1 + 22));
        assertThat(buttons()).noneMatch(text -> text.startsWith("Show the other"));
    }

    private void aDelivery(Tenant team, String hook) {
        channels.add(TEST, team.id(), AlertChannel.Kind.WEBHOOK, hook, Tongue.ENGLISH);
        Project project = projects.create(team.id(), new Slug("shop"), "Shop");
        budgets.setLimits(team.id(), new Level.WholeTenant(), Limits.of(Usd.of("0.04"), null));
        spend(team, project, null);
    }

    private void spend(Tenant team, Project project, @Nullable KeyId key) {
        budgets.track(
                new Caller.ForProject(team.id(), project.id(), key, null, Set.of(), "test"),
                new CallSpending(
                        ModelRef.of("gpt-4o"),
                        Usage.of(5_000, 2_000),
                        ServiceTier.STANDARD,
                        new CallLabels("development", null, null),
                        null,
                        CallSpending.Mode.ENFORCE));
    }

    /** All that stands in the page's tables of text. */
    private List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (Grid<?> grid : find(Grid.class).all()) {
            for (int row = 0; row < test(grid).size(); row++) {
                for (int column = 0; column < grid.getColumns().size(); column++) {
                    texts.add(test(grid).getCellText(row, column));
                }
            }
        }
        return texts;
    }

    @SuppressWarnings("unchecked") // a select is found by its raw class
    private Select<AlertChannel.Kind> kind() {
        return (Select<AlertChannel.Kind>) find(Select.class).withLabel("Kind").single();
    }

    /** In the first row of the grid that was opened last. */
    private Component cell(int column) {
        return cell(find(Grid.class).all().size() - 1, column);
    }

    @SuppressWarnings("unchecked") // a grid is found by its raw class
    private Component cell(int ofGrid, int column) {
        Grid<Object> grid = (Grid<Object>) find(Grid.class).all().get(ofGrid);
        return test(grid).getCellComponent(0, column);
    }
}
