package dev.artemis.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.upload.Upload;
import dev.artemis.OnDatabase;
import dev.artemis.access.Members;
import dev.artemis.access.PlatformRole;
import dev.artemis.access.Users;
import dev.artemis.budgets.CallLabels;
import dev.artemis.budgets.CallSpending;
import dev.artemis.budgets.History;
import dev.artemis.chargeback.ChargebackRates;
import dev.artemis.chargeback.Rate;
import dev.artemis.exports.ExportFormat;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.prices.ModelRef;
import dev.artemis.prices.ServiceTier;
import dev.artemis.prices.Usage;
import dev.artemis.projects.Project;
import dev.artemis.projects.Projects;
import dev.artemis.reconciliation.BillFile;
import dev.artemis.reconciliation.ColumnMapping;
import dev.artemis.reconciliation.Reconciliation;
import dev.artemis.reconciliation.Reconciliations;
import dev.artemis.reports.Dimension;
import dev.artemis.schedules.DeliveryWay;
import dev.artemis.schedules.Rhythm;
import dev.artemis.schedules.SavedReport;
import dev.artemis.schedules.SavedReports;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Role;
import dev.artemis.shared.Slug;
import dev.artemis.shared.UserId;
import dev.artemis.statements.Statements;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.TenantChange;
import dev.artemis.tenants.Tenants;
import dev.artemis.ui.parts.Chart;
import dev.artemis.ui.parts.DayField;
import dev.artemis.ui.parts.EmptyState;
import dev.artemis.ui.parts.Link;
import dev.artemis.ui.parts.Note;
import dev.artemis.ui.parts.Panel;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestConstructor;

