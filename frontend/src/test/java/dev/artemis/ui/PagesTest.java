package dev.artemis.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.textfield.BigDecimalField;
import com.vaadin.flow.component.textfield.IntegerField;
import dev.artemis.OnDatabase;
import dev.artemis.access.ApiKeys;
import dev.artemis.access.Members;
import dev.artemis.access.NewApiKey;
import dev.artemis.access.Users;
import dev.artemis.budgets.Budgets;
import dev.artemis.budgets.Level;
import dev.artemis.budgets.Limits;
import dev.artemis.configuration.StartupReports;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.projects.Project;
import dev.artemis.projects.ProjectChange;
import dev.artemis.projects.Projects;
import dev.artemis.runs.RunQuota;
import dev.artemis.runs.RunQuotas;
import dev.artemis.shared.Caller;
import dev.artemis.shared.KeyId;
import dev.artemis.shared.Role;
import dev.artemis.shared.Scope;
import dev.artemis.shared.Slug;
import dev.artemis.shared.Usd;
import dev.artemis.shared.UserId;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.BudgetBar;
import dev.artemis.ui.parts.CodeEditor;
import dev.artemis.ui.parts.EmptyState;
import dev.artemis.ui.parts.Link;
import dev.artemis.ui.parts.Panel;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestConstructor;

