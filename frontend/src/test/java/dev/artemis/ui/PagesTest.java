package dev.artemis.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.textfield.BigDecimalField;
import com.vaadin.flow.component.textfield.TextField;
import dev.artemis.OnDatabase;
import dev.artemis.access.Members;
import dev.artemis.access.PlatformRole;
import dev.artemis.access.SignedIn;
import dev.artemis.access.Users;
import dev.artemis.budgets.Budgets;
import dev.artemis.budgets.Level;
import dev.artemis.budgets.Limits;
import dev.artemis.projects.Project;
import dev.artemis.projects.ProjectChange;
import dev.artemis.projects.Projects;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Role;
import dev.artemis.shared.Slug;
import dev.artemis.shared.Usd;
import dev.artemis.shared.UserId;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import dev.artemis.ui.parts.AmountField;
import dev.artemis.ui.parts.CodeEditor;
import dev.artemis.ui.parts.EmptyState;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.test.context.TestConstructor;

@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class PagesTest extends SpringBrowserlessTest {

    private static final Caller TEST = new Caller.Platform("test");
    private static final AtomicInteger count = new AtomicInteger();

    private final Tenants tenants;
    private final Projects projects;
    private final Users users;
    private final Members members;
    private final Budgets budgets;

    PagesTest(Tenants tenants, Projects projects, Users users, Members members, Budgets budgets) {
        this.tenants = tenants;
        this.projects = projects;
        this.users = users;
        this.members = members;
        this.budgets = budgets;
    }

    @AfterEach
    void signOut() {
        SecurityContextHolder.clearContext();
    }

    @Test
    void whoDidNotSignInIsSentToTheDoor() {
        Tenant team = aTeam();

        open(Paths.dashboard(team.slug()));

        assertThat(getCurrentView()).isInstanceOf(SignInView.class);
    }

    @Test
    void aTeamOfOthersDoesNotExist() {
        Tenant theirs = aTeam();
        signIn(aMember(aTeam(), Role.OWNER), null);

        open(Paths.dashboard(theirs.slug()));

        assertThat(heading()).isEqualTo("Not found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/projects", "/runs", "/costs", "/budgets", "/alerts", "/members", "/submit"})
    void everyPageOfAnEmptyTeamSaysWhatToDoFirst(String page) {
        Tenant team = aTeam();
        signIn(aMember(team, Role.OWNER), null);

        open(Paths.dashboard(team.slug()) + page);

        assertThat(find(H1.class).all()).hasSize(1);
        boolean told = find(EmptyState.class).exists() || page.equals("/budgets") || page.equals("/members");
        assertThat(told).isTrue();
    }

    @Test
    void finance_seesCostsAndNeitherRunsNorKeys() {
        Tenant team = aTeam();
        Project project = projects.create(team.id(), new Slug("shop"), "Shop");
        signIn(aMember(team, Role.FINANCE), null);

        open(Paths.costs(team.slug()));
        assertThat(heading()).isEqualTo("Costs");

        open(Paths.runs(team.slug()));
        assertThat(heading()).isEqualTo("Not for this role");

        open(Paths.project(team.slug(), project.slug()));
        assertThat(buttons()).doesNotContain("New key", "Submit code");
    }

    @Test
    void aViewerMayNotSubmit() {
        Tenant team = aTeam();
        projects.create(team.id(), new Slug("shop"), "Shop");
        signIn(aMember(team, Role.VIEWER), null);

        open(Paths.runs(team.slug()));
        assertThat(buttons()).doesNotContain("Submit code");

        open(Paths.submit(team.slug()));
        assertThat(heading()).isEqualTo("Not for this role");
    }

    @ParameterizedTest
    @ValueSource(strings = {Paths.ADMIN_TEAMS, Paths.ADMIN_HEALTH, Paths.ADMIN_PRICES, Paths.ADMIN_AUDIT})
    void pagesOfThePlatformAreForItsAdministratorsAlone(String page) {
        Tenant team = aTeam();
        signIn(aMember(team, Role.OWNER), null);
        open(page);
        assertThat(heading()).isEqualTo("Not for this role");

        signIn(users.addOrFind(TEST, "admin" + count.incrementAndGet() + "@test.example"), PlatformRole.ADMIN);
        open(page);
        assertThat(heading()).isIn("Teams", "Health", "Prices", "Audit log");
    }

    @Test
    void anOwnerMakesAProjectAndABadShortNameIsSaidAtItsField() {
        Tenant team = aTeam();
        signIn(aMember(team, Role.OWNER), null);
        open(Paths.projects(team.slug()));

        click("New project");
        field("Name").setValue("Shop");
        assertThat(field("Short name").getValue()).isEqualTo("shop");
        field("Short name").setValue("No Way");
        click("Create");
        assertThat(field("Short name").isInvalid()).isTrue();
        assertThat(projects.all(team.id())).isEmpty();

        field("Short name").setValue("my-shop");
        click("Create");
        assertThat(projects.all(team.id())).extracting(it -> it.slug().value()).containsExactly("my-shop");
        assertThat(heading()).isEqualTo("Shop");
    }

    @Test
    void aTakenShortNameIsSaidAtItsFieldAndNothingIsLost() {
        Tenant team = aTeam();
        projects.create(team.id(), new Slug("shop"), "Shop");
        signIn(aMember(team, Role.OWNER), null);
        open(Paths.projects(team.slug()));

        click("New project");
        field("Name").setValue("Shop");
        click("Create");

        assertThat(field("Short name").isInvalid()).isTrue();
        assertThat(field("Name").getValue()).isEqualTo("Shop");
    }

    @Test
    void aKeyIsShownOnceWithACommandThatUsesIt() {
        Tenant team = aTeam();
        Project project = projects.create(team.id(), new Slug("shop"), "Shop");
        signIn(aMember(team, Role.OWNER), null);
        open(Paths.project(team.slug(), project.slug()));

        click("New key");
        field("Name").setValue("build server");
        click("Create");

        List<String> shown = snippets();
        assertThat(shown).anyMatch(it -> it.startsWith("art_"));
        assertThat(shown).anyMatch(it -> it.contains("Authorization: Bearer art_"));
        click("I have kept it");
        assertThat(snippets()).noneMatch(it -> it.contains("art_"));
    }

    @Test
    void anAdministratorSetsATeamsBudgetAndAnOwnerCannot() {
        Tenant team = aTeam();
        signIn(aMember(team, Role.OWNER), null);
        open(Paths.budgets(team.slug()));
        assertThat(buttons()).doesNotContain("Edit limits");

        signIn(users.addOrFind(TEST, "admin" + count.incrementAndGet() + "@test.example"), PlatformRole.ADMIN);
        open(Paths.budgets(team.slug()));
        click("Edit limits");
        amount("Daily limit").setValue("twelve");
        click("Save");
        assertThat(amount("Daily limit").isInvalid()).isTrue();
        amount("Daily limit").setValue("12.50");
        click("Save");

        assertThat(budgets.limits(team.id(), new Level.WholeTenant()).daily()).isEqualTo(Usd.of("12.50"));
    }

    @Test
    void codeThatIsMissingIsSaidAtItsField() {
        Tenant team = aTeam();
        projects.create(team.id(), new Slug("shop"), "Shop");
        signIn(aMember(team, Role.DEVELOPER), null);
        open(Paths.submit(team.slug()));

        CodeEditor editor = find(CodeEditor.class).single();
        editor.setValue(" ");
        click("Run");

        assertThat(editor.getElement().getProperty("errorMessage")).isEqualTo("Please enter some code");
        assertThat(heading()).isEqualTo("Submit code");
    }

    @Test
    void aLimitThatTheProjectDoesNotAllowIsSaidAtItsField() {
        Tenant team = aTeam();
        Project project = projects.create(team.id(), new Slug("shop"), "Shop");
        projects.change(
                team.id(), project.id(), new ProjectChange(null, null, null, null, Map.of("memory_mb", 128L), null));
        signIn(aMember(team, Role.DEVELOPER), null);
        open(Paths.submit(team.slug()));

        BigDecimalField memory = limit("Memory in MB");
        assertThat(memory.getHelperText()).isEqualTo("at most 128");
        memory.setValue(BigDecimal.valueOf(129));
        click("Run");
        assertThat(memory.isInvalid()).isTrue();
        memory.setValue(new BigDecimal("64.5"));
        click("Run");
        assertThat(memory.getErrorMessage()).startsWith("A whole number");
        assertThat(heading()).isEqualTo("Submit code");
    }

    @Test
    void codeIsScannedWhileItIsTyped() {
        Tenant team = aTeam();
        projects.create(team.id(), new Slug("shop"), "Shop");
        signIn(aMember(team, Role.DEVELOPER), null);
        open(Paths.submit(team.slug()));

        find(CodeEditor.class).single().setValue("eval(input())");

        assertThat(find(Div.class)
                        .withCondition(it -> it.getText().contains("would block"))
                        .all())
                .hasSize(1);
    }

    @Test
    void anOwnerChangesTheScansPolicyAndOthersOnlySeeIt() {
        Tenant team = aTeam();
        Project project = projects.create(team.id(), new Slug("shop"), "Shop");
        signIn(aMember(team, Role.VIEWER), null);
        open(Paths.project(team.slug(), project.slug()));
        assertThat(buttons()).doesNotContain("Edit settings");

        signIn(aMember(team, Role.OWNER), null);
        open(Paths.project(team.slug(), project.slug()));
        click("Edit settings");
        field("Excused rules").setValue("py-eval, py-exec");
        click("Save");

        assertThat(projects.named(team.id(), project.slug()).scanPolicy().allow())
                .containsExactly("py-eval", "py-exec");
    }

    @Test
    void theHistoryOfABudgetSaysWhoChangedIt() {
        Tenant team = aTeam();
        budgets.setLimits(new Caller.Platform("ann"), team.id(), new Level.WholeTenant(), Limits.of(Usd.of("5"), null));
        signIn(aMember(team, Role.VIEWER), null);
        open(Paths.budgets(team.slug()));

        click("History");

        assertThat(find(ListItem.class).all()).hasSize(1);
        assertThat(find(Div.class)
                        .withCondition(it -> it.getText().equals("Daily limit: no limit → $5.00"))
                        .all())
                .hasSize(1);
    }

    private BigDecimalField limit(String label) {
        return find(BigDecimalField.class).withLabel(label).single();
    }

    private Tenant aTeam() {
        return tenants.create(new Slug("pages-" + count.incrementAndGet()), "Team", ZoneId.of("Europe/Berlin"));
    }

    private UserId aMember(Tenant team, Role role) {
        UserId person = users.addOrFind(TEST, "member" + count.incrementAndGet() + "@test.example");
        members.put(TEST, team.id(), person, role);
        return person;
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

    private static void open(String path) {
        UI.getCurrent().navigate(path);
    }

    private String heading() {
        return find(H1.class).single().getText();
    }

    private List<String> buttons() {
        return find(Button.class).all().stream().map(Button::getText).toList();
    }

    private List<String> snippets() {
        return find(Pre.class).all().stream().map(Pre::getText).toList();
    }

    private void click(String text) {
        test(find(Button.class)
                        .withCondition(it -> it.getText().equals(text) && shown(it))
                        .first())
                .click();
    }

    private static boolean shown(Component component) {
        return component.isAttached() && component.isVisible();
    }

    private TextField field(String label) {
        return find(TextField.class).withLabel(label).single();
    }

    private AmountField amount(String label) {
        return find(AmountField.class).withLabel(label).single();
    }
}
