package dev.artemis.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import dev.artemis.OnDatabase;
import dev.artemis.access.Members;
import dev.artemis.access.Users;
import dev.artemis.budgets.Budgets;
import dev.artemis.budgets.Level;
import dev.artemis.budgets.LimitPeriod;
import dev.artemis.budgets.LimitScope;
import dev.artemis.budgets.Limits;
import dev.artemis.prices.NewPrice;
import dev.artemis.prices.Prices;
import dev.artemis.prices.Rates;
import dev.artemis.prices.Tariff;
import dev.artemis.projects.Project;
import dev.artemis.projects.Projects;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Role;
import dev.artemis.shared.Slug;
import dev.artemis.shared.Usd;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;

/** What a person knows of a call that no program told of. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class RecordCallPageTest extends AtThePages {

    private static final Caller.Admin ADMIN = new Caller.Admin(null, "test");

    private final Projects projects;
    private final Budgets budgets;
    private final Prices prices;

    RecordCallPageTest(
            Tenants tenants, Users users, Members members, Projects projects, Budgets budgets, Prices prices) {
        super(tenants, users, members);
        this.projects = projects;
        this.budgets = budgets;
        this.prices = prices;
    }

    @Test
    void isRecordedOverTheBudgetTooUnlessItShallFit() {
        Tenant team = aTeam();
        Project shop = projects.create(team.id(), new Slug("shop"), "Shop");
        budgets.setLimits(team.id(), new Level.OfProject(shop.id()), Limits.of(Usd.of("0.04"), null));
        signIn(aMember(team, Role.DEVELOPER), null);
        open(Paths.calls(team.slug()));

        click("Record a call");
        click("Record");
        assertThat(inDialog("Model").isInvalid()).isTrue();
        inDialog("Model").setValue("no-such-model");
        inDialog("Stage").setValue("development");
        click("Record");
        assertThat(find(IntegerField.class).withLabel("Output tokens").single().isInvalid())
                .isTrue();
        typed(find(IntegerField.class).withLabel("Input tokens").single(), "5000");
        typed(find(IntegerField.class).withLabel("Output tokens").single(), "2000");
        click("Record");
        assertThat(spent(team)).as("it has no price").isEqualTo(Usd.ZERO);
        inDialog("Model").setValue("gpt-4o");
        Button record = find(Button.class).withText("Record").single();
        record.click();
        record.click();
        assertThat(spent(team)).as("one dialog records one call").isEqualTo(Usd.of("0.0325"));

        for (boolean fits : List.of(true, false)) {
            click("Record a call");
            inDialog("Model").setValue("gpt-4o");
            inDialog("Stage").setValue("development");
            typed(find(IntegerField.class).withLabel("Input tokens").single(), "5000");
            typed(find(IntegerField.class).withLabel("Output tokens").single(), "2000");
            find(Checkbox.class)
                    .withCondition(box -> box.getLabel().startsWith("Only if"))
                    .single()
                    .setValue(fits);
            click("Record");
            assertThat(spent(team)).isEqualTo(Usd.of(fits ? "0.0325" : "0.065"));
            if (fits) {
                click("Cancel");
            }
        }
    }

    @Test
    void isPricedForWhenItHappenedWhichIsNotToCome() {
        Tenant team = aTeam();
        projects.create(team.id(), new Slug("shop"), "Shop");
        String model = "model-" + UUID.randomUUID();
        Instant now = Instant.now();
        Instant changed = now.minus(Duration.ofMinutes(10));
        prices.add(ADMIN, from(model, "1", changed.minus(Duration.ofMinutes(20))));
        prices.add(ADMIN, from(model, "2", changed));
        signIn(aMember(team, Role.DEVELOPER), null);
        open(Paths.calls(team.slug()));

        click("Record a call");
        aCallOf(model);
        DateTimePicker happened = find(DateTimePicker.class).single();
        happened.setValue(local(now.plus(Duration.ofHours(3))));
        click("Record");
        assertThat(happened.isInvalid()).isTrue();
        assertThat(spent(team)).isEqualTo(Usd.ZERO);
        happened.setValue(local(changed.minus(Duration.ofMinutes(5))));
        click("Record");

        assertThat(spent(team)).as("a token each way, at the earlier price").isEqualTo(Usd.of("2"));
    }

    @Test
    void saysAtTheModelWhichProvidersSellIt() {
        Tenant team = aTeam();
        projects.create(team.id(), new Slug("shop"), "Shop");
        String model = "model-" + UUID.randomUUID();
        prices.add(ADMIN, NewPrice.of("seller-one", model, Rates.of("1", "1")));
        prices.add(ADMIN, NewPrice.of("seller-two", model, Rates.of("2", "2")));
        signIn(aMember(team, Role.DEVELOPER), null);
        open(Paths.calls(team.slug()));

        click("Record a call");
        aCallOf(model);
        click("Record");
        assertThat(inDialog("Model").isInvalid()).isTrue();
        assertThat(inDialog("Model").getErrorMessage())
                .endsWith("Several providers sell it, say which: seller-one, seller-two.");
        inDialog("Model").setValue("seller-two/" + model);
        click("Record");

        assertThat(spent(team)).isEqualTo(Usd.of("4"));
    }

    /** With a token each way. */
    private void aCallOf(String model) {
        inDialog("Model").setValue(model);
        inDialog("Stage").setValue("development");
        typed(find(IntegerField.class).withLabel("Input tokens").single(), "1");
        typed(find(IntegerField.class).withLabel("Output tokens").single(), "1");
    }

    private static NewPrice from(String model, String aToken, Instant begin) {
        return new NewPrice("openai", model, Tariff.of(Rates.of(aToken, aToken)), begin, null, false, List.of());
    }

    /** As a clock of the team's shows it. */
    private static LocalDateTime local(Instant at) {
        return LocalDateTime.ofInstant(at, ZoneId.of("Europe/Berlin"));
    }

    /** The page's filters have the same names, and need not be filled. */
    private TextField inDialog(String label) {
        return find(TextField.class)
                .withLabel(label)
                .withCondition(TextField::isRequiredIndicatorVisible)
                .single();
    }

    private Usd spent(Tenant team) {
        return budgets.status(team.id(), null, null)
                .window(LimitScope.TENANT, LimitPeriod.DAILY)
                .spent();
    }

    @Test
    void whoOnlyLooksRecordsNothing() {
        Tenant team = aTeam();
        projects.create(team.id(), new Slug("shop"), "Shop");
        for (Role role : List.of(Role.VIEWER, Role.FINANCE)) {
            signIn(aMember(team, role), null);
            open(Paths.calls(team.slug()));
            assertThat(buttons()).as("%s", role).doesNotContain("Record a call");
        }
    }
}