@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class FinancePagesTest extends AtThePages {

    private final Tenants tenants;
    private final Projects projects;
    private final History history;
    private final Statements statements;
    private final ChargebackRates rates;
    private final SavedReports reports;
    private final Reconciliations reconciliations;
    private final TenantTransactions transactions;
    private final JdbcTemplate jdbc;
    private final Clock clock;

    FinancePagesTest(
            Tenants tenants,
            Projects projects,
            Users users,
            Members members,
            History history,
            Statements statements,
            ChargebackRates rates,
            SavedReports reports,
            Reconciliations reconciliations,
            TenantTransactions transactions,
            JdbcTemplate jdbc,
            Clock clock) {
        super(tenants, users, members);
        this.tenants = tenants;
        this.projects = projects;
        this.history = history;
        this.statements = statements;
        this.rates = rates;
        this.reports = reports;
        this.reconciliations = reconciliations;
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/statements", "/reconciliation", "/reports"})
    void financesPagesAreForOwnersAndFinance(String page) {
        Tenant team = aTeam();
        signIn(aMember(team, Role.DEVELOPER), null);
        open(Paths.dashboard(team.slug()) + page);
        assertThat(heading()).isEqualTo("Not for this role");

        signIn(aMember(team, Role.FINANCE), null);
        open(Paths.dashboard(team.slug()) + page);
        assertThat(heading()).isIn("Finance", "Reconciliation", "Reports by e-mail");
        assertThat(find(H1.class).all()).hasSize(1);

        signIn(aMember(aTeam(), Role.FINANCE), null);
        open(Paths.dashboard(team.slug()) + page);
        assertThat(heading()).isEqualTo("Not found");
    }

    @Test
    void aMonthThatIsOverIsClosedAndItsStatementIsThere() {
        Tenant team = aTeamThatSpentTwoMonthsAgo();
        signIn(aMember(team, Role.FINANCE), null);
        open(Paths.statements(team.slug()));
        assertThat(find(EmptyState.class).exists()).isTrue();

        Button close = find(Button.class)
                .withCondition(it -> it.getText().startsWith("Close "))
                .first();
        test(close).click();
        test(find(ConfirmDialog.class).single()).confirm();

        assertThat(statements.all(team.id())).hasSize(1);
        assertThat(find(Grid.class).all()).isNotEmpty();
        Button again = buttonOfTheFirstRow();
        assertThat(again.getText()).isEqualTo("Count again");
        again.click();
        awaitNotice("is as it was when it was closed");
    }

    /** It comes with the session's lock, which a test has: whoever looks for a component lets it go. */
    private void awaitNotice(String said) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (find(Notification.class).all().stream()
                .noneMatch(notice ->
                        Objects.requireNonNullElse(test(notice).getText(), "").contains(said))) {
            assertThat(System.nanoTime()).as(said).isLessThan(deadline);
        }
    }

    @Test
    void thePlatformsFinanceReadsATeamsFinancesAndChangesNothing() {
        Tenant team = aTeamThatSpentTwoMonthsAgo();
        aSavedReport(team);
        signIn(aPerson(), PlatformRole.FINANCE);

        changesNothing(team);
    }

    @Test
    void financeOfASuspendedTeamOnlyReads() {
        Tenant team = aTeamThatSpentTwoMonthsAgo();
        aSavedReport(team);
        signIn(aMember(team, Role.FINANCE), null);
        open(Paths.savedReports(team.slug()));
        assertThat(buttons()).contains("Save a report", "Delete");
        open(Paths.statements(team.slug()));
        Button close = find(Button.class)
                .withCondition(it -> it.getText().startsWith("Close "))
                .first();

        tenants.change(TEST, team.id(), new TenantChange(null, null, true, null));
        test(close).click();
        test(find(ConfirmDialog.class).single()).confirm();

        assertThat(statements.all(team.id()))
                .as("nor from a page that was opened before")
                .isEmpty();
        changesNothing(team);
    }

    @Test
    void aSavedReportIsDeletedOnceItIsSaidWhatHappens() {
        Tenant team = aTeam();
        aSavedReport(team);
        signIn(aMember(team, Role.FINANCE), null);
        open(Paths.savedReports(team.slug()));

        click("Delete");
        ConfirmDialog asked = find(ConfirmDialog.class).single();
        assertThat(asked.getElement().getProperty("message")).contains("sent to nobody any more");
        test(asked).cancel();
        List<SavedReport> before = reports.all(team.id());
        assertThat(before).hasSize(1);

        click("Delete");
        test(find(ConfirmDialog.class).single()).confirm();
        assertThat(reports.all(team.id())).isEmpty();
        clickLast("Undo");
        assertThat(reports.all(team.id())).isEqualTo(before);
        assertThat(buttons()).contains("Delete");
    }

    @Test
    void whoIsInFinanceIsToldOfLettersThatDidNotArrive() {
        Tenant team = aTeam();
        aSavedReport(team);
        signIn(aMember(team, Role.FINANCE), null);
        open(Paths.statements(team.slug()));
        assertThat(find(Note.class).all()).isEmpty();

        for (String state : List.of("failed", "uncertain", "sent")) {
            transactions.inTenant(
                    team.id(),
                    () -> jdbc.update(
                            """
                            insert into report_deliveries (delivery_id, tenant_id, report_id, from_day, to_day, state, at)
                            select gen_random_uuid(), ?, ?, coalesce(max(to_day), '2026-10-01'),
                              coalesce(max(to_day), '2026-10-01') + 1, ?, now()
                            from report_deliveries where tenant_id = ?""",
                            team.id().value(),
                            reports.all(team.id()).getFirst().id(),
                            state,
                            team.id().value()));
        }
        open(Paths.statements(team.slug()));

        assertThat(find(Note.class).single().getElement().getTextRecursively())
                .contains("nobody knows: 2.")
                .endsWith("Reports by e-mail");
    }

    /** As {@code SendReportsTest} finds it in the letter. */
    @Test
    void whatALettersLinkLeadsToIsForItsTeamAlone() {
        Tenant team = aTeam();
        aSavedReport(team);
        UUID delivery = UUID.randomUUID();
        transactions.inTenant(
                team.id(),
                () -> jdbc.update(
                        """
                        insert into report_deliveries (delivery_id, tenant_id, report_id, from_day, to_day, state, at)
                        values (?, ?, ?, '2026-10-01', '2026-11-01', 'sent', now())""",
                        delivery,
                        team.id().value(),
                        reports.all(team.id()).getFirst().id()));
        String link = Paths.savedReports(team.slug()) + "?delivery=" + delivery;

        signIn(aMember(team, Role.FINANCE), null);
        open(link);
        assertThat(panels()).contains("For the board");
        open(Paths.savedReports(team.slug()) + "?delivery=" + UUID.randomUUID());
        int without = panels().size();
        open(link);
        assertThat(panels()).as("with what the letter is about").hasSize(without + 1);

        signOut();
        open(link);
        assertThat(panels()).as("without a sign-in").isEmpty();

        signIn(aMember(aTeam(), Role.OWNER), null);
        open(link);
        assertThat(heading()).isEqualTo("Not found");
        assertThat(find(Anchor.class).all())
                .noneMatch(anchor -> anchor.getText().startsWith("Download "));
    }

    @Test
    void aBillOfOtherColumnsIsHeldAgainstTheProviderThatIsNamed() {
        Tenant team = aTeam();
        spend(team, clock.instant(), Stream.of("development"));
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        signIn(aMember(team, Role.FINANCE), null);

        for (boolean all : List.of(false, true)) {
            open(Paths.reconciliation(team.slug()));
            field("Column of the day").setValue("when");
            field("Column of the model").setValue("what");
            field("Column of the cost in US dollars").setValue("usd");
            @SuppressWarnings("unchecked") // a field is found by its raw class
            Select<String> provider = find(Select.class)
                    .withLabel("Provider whose calls are compared (all, where empty)")
                    .single();
            assertThat(provider.getListDataView().getItems()).containsExactly("openai");
            if (!all) {
                provider.setValue("openai");
            }
            test(find(Upload.class).single())
                    .upload(
                            "bill.csv",
                            "text/csv",
                            ("when,what,usd\n" + today + ",gpt-4o,7\n").getBytes(StandardCharsets.UTF_8));
            assertThat(reconciliations.latest(team.id()).getFirst().ledger()).isEqualByComparingTo("0.0325");
        }
        assertThat(reconciliations.latest(team.id())).hasSize(2);
    }

    private List<String> panels() {
        return find(Panel.class).all().stream()
                .map(panel -> panel.getElement().getTextRecursively())
                .filter(text -> text.contains("For the board"))
                .map(text -> "For the board")
                .toList();
    }

    private void changesNothing(Tenant team) {
        open(Paths.statements(team.slug()));
        assertThat(heading()).isEqualTo("Finance");
        assertThat(buttons()).noneMatch(text -> text.startsWith("Close "));
        open(Paths.savedReports(team.slug()));
        assertThat(heading()).isEqualTo("Reports by e-mail");
        assertThat(find(Anchor.class).all()).anyMatch(link -> link.getText().startsWith("Download "));
        assertThat(buttons()).doesNotContain("Save a report", "Delete");
        open(Paths.reconciliation(team.slug()));
        assertThat(heading()).isEqualTo("Reconciliation");
        assertThat(find(Upload.class).exists()).isFalse();
    }

    private void aSavedReport(Tenant team) {
        reports.save(
                TEST,
                team.id(),
                new SavedReport(
                        UUID.randomUUID(),
                        "For the board",
                        null,
                        ExportFormat.XLSX,
                        List.of(Dimension.STAGE),
                        false,
                        Rhythm.MONTHLY,
                        DeliveryWay.LINK,
                        List.of("ada@example.org")));
    }

    @Test
    void onlyAnAdministratorSetsWhatIsCharged() {
        Tenant team = aTeam();
        signIn(aMember(team, Role.FINANCE), null);
        open(Paths.statements(team.slug()));
        assertThat(buttons()).doesNotContain("Set a rate");

        signIn(aMember(team, Role.OWNER), PlatformRole.ADMIN);
        open(Paths.statements(team.slug()));
        click("Set a rate");
        field("Mark-up or discount").setValue("plenty");
        click("Save");
        assertThat(field("Mark-up or discount").isInvalid()).isTrue();
        field("Mark-up or discount").setValue("7.5");
        click("Save");

        assertThat(rates.all(team.id()))
                .singleElement()
                .satisfies(rate -> assertThat(rate.percent()).isEqualByComparingTo("7.5"));
    }

    @Test
    void aReportIsSavedAndBadAddressesAreSaidAtTheirField() {
        Tenant team = aTeam();
        signIn(aMember(team, Role.FINANCE), null);
        open(Paths.savedReports(team.slug()));
        click("Save a report");
        field("Name").setValue("For the board");
        field("To").setValue("not an address");
        click("Save");
        assertThat(field("To").isInvalid()).isTrue();

        field("To").setValue("ada@example.org, bob@example.org");
        @SuppressWarnings("unchecked")
        MultiSelectComboBox<Dimension> by = find(MultiSelectComboBox.class).single();
        by.setValue(new LinkedHashSet<>(List.of(Dimension.STAGE, Dimension.MONTH)));
        click("Save");

        assertThat(reports.all(team.id())).singleElement().satisfies(report -> {
            assertThat(report.recipients()).containsExactly("ada@example.org", "bob@example.org");
            assertThat(report.by()).containsExactly(Dimension.STAGE, Dimension.MONTH);
        });
        assertThat(find(Anchor.class).all()).anyMatch(link -> link.getText().startsWith("Download "));
    }

    @Test
    void thePlatformsFinanceSeesAllTeamsAndTakesThemAway() {
        Tenant team = aTeamThatSpentTwoMonthsAgo();
        signIn(aMember(team, Role.OWNER), null);
        open(Paths.ALL_COSTS);
        assertThat(heading()).isEqualTo("Not for this role");

        signIn(aPerson(), PlatformRole.FINANCE);
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        String days = "?from=" + today.minusDays(70) + "&to=" + today.minusDays(55);
        open(Paths.ALL_COSTS + days + "&by=model");

        assertThat(heading()).isEqualTo("All teams’ costs");
        assertThat(find(Grid.class).all())
                .as("nobody who spent then has a rate")
                .hasSize(1);
        rates.set(new Caller.Admin(null, "test"), team.id(), new Rate(today.minusYears(1), BigDecimal.TEN));
        open(Paths.ALL_COSTS + days + "&by=project");
        assertThat(find(Grid.class).all())
                .as("what is charged beside what it cost")
                .hasSize(2);
        assertThat(find(Anchor.class).all().stream().map(Anchor::getText).toList())
                .contains("CSV", "Excel", "JSON", "FOCUS 1.2")
                .doesNotContain("Statement (PDF)");
    }

    @Test
    void thePlatformsFinanceBeginsWithAllTeamsAndComesFromThereToEach() {
        Tenant team = aTeamThatSpentTwoMonthsAgo();
        tenants.change(team.id(), new TenantChange("Bees of " + team.slug(), null, null, null));
        LocalDate day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        String days = "from=" + day.minusDays(80) + "&to=" + day.minusDays(40);
        signIn(aMember(team, Role.VIEWER), PlatformRole.FINANCE);

        open("");
        assertThat(heading()).isEqualTo("All teams’ costs");
        open(Paths.ALL_COSTS + "?" + days + "&by=tenant&then=month");

        Link link = linkInTheTable("Bees of " + team.slug());
        assertThat(link.getHref()).startsWith(Paths.costs(team.slug()) + "?").contains(days);
        assertThat(find(Chart.class).all()).hasSize(1);
        assertThat(find(Anchor.class).all()).extracting(Anchor::getText).contains("Download CSV", "CSV");
        assertThat(find(DayField.class).all()).as("from and to").hasSize(2);
        open(link.getHref());
        assertThat(heading()).isEqualTo("Costs");

        open(Paths.ALL_COSTS + "?" + days + "&by=model");
        open(linkInTheTable("gpt-4o").getHref());
        assertThat(heading()).as("of that model alone, by team").isEqualTo("All teams’ costs");
        assertThat(buttons()).contains("Model: gpt-4o");
        linkInTheTable("Bees of " + team.slug());
        for (Dimension by : Dimension.values()) {
            open(Paths.ALL_COSTS + "?" + days + "&by=" + by);
            assertThat(find(Grid.class).all()).as("by %s", by).isNotEmpty();
        }
    }

    @SuppressWarnings("unchecked") // a grid is found by its raw class
    private Link linkInTheTable(String text) {
        Grid<Object> grid = (Grid<Object>) find(Grid.class).all().getFirst();
        for (int row = 0; row < test(grid).size(); row++) {
            if (test(grid).getCellComponent(row, 0) instanceof Link link
                    && link.getText().equals(text)) {
                return link;
            }
        }
        throw new AssertionError("no line leads to " + text);
    }

    @Test
    void aBillOfAllTeamsIsThePlatformsFinances() {
        Tenant team = aTeamThatSpentTwoMonthsAgo();
        signIn(aMember(team, Role.OWNER), null);
        open(Paths.ALL_BILLS);
        assertThat(heading()).isEqualTo("Not for this role");

        UserId finance = aPerson();
        signIn(finance, PlatformRole.FINANCE);
        LocalDate day = LocalDate.ofInstant(clock.instant().minus(Duration.ofDays(62)), ZoneOffset.UTC);
        Reconciliation done = reconciliations.reconcileAll(
                new Caller.PlatformFinance(finance, "finance"),
                new BillFile(
                        "account-of-all.csv",
                        new ByteArrayInputStream("day,model,usd\n%s,gpt-4o,1000000\n"
                                .formatted(day)
                                .getBytes(StandardCharsets.UTF_8)),
                        new ColumnMapping("day", "model", "usd", "openai")));
        open(Paths.ALL_BILLS + "?shown=" + done.id());

        assertThat(heading()).isEqualTo("Providers’ bills");
        assertThat(find(Grid.class).all()).hasSize(1);
        assertThat(find(Anchor.class).all().stream().map(Anchor::getText)).contains("account-of-all.csv");
    }

    @Test
    void aTeamsCostsCanBeTakenAwayInEveryFormat() {
        Tenant team = aTeamThatSpentTwoMonthsAgo();
        signIn(aMember(team, Role.VIEWER), null);
        open(Paths.costs(team.slug()) + "?period=year&by=project");

        assertThat(find(Anchor.class).all().stream().map(Anchor::getText).toList())
                .contains("CSV", "Excel", "JSON", "FOCUS 1.2");
    }

    @Test
    void whatARingSumsUpLeadsToAllOfIt() {
        Tenant team = aTeam();
        spend(team, clock.instant(), IntStream.range(0, 11).mapToObj(n -> "stage-" + n));
        signIn(aMember(team, Role.VIEWER), null);
        open(Paths.dashboard(team.slug()));

        Anchor others = find(Anchor.class)
                .withCondition(link -> link.getText().equals("Others"))
                .single();
        assertThat(others.getHref()).contains("&by=stage").doesNotContain("&stage=");
        open(others.getHref());

        assertThat(heading()).isEqualTo("Costs");
        @SuppressWarnings("unchecked")
        Grid<Object> table = find(Grid.class).single();
        assertThat(table.getListDataView().getItems()).hasSize(11);
    }

    private Tenant aTeamThatSpentTwoMonthsAgo() {
        Tenant team = aTeam();
        spend(team, clock.instant().minus(Duration.ofDays(62)), Stream.of("development"));
        return team;
    }

    private void spend(Tenant team, Instant at, Stream<String> stages) {
        Project shop = projects.create(team.id(), new Slug("shop"), "Shop");
        history.record(
                new Caller.ForProject(team.id(), shop.id(), null, null, Set.of(), "test"),
                at,
                stages.map(stage -> new CallSpending(
                                ModelRef.of("gpt-4o"),
                                Usage.of(5_000, 2_000),
                                ServiceTier.STANDARD,
                                new CallLabels(stage, null, null),
                                null,
                                CallSpending.Mode.RECORD))
                        .toList());
    }

    /** In the last column of the grid that was opened last. */
    @SuppressWarnings("unchecked") // a grid is found by its raw class
    private Button buttonOfTheFirstRow() {
        Grid<Object> grid = (Grid<Object>) find(Grid.class).all().getLast();
        return (Button) test(grid).getCellComponent(0, grid.getColumns().size() - 1);
    }
}