@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class PagesTest extends AtThePages {

    private final Projects projects;
    private final Budgets budgets;
    private final ApiKeys keys;
    private final RunQuotas quotas;
    private final JdbcClient jdbc;
    private final TenantTransactions transactions;
    private final StartupReports checks;
    private final Members members;

    PagesTest(
            Tenants tenants,
            Projects projects,
            Users users,
            Members members,
            Budgets budgets,
            ApiKeys keys,
            RunQuotas quotas,
            JdbcClient jdbc,
            TenantTransactions transactions,
            StartupReports checks) {
        super(tenants, users, members);
        this.projects = projects;
        this.budgets = budgets;
        this.keys = keys;
        this.quotas = quotas;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.checks = checks;
        this.members = members;
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
    @ValueSource(strings = {"", "/projects", "/runs", "/costs", "/calls", "/budgets", "/alerts", "/members", "/submit"})
    void everyPageOfAnEmptyTeamSaysWhatToDoFirst(String page) {
        Tenant team = aTeam();
        signIn(aMember(team, Role.OWNER), null);

        open(Paths.dashboard(team.slug()) + page);

        assertThat(find(H1.class).all()).hasSize(1);
        assertThat(find(EmptyState.class).exists()).isTrue();
    }

    @Test
    void whereNothingIsItIsSaidWhatToDo() {
        Tenant team = aTeam();
        signIn(aMember(team, Role.FINANCE), null);
        open(Paths.alerts(team.slug()));
        assertThat(told()).containsExactly("No limit came near yet");
        open(Paths.reconciliation(team.slug()));
        assertThat(told()).containsExactly("No bill was reconciled yet");

        signInAsAdministrator();
        open(Paths.ADMIN_PRICES + "?model=nobody-sells-this");
        assertThat(told()).containsExactly("No price of a model called “nobody-sells-this”");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /           | Create a project first | from its first call on this page shows     | Go to projects
            /costs      | Create a project first | From its first call on this page shows     | Go to projects
            /runs       | Create a project first | Once there is one, code is submitted here  | Go to projects
            /submit     | Create a project first | Once there is one, code is submitted here  | Go to projects
            /budgets    | Create a project first | with which programs report calls           | Go to projects
            /alerts     | Alerts appear only on this page so far | Add an e-mail address      | Add channel
            /reports    | No report is saved yet | say how often it is sent                   | Save a report
            /provider-keys | No provider key yet | its provider is asked                      | Add key
            """)
    void anEmptyPageSaysWhatToDoInItsOwnWordsAndHasTheButtonForIt(
            String page, String title, String words, String button) {
        Tenant team = aTeam();
        signIn(aMember(team, Role.OWNER), null);

        open(Paths.dashboard(team.slug()) + (page.equals("/") ? "" : page));

        EmptyState first = find(EmptyState.class).all().getFirst();
        assertThat(first.getElement().getTextRecursively()).contains(title, words);
        assertThat(first.getChildren().filter(Button.class::isInstance).map(it -> ((Button) it).getText()))
                .containsExactly(button);
    }

    @Test
    void costsOfATeamWithoutAProjectOfferNothingToTakeAwayUntilThereIsOne() {
        Tenant team = aTeam();
        signIn(aMember(team, Role.OWNER), null);
        open(Paths.costs(team.slug()));
        assertThat(find(H2.class).all()).extracting(H2::getText).doesNotContain("All lines as a file");

        aShop(team);

        awaitUntil(() ->
                find(H2.class).all().stream().anyMatch(title -> title.getText().equals("All lines as a file")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/projects", "/runs", "/costs", "/calls", "/budgets", "/alerts", "/members"})
    void noPageSendsAViewerWhereOnlyOthersMayGo(String page) {
        Tenant empty = aTeam();
        Tenant team = aTeam();
        aShop(team);
        UserId viewer = aMember(empty, Role.VIEWER);
        members.put(TEST, team.id(), viewer, Role.VIEWER);
        signIn(viewer, null);

        for (Tenant each : List.of(empty, team)) {
            open(Paths.dashboard(each.slug()) + page);
            assertThat(find(H1.class).all()).hasSize(1);
            List<String> ways = find(EmptyState.class).all().stream()
                    .flatMap(state -> state.getChildren())
                    .flatMap(part -> part instanceof Link link ? Stream.of(link.getHref()) : Stream.empty())
                    .toList();
            assertThat(find(EmptyState.class).all().stream().flatMap(state -> state.getChildren()))
                    .noneMatch(Button.class::isInstance);
            for (String way : ways) {
                open(way);
                assertThat(heading()).as("%s of %s", way, page).isNotEqualTo("Not for this role");
            }
        }
    }

    @Test
    void aListOfRunsThatIsNarrowedDoesNotSayThatThereAreNone() {
        Tenant team = aTeam();
        aShop(team);
        signIn(aMember(team, Role.OWNER), null);

        open(Paths.runs(team.slug()));
        assertThat(told()).containsExactly("No runs here yet");

        open(Paths.runs(team.slug(), "status", "RUNNING"));
        assertThat(told()).containsExactly("No run is like that");

        signIn(aMember(team, Role.VIEWER), null);
        open(Paths.runs(team.slug()));
        assertThat(told()).containsExactly("No runs here yet");
        assertThat(find(Link.class).all()).extracting(Link::getText).doesNotContain("Submit code");
    }

    private List<String> told() {
        return find(EmptyState.class).all().stream()
                .flatMap(state -> state.getChildren())
                .flatMap(part -> part instanceof H2 title ? Stream.of(title.getText()) : Stream.empty())
                .toList();
    }

    @Test
    void finance_seesCostsAndNeitherRunsNorKeys() {
        Tenant team = aTeam();
        Project project = aShop(team);
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
        aShop(team);
        signIn(aMember(team, Role.VIEWER), null);

        open(Paths.runs(team.slug()));
        assertThat(buttons()).doesNotContain("Submit code");

        open(Paths.submit(team.slug()));
        assertThat(heading()).isEqualTo("Not for this role");
    }

    @Test
    void healthNamesTheIsolationTheQueueAndWhatAlertsAreOnTheirWay() {
        signInAsAdministrator();

        open(Paths.ADMIN_HEALTH);

        assertThat(find(Panel.class).all().stream()
                        .map(panel -> panel.getElement().getTextRecursively())
                        .collect(Collectors.joining("\n")))
                .contains("Isolation", "Not known: no worker is alive", "Queue by team")
                .contains("Deliveries that wait", "Deliveries given up", "Models without a price", "Mended");
    }

    /** A page's process need not have a sandbox, or see a cluster. */
    @Test
    void healthNamesWhatWorkersFoundAndWhoFoundIt() {
        transactions.acrossTenants(
                () -> jdbc.sql("""
                        insert into workers (worker_id, name, backend, slots, lease_until, strength, findings)
                        values (:id, 'worker-7', 'kubernetes', 1, now() + interval '1 minute', 'FULL',
                          '[{"verdict": "WARN", "subject": "cluster", "detail": "there is no network", "remedy": "Plug it in."}]')""").param("id", UUID.randomUUID()).update());
        try {
            signInAsAdministrator();

            open(Paths.ADMIN_HEALTH);

            assertThat(find(Panel.class).all().stream()
                            .map(panel -> panel.getElement().getTextRecursively())
                            .filter(text -> text.contains("What workers found")))
                    .singleElement()
                    .asString()
                    .contains("Cluster", "there is no network", "Plug it in.", "worker-7, last check", "Warning");
        } finally {
            transactions.acrossTenants(() ->
                    jdbc.sql("delete from workers where name = 'worker-7'").update());
        }
    }

    @Test
    void healthSaysWhenItWasLookedAtAndApartFromThatWhenTheConfigurationWas() {
        var format = new Format(Locale.ENGLISH, ZoneId.of("UTC"));
        signInAsAdministrator();
        Instant before = Instant.now();

        open(Paths.ADMIN_HEALTH);

        long took = Duration.between(before, Instant.now()).toSeconds() + 1;
        assertThat(find(Div.class).all().stream().map(Div::getText))
                .contains("Last check " + format.precise(checks.last().at()))
                .containsAnyElementsOf(LongStream.rangeClosed(0, took)
                        .mapToObj(second -> "As of " + format.precise(before.plusSeconds(second)))
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {Paths.ADMIN_TEAMS, Paths.ADMIN_HEALTH, Paths.ADMIN_PRICES, Paths.ADMIN_AUDIT})
    void pagesOfThePlatformAreForItsAdministratorsAlone(String page) {
        Tenant team = aTeam();
        signIn(aMember(team, Role.OWNER), null);
        open(page);
        assertThat(heading()).isEqualTo("Not for this role");

        signInAsAdministrator();
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
    void whatAFieldAllowsIsSaidInTheReadersLanguage() {
        Tenant team = aTeam();
        Project project = aShop(team);
        UI.getCurrent().setLocale(Locale.GERMAN);
        ownerAt(team, project);

        click("Einstellungen ändern");
        number("Gleichzeitige Läufe").setValue(20_000);
        click("Speichern");

        assertThat(number("Gleichzeitige Läufe").getErrorMessage()).isEqualTo("0 bis 10000");
    }

    @Test
    void aTakenShortNameIsSaidAtItsFieldAndNothingIsLost() {
        Tenant team = aTeam();
        aShop(team);
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
        Project project = aShop(team);
        ownerAt(team, project);

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

        signInAsAdministrator();
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
        aShop(team);
        developerAtTheForm(team);

        CodeEditor editor = find(CodeEditor.class).single();
        editor.setValue(" ");
        click("Run");

        assertThat(editor.getElement().getProperty("errorMessage")).isEqualTo("Please enter some code");
        assertThat(heading()).isEqualTo("Submit code");
    }

    @Test
    void aLimitThatTheProjectDoesNotAllowIsSaidAtItsField() {
        Tenant team = aTeam();
        Project project = aShop(team);
        projects.change(
                team.id(),
                project.id(),
                new ProjectChange(null, null, null, null, Map.of("memory_mb", new BigDecimal(128)), null));
        developerAtTheForm(team);

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
        aShop(team);
        developerAtTheForm(team);

        find(CodeEditor.class).single().setValue("eval(input())");

        assertThat(find(Div.class)
                        .withCondition(it -> it.getText().contains("would block"))
                        .all())
                .hasSize(1);
        assertThat(buttons()).contains("Line 1");
        assertThat(find(ListItem.class).all().getFirst().getElement().getTextRecursively())
                .contains("py-eval");

        find(CodeEditor.class).single().setValue("x = 1\n" + "eval(input())\n".repeat(60));
        assertThat(buttons()).contains("Line 2").doesNotContain("Line 1", "Line 60");
        assertThat(find(Paragraph.class).all()).extracting(Paragraph::getText).contains("And 10 more");

        find(CodeEditor.class).single().setValue("x = 1");
        assertThat(find(ListItem.class).exists()).isFalse();
    }

    @Test
    void anOwnerChangesTheScansPolicyAndOthersOnlySeeIt() {
        Tenant team = aTeam();
        Project project = aShop(team);
        signIn(aMember(team, Role.VIEWER), null);
        open(Paths.project(team.slug(), project.slug()));
        assertThat(buttons()).doesNotContain("Edit settings");

        ownerAt(team, project);
        click("Edit settings");
        field("Excused rules").setValue("py-eval, py-exec");
        click("Save");

        assertThat(projects.named(team.id(), project.slug()).scanPolicy().allow())
                .containsExactly("py-eval", "py-exec");
    }

    @Test
    void anOwnerSetsAPartOfACoreAndIsToldWhatIsOutOfRange() {
        Tenant team = aTeam();
        Project project = projects.create(team.id(), new Slug("shop"), "Shop");
        signIn(aMember(team, Role.OWNER), null);
        open(Paths.project(team.slug(), project.slug()));

        click("Edit settings");
        BigDecimalField memory =
                find(BigDecimalField.class).withLabel("Memory in MB").all().getFirst();
        memory.setValue(BigDecimal.ONE);
        find(BigDecimalField.class).withLabel("CPU cores").all().getLast().setValue(new BigDecimal("0.5"));
        click("Save");
        assertThat(memory.isInvalid()).isTrue();
        memory.setValue(null);
        click("Save");

        Project after = projects.named(team.id(), project.slug());
        assertThat(after.maximumLimits()).containsExactly(Map.entry("cpu", new BigDecimal("0.5")));
        assertThat(after.defaultLimits()).isEmpty();
    }

    @Test
    void settingsThatNobodyTouchedStayAsSomebodyElseMadeThemMeanwhile() {
        Tenant team = aTeam();
        Project project = aShop(team);
        ownerAt(team, project);
        click("Edit settings");
        Map<String, BigDecimal> most = Map.of("memory_mb", new BigDecimal("1000"));
        projects.change(
                team.id(),
                project.id(),
                new ProjectChange(null, true, null, null, most, new ProjectChange.RunsAtOnce(2)));

        field("Name").setValue("Shop and more");
        click("Save");

        Project after = projects.named(team.id(), project.slug());
        assertThat(after.name()).isEqualTo("Shop and more");
        assertThat(after.allowUnscanned()).isTrue();
        assertThat(after.maximumLimits()).isEqualTo(most);
        assertThat(after.maxRunningRuns()).isEqualTo(2);
    }

    @Test
    void howManyRunsAtOnceIsLeftToThePlatformAgain() {
        Tenant team = aTeam();
        Project project = aShop(team);
        ownerAt(team, project);

        click("Edit settings");
        number("Runs at once").setValue(3);
        click("Save");
        assertThat(projects.named(team.id(), project.slug()).maxRunningRuns()).isEqualTo(3);

        click("Edit settings");
        number("Runs at once").setValue(null);
        click("Save");
        assertThat(projects.named(team.id(), project.slug()).maxRunningRuns()).isNull();

        clickLast("Undo");
        assertThat(projects.named(team.id(), project.slug()).maxRunningRuns()).isEqualTo(3);
    }

    @Test
    void whatATeamsRunsMayTakeIsSetByAdministratorsAndEmptiedAgain() {
        Tenant team = aTeam();
        signIn(aMember(team, Role.OWNER), null);
        open(Paths.projects(team.slug()));
        assertThat(buttons()).doesNotContain("Edit what they may take");

        signInAsAdministrator();
        open(Paths.projects(team.slug()));
        click("Edit what they may take");
        number("Weight among teams").setValue(0);
        number("Runs at once").setValue(5);
        click("Save");
        assertThat(number("Weight among teams").isInvalid()).isTrue();
        number("Weight among teams").setValue(300);
        typed(number("Runs at once"), "99999999999");
        click("Save");
        assertThat(number("Runs at once").isInvalid())
                .as("no number is not no limit")
                .isTrue();
        assertThat(quotas.of(team.id())).isEqualTo(RunQuota.USUAL);
        typed(number("Runs at once"), "5");
        click("Save");
        assertThat(quotas.of(team.id())).isEqualTo(new RunQuota(300, 5, null, null, null));

        click("Edit what they may take");
        number("Weight among teams").setValue(null);
        number("Runs at once").setValue(null);
        click("Save");
        assertThat(quotas.of(team.id())).isEqualTo(RunQuota.USUAL);

        clickLast("Undo");
        assertThat(quotas.of(team.id())).isEqualTo(new RunQuota(300, 5, null, null, null));
    }

    @Test
    void aProjectsQuotaIsPutBackUnlessSomebodyElseChangedItMeanwhile() {
        Tenant team = aTeam();
        Project project = aShop(team);
        ownerAt(team, project);
        click("Edit what they may take");
        typed(number("Waiting runs"), "7");
        click("Save");
        clickLast("Undo");
        assertThat(quotas.of(team.id(), project.id())).isEqualTo(RunQuota.USUAL);

        click("Edit what they may take");
        typed(number("Waiting runs"), "8");
        click("Save");
        RunQuota anothers = new RunQuota(100, null, 9, null, null);
        quotas.set(TEST, team.id(), project.id(), anothers);
        clickLast("Undo");
        assertThat(quotas.of(team.id(), project.id())).isEqualTo(anothers);
    }

    @Test
    void whoSetsAnotherQuotaThanSomebodyElseLosesNothingOfIt() {
        Tenant team = aTeam();
        signInAsAdministrator();
        open(Paths.projects(team.slug()));
        click("Edit what they may take");
        quotas.set(TEST, team.id(), new RunQuota(300, null, null, null, null));
        typed(number("Runs at once"), "5");
        click("Save");
        assertThat(quotas.of(team.id())).isEqualTo(new RunQuota(300, 5, null, null, null));

        click("Edit what they may take");
        quotas.set(TEST, team.id(), new RunQuota(300, 7, null, null, null));
        typed(number("Runs at once"), "9");
        click("Save");
        assertThat(quotas.of(team.id())).isEqualTo(new RunQuota(300, 7, null, null, null));
        assertThat(notices()).anyMatch(text -> text.contains("Somebody else changed this meanwhile"));
    }

    @Test
    void anOwnerSetsWhatAKeyMaySpend() {
        Tenant team = aTeam();
        Project project = aShop(team);
        ownerAt(team, project);
        click("New key");
        field("Name").setValue("build server");
        click("Create");
        click("I have kept it");
        KeyId key = keys.all(team.id(), project.id()).getFirst().id();

        limitsOfTheFirstKey();
        amount("Monthly limit").setValue("40");
        click("Save");

        assertThat(budgets.limits(team.id(), new Level.OfKey(key)).monthly()).isEqualTo(Usd.of("40"));
        limitsOfTheFirstKey();
        click("History");
        assertThat(find(Div.class)
                        .withCondition(it -> it.getText().equals("Monthly limit: no limit → $40.00"))
                        .all())
                .hasSize(1);
    }

    private void limitsOfTheFirstKey() {
        cell(5).getChildren()
                .filter(child ->
                        child instanceof Button button && button.getText().equals("Limits"))
                .forEach(button -> ((Button) button).click());
    }

    @Test
    void whatHappenedSinceTheBeginningIsCountedWhenAsked() {
        Tenant team = aTeam();
        Project project = aShop(team);
        signIn(aMember(team, Role.VIEWER), null);

        for (String page : List.of(Paths.projects(team.slug()), Paths.project(team.slug(), project.slug()))) {
            open(page);
            click("Count them now");
            assertThat(find(DescriptionList.Term.class).all())
                    .extracting(DescriptionList.Term::getText)
                    .contains("Refused by a budget", "Blocked by the scan", "Sandbox");
        }
    }

    /** In the first row of the page's first grid. */
    @SuppressWarnings("unchecked") // a grid is found by its raw class
    private Component cell(int column) {
        Grid<Object> grid = (Grid<Object>) find(Grid.class).all().getFirst();
        return test(grid).getCellComponent(0, column);
    }

    private IntegerField number(String label) {
        return find(IntegerField.class).withLabel(label).single();
    }

    @Test
    void whatAKeyMayStillSpendIsSeenByWhoIsRefusedByIt() {
        Tenant team = aTeam();
        Project project = aShop(team);
        KeyId key = keys.create(
                        TEST,
                        team.id(),
                        project.id(),
                        new NewApiKey("build server", Set.of(Scope.COSTS_READ, Scope.CALLS_WRITE), null, null, null))
                .key()
                .id();
        budgets.setLimits(TEST, team.id(), new Level.OfKey(key), Limits.of(null, Usd.of("40")));
        signIn(aMember(team, Role.DEVELOPER), null);
        open(Paths.budgets(team.slug()));

        assertThat(find(H3.class).all()).extracting(H3::getText).containsExactly("build server");
        BudgetBar bar = find(BudgetBar.class).all().getLast();
        assertThat(bar.getElement().getTextRecursively())
                .contains("This month", "spent of $40.00", "Left")
                .contains("0\u00a0% used");
        clickLast("History");
        assertThat(find(Div.class)
                        .withCondition(it -> it.getText().equals("Monthly limit: no limit → $40.00"))
                        .all())
                .hasSize(1);
        assertThat(buttons()).as("a developer's").doesNotContain("Edit limits");

        ownerAt(team, project);
        assertThat(cell(1).getElement().getTextRecursively()).isEqualTo("Record calls and hold budget" + "Read costs");
        assertThat(cell(2).getElement().getTextRecursively()).isEqualTo("This month: $0.00 spent of $40.00");
    }

    @Test
    void aDeveloperSeesTheKeysWithWhoMadeThemAndHowLongAnOldSecretWorksAndChangesNone() {
        Tenant team = aTeam();
        Project project = aShop(team);
        signIn(aMember(team, Role.DEVELOPER), null);
        open(Paths.project(team.slug(), project.slug()));
        assertThat(find(EmptyState.class).single().getElement().getTextRecursively())
                .contains("No key yet", "An owner of the team makes one.");
        KeyId key = keys.create(
                        TEST,
                        team.id(),
                        project.id(),
                        new NewApiKey("build server", Set.of(Scope.COSTS_READ), null, null, null))
                .key()
                .id();
        open(Paths.projects(team.slug()));
        open(Paths.project(team.slug(), project.slug()));
        assertThat(cell(0).getElement().getTextRecursively())
                .startsWith("build server" + "By test, ")
                .doesNotContain("Rotated", "Old secret");
        keys.rotate(TEST, team.id(), project.id(), key, Duration.ofHours(1));

        open(Paths.projects(team.slug()));
        open(Paths.project(team.slug(), project.slug()));

        assertThat(cell(0).getElement().getTextRecursively()).contains("Rotated ", "Old secret works until ");
        assertThat(buttons()).doesNotContain("New key", "Rotate", "Revoke", "Limits");
        open(Paths.projects(team.slug()));
        ownerAt(team, project);
        assertThat(buttons()).contains("New key");
        assertThat(test(find(Grid.class).all().getFirst())
                        .getCellComponent(0, 5)
                        .getElement()
                        .getTextRecursively())
                .isEqualTo("Limits" + "Rotate" + "Revoke");
        open(Paths.projects(team.slug()));
        signIn(aMember(team, Role.VIEWER), null);
        open(Paths.project(team.slug(), project.slug()));
        assertThat(find(Grid.class).all()).isEmpty();
    }

    @Test
    void twoWhoChangeLimitsAtOnceLoseNothingInSilence() {
        Tenant team = aTeam();
        var level = new Level.OfProject(aShop(team).id());
        budgets.setLimits(TEST, team.id(), level, Limits.of(Usd.of("5"), Usd.of("50")));
        signIn(aMember(team, Role.OWNER), null);
        open(Paths.budgets(team.slug()));

        click("Edit limits");
        budgets.setLimits(TEST, team.id(), level, Limits.of(Usd.of("7"), Usd.of("50")));
        amount("Monthly limit").setValue("60");
        click("Save");
        assertThat(budgets.limits(team.id(), level)).isEqualTo(Limits.of(Usd.of("7"), Usd.of("60")));

        click("Edit limits");
        budgets.setLimits(TEST, team.id(), level, Limits.of(Usd.of("8"), Usd.of("60")));
        amount("Daily limit").setValue("9");
        click("Save");
        assertThat(budgets.limits(team.id(), level).daily())
                .as("the other's stays, and one is told")
                .isEqualTo(Usd.of("8"));
        assertThat(notices()).anyMatch(text -> text.contains("Somebody else changed these limits"));
    }

    @Test
    void undoOfLimitsTakesBackOnesOwnChangeAlone() {
        Tenant team = aTeam();
        var level = new Level.OfProject(aShop(team).id());
        budgets.setLimits(TEST, team.id(), level, Limits.of(Usd.of("5"), Usd.of("50")));
        signIn(aMember(team, Role.OWNER), null);
        open(Paths.budgets(team.slug()));

        click("Edit limits");
        amount("Daily limit").setValue("6");
        click("Save");
        budgets.setLimits(TEST, team.id(), level, Limits.of(Usd.of("6"), Usd.of("70")));
        clickLast("Undo");
        assertThat(budgets.limits(team.id(), level)).isEqualTo(Limits.of(Usd.of("5"), Usd.of("70")));

        click("Edit limits");
        amount("Daily limit").setValue("6");
        click("Save");
        budgets.setLimits(TEST, team.id(), level, Limits.of(Usd.of("10"), Usd.of("70")));
        clickLast("Undo");
        assertThat(budgets.limits(team.id(), level).daily()).isEqualTo(Usd.of("10"));
    }

    private List<String> notices() {
        return find(Notification.class).all().stream()
                .map(notice -> Objects.requireNonNullElse(test(notice).getText(), ""))
                .toList();
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

    @Test
    void aBudgetWithoutAHistorySaysWhetherThereIsALimit() {
        Tenant team = aTeam();
        Project project = aShop(team);
        budgets.setLimits(team.id(), new Level.OfProject(project.id()), Limits.of(Usd.of("5"), null));
        signIn(aMember(team, Role.VIEWER), null);
        open(Paths.budgets(team.slug()));

        click("History");
        assertThat(find(Paragraph.class).all())
                .extracting(Paragraph::getText)
                .contains("Nobody has set these limits yet.");
        click("Close");
        clickLast("History");

        assertThat(find(Dialog.class).single().getHeaderTitle()).isEqualTo("History: Project: Shop");
        assertThat(find(Paragraph.class).all())
                .extracting(Paragraph::getText)
                .contains("They were set before changes of them were recorded.");
    }

    private Project aShop(Tenant team) {
        return projects.create(team.id(), new Slug("shop"), "Shop");
    }

    private void ownerAt(Tenant team, Project project) {
        signIn(aMember(team, Role.OWNER), null);
        open(Paths.project(team.slug(), project.slug()));
    }

    private void developerAtTheForm(Tenant team) {
        signIn(aMember(team, Role.DEVELOPER), null);
        open(Paths.submit(team.slug()));
    }

    private BigDecimalField limit(String label) {
        return find(BigDecimalField.class).withLabel(label).single();
    }
}
