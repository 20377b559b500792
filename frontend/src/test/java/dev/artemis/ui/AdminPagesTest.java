package dev.artemis.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.dom.Element;
import com.vaadin.flow.server.StreamResourceRegistry;
import com.vaadin.flow.server.VaadinService;
import com.vaadin.flow.server.VaadinServletRequest;
import com.vaadin.flow.server.VaadinServletResponse;
import com.vaadin.flow.server.VaadinServletService;
import com.vaadin.flow.server.VaadinSession;
import com.vaadin.flow.server.streams.ElementRequestHandler;
import dev.artemis.OnDatabase;
import dev.artemis.access.ApiKeys;
import dev.artemis.access.Member;
import dev.artemis.access.Members;
import dev.artemis.access.NewApiKey;
import dev.artemis.access.People;
import dev.artemis.access.Person;
import dev.artemis.access.PlatformRole;
import dev.artemis.access.Users;
import dev.artemis.budgets.Admission;
import dev.artemis.budgets.Budgets;
import dev.artemis.budgets.CallLabels;
import dev.artemis.budgets.CallSpending;
import dev.artemis.budgets.CorrectEntries;
import dev.artemis.budgets.Correction;
import dev.artemis.budgets.Level;
import dev.artemis.budgets.Limits;
import dev.artemis.chargeback.ChargebackRates;
import dev.artemis.chargeback.Rate;
import dev.artemis.prices.ModelRef;
import dev.artemis.prices.ServiceTier;
import dev.artemis.prices.Usage;
import dev.artemis.projects.Project;
import dev.artemis.projects.Projects;
import dev.artemis.runs.RunRequest;
import dev.artemis.runs.Runs;
import dev.artemis.runs.Submission;
import dev.artemis.shared.Caller;
import dev.artemis.shared.EntryId;
import dev.artemis.shared.KeyId;
import dev.artemis.shared.Page;
import dev.artemis.shared.Problem;
import dev.artemis.shared.Role;
import dev.artemis.shared.RunId;
import dev.artemis.shared.Scope;
import dev.artemis.shared.Slug;
import dev.artemis.shared.Usd;
import dev.artemis.shared.UserId;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.TenantChange;
import dev.artemis.tenants.Tenants;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.Facts;
import dev.artemis.ui.parts.TeamDataLink;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.context.TestConstructor;

/** What an administrator does with teams, each after it was said what will happen. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class AdminPagesTest extends AtThePages {

    private static final int ACTIONS = 4;

    private final Tenants tenants;
    private final Projects projects;
    private final Budgets budgets;
    private final CorrectEntries corrections;
    private final Members members;
    private final People people;
    private final Users users;
    private final ApiKeys keys;
    private final Runs runs;
    private final ChargebackRates rates;
    private final Clock clock;

    AdminPagesTest(
            Tenants tenants,
            Users users,
            Members members,
            Projects projects,
            Budgets budgets,
            CorrectEntries corrections,
            People people,
            ApiKeys keys,
            Runs runs,
            ChargebackRates rates,
            Clock clock) {
        super(tenants, users, members);
        this.tenants = tenants;
        this.projects = projects;
        this.budgets = budgets;
        this.corrections = corrections;
        this.members = members;
        this.people = people;
        this.users = users;
        this.keys = keys;
        this.runs = runs;
        this.rates = rates;
        this.clock = clock;
    }

    @Test
    void aTeamIsSuspendedAndRestoredAfterSayingWhatThatMeans() {
        Tenant team = aTeam();
        signInAsAdministrator();
        open(Paths.ADMIN_TEAMS);

        action(team, "Suspend").click();
        assertThat(asked().getElement().getProperty("message")).contains("nothing can be changed");
        test(asked()).cancel();
        assertThat(now(team).suspended()).isFalse();
        action(team, "Suspend").click();
        test(asked()).confirm();
        assertThat(now(team).suspended()).isTrue();

        action(team, "Restore").click();
        test(asked()).confirm();
        assertThat(now(team).suspended()).isFalse();
    }

    @Test
    void undoOfASuspensionLiftsNoDeletionThatWasAskedForMeanwhile() {
        Tenant team = aTeam();
        signInAsAdministrator();
        open(Paths.ADMIN_TEAMS);

        action(team, "Suspend").click();
        test(asked()).confirm();
        tenants.requestDeletion(TEST, team.id());
        clickLast("Undo");
        assertThat(now(team).deletionRequestedAt()).isNotNull();
        assertThat(now(team).suspended()).isTrue();

        tenants.change(team.id(), new TenantChange(null, null, false, null));
        open(Paths.ADMIN_AUDIT);
        open(Paths.ADMIN_TEAMS);
        action(team, "Suspend").click();
        test(asked()).confirm();
        clickLast("Undo");
        assertThat(now(team).suspended()).isFalse();
    }

    @Test
    void whatWasNotTouchedIsNotSaidAnew() {
        Tenant team = aTeam();
        signInAsAdministrator();
        open(Paths.ADMIN_TEAMS);

        action(team, "Edit").click();
        tenants.change(team.id(), new TenantChange("Renamed by another", null, null, null));
        amount("One second of one CPU").setValue("0.00003");
        click("Save");

        assertThat(now(team).name()).isEqualTo("Renamed by another");
        assertThat(now(team).computeRates().cpuSecond()).isEqualTo(Usd.of("0.00003"));
    }

    @Test
    void aTeamsNameAndRatesArePutBackAndWhatAnotherChangedStays() {
        Tenant team = aTeam();
        signInAsAdministrator();
        open(Paths.ADMIN_TEAMS);

        action(team, "Edit").click();
        field("Name").setValue("Renamed");
        click("Save");
        assertThat(now(team).name()).isEqualTo("Renamed");
        Tenant.ComputeRates anothers = new Tenant.ComputeRates(Usd.of("0.5"), Usd.of("0.25"));
        tenants.change(team.id(), new TenantChange(null, null, null, anothers));
        click("Undo");
        assertThat(now(team).name()).isEqualTo(team.name());
        assertThat(now(team).computeRates()).isEqualTo(anothers);

        open(Paths.ADMIN_TEAMS);
        action(team, "Edit").click();
        amount("One second of one CPU").setValue("0.75");
        click("Save");
        assertThat(now(team).computeRates().cpuSecond()).isEqualTo(Usd.of("0.75"));
        clickLast("Undo");
        assertThat(now(team).computeRates()).isEqualTo(anothers);
    }

    @Test
    void undoOfATeamsNameLeavesWhatAnotherAdministratorCalledItSince() {
        Tenant team = aTeam();
        signInAsAdministrator();
        open(Paths.ADMIN_TEAMS);
        action(team, "Edit").click();
        field("Name").setValue("Renamed");
        click("Save");

        tenants.change(team.id(), new TenantChange("Another's", null, null, null));
        clickLast("Undo");

        assertThat(now(team).name()).isEqualTo("Another's");
    }

    /** A page that was opened before is no right: the role counts that somebody has when they take the data away. */
    @Test
    void aTeamsDataIsGivenToWhoIsItsOwnerWhenItIsFetched() throws IOException {
        Tenant team = aTeam();
        aMember(team, Role.OWNER);
        UserId owner = aMember(team, Role.OWNER);
        signIn(owner, null);
        open(Paths.audit(team.slug()));
        TeamDataLink link = find(TeamDataLink.class).single();
        ElementRequestHandler download = VaadinSession.getCurrent()
                .getResourceRegistry()
                .getResource(StreamResourceRegistry.ElementStreamResource.class, URI.create(link.getHref()))
                .orElseThrow()
                .getElementRequestHandler();
        MockHttpServletResponse before = fetch(download, link);
        assertThat(before.getStatus()).isEqualTo(200);
        assertThat(before.getContentAsByteArray()).startsWith('P', 'K');

        members.put(TEST, team.id(), owner, Role.VIEWER);

        MockHttpServletResponse after = fetch(download, link);
        assertThat(after.getStatus()).isEqualTo(403);
        assertThat(after.getContentAsByteArray()).isEmpty();
    }

    private static MockHttpServletResponse fetch(ElementRequestHandler download, TeamDataLink link) throws IOException {
        var answer = new MockHttpServletResponse();
        var service = (VaadinServletService) VaadinService.getCurrent();
        download.handleRequest(
                new VaadinServletRequest(new MockHttpServletRequest(), service),
                new VaadinServletResponse(answer, service),
                VaadinSession.getCurrent(),
                link.getElement());
        return answer;
    }

    @Test
    void aTeamIsDeletedAfterADayThatIsNamedAndCanBeRestoredUntilThen() {
        Tenant team = aTeam();
        signInAsAdministrator();
        open(Paths.ADMIN_TEAMS);

        action(team, "Delete").click();
        assertThat(asked().getElement().getProperty("message"))
                .contains("After 30 days", "Its ledger is kept for finance");
        test(asked()).confirm();
        assertThat(now(team).deletionRequestedAt()).isNotNull();
        assertThat(actions(team)).extracting(Button::getText).containsExactly("Edit", "Restore");

        action(team, "Restore").click();
        test(asked()).confirm();
        assertThat(now(team).deletionRequestedAt()).isNull();
    }

    @Test
    void aTeamsNameAndRatesAreChangedAndAZoneThatWasNotTouchedStays() {
        Tenant team = aTeam();
        signInAsAdministrator();
        open(Paths.ADMIN_TEAMS);

        action(team, "Edit").click();
        field("Name").setValue("");
        click("Save");
        assertThat(field("Name").isInvalid()).isTrue();
        field("Name").setValue("Other name");
        amount("One second of one CPU").setValue("0.00002");
        click("Save");

        Tenant after = now(team);
        assertThat(after.name()).isEqualTo("Other name");
        assertThat(after.computeRates().cpuSecond()).isEqualTo(Usd.of("0.00002"));
        assertThat(after.timeZone()).isEqualTo(team.timeZone());
    }

    @Test
    void whoRunsThePlatformIsAskedBeforeAndCanBeTakenBack() {
        UserId person = aPerson();
        signInAsAdministrator();

        choose(person, "Administrator");
        assertThat(asked().getElement().getProperty("message")).contains("Administrators do everything");
        test(asked()).cancel();
        assertThat(role(person)).as("cancelled").isNull();
        assertThat(standing(person).getValue()).isEmpty();

        choose(person, "Administrator");
        test(asked()).confirm();
        assertThat(role(person)).isEqualTo(PlatformRole.ADMIN);
        clickLast("Undo");
        assertThat(role(person)).as("undone").isNull();

        choose(person, "Finance");
        assertThat(asked().getElement().getProperty("message")).contains("costs of all teams");
        test(asked()).confirm();
        assertThat(role(person)).isEqualTo(PlatformRole.FINANCE);
        choose(person, "Administrator");
        test(asked()).confirm();
        choose(person, "Member of teams");
        assertThat(asked().getElement().getProperty("message")).contains("no administrator any more");
        test(asked()).cancel();
        assertThat(role(person)).isEqualTo(PlatformRole.ADMIN);
    }

    @Test
    void undoOfAStandingLeavesWhatAnotherAdministratorChoseSince() {
        UserId person = aPerson();
        signInAsAdministrator();
        choose(person, "Finance");
        test(asked()).confirm();

        people.giveRole(new Caller.Admin(null, "another"), person, PlatformRole.ADMIN);
        clickLast("Undo");

        assertThat(role(person)).isEqualTo(PlatformRole.ADMIN);
    }

    @Test
    void aRoleThatIsGivenLetsNobodyInWhoWasPutOutMeanwhile() {
        UserId person = aPerson();
        signInAsAdministrator();
        Select<Optional<PlatformRole>> opened = standing(person);

        people.disable(new Caller.Admin(null, "another"), person);
        UI.getCurrent().add(opened);
        test(opened).selectItem("Finance");
        test(asked()).confirm();

        assertThat(known(person).disabled()).isTrue();
        assertThat(role(person)).isEqualTo(PlatformRole.FINANCE);
    }

    @Test
    void anOwnerIsNotMadeByALetter() {
        Tenant team = aTeam();
        UserId viewer = aMember(team, Role.VIEWER);
        signIn(aMember(team, Role.OWNER), null);
        open(Paths.members(team.slug()));

        chooseRole(viewer, "Owner");
        assertThat(asked().getElement().getProperty("message")).contains("Owners do everything in the team");
        test(asked()).cancel();
        assertThat(roleIn(team, viewer)).isEqualTo(Role.VIEWER);
        chooseRole(viewer, "Owner");
        test(asked()).confirm();
        assertThat(roleIn(team, viewer)).isEqualTo(Role.OWNER);
    }

    @Test
    void whoCanSignInIsNotInvitedAgain() {
        Tenant team = aTeam();
        UserId owner = aMember(team, Role.OWNER);
        signIn(owner, null);
        open(Paths.members(team.slug()));
        assertThat(actionsOfTheFirstMember()).extracting(Button::getText).contains("Invite again", "Remove");

        users.setPassword(new Caller.Admin(null, "admin"), owner, "a very good password");

        open(Paths.budgets(team.slug()));
        open(Paths.members(team.slug()));
        assertThat(actionsOfTheFirstMember()).extracting(Button::getText).containsExactly("Remove");
    }

    private List<Button> actionsOfTheFirstMember() {
        return test(entries())
                .getCellComponent(0, 3)
                .getChildren()
                .filter(Button.class::isInstance)
                .map(Button.class::cast)
                .toList();
    }

    @Test
    void theAuditLogNamesTheKeyThatWasRevoked() {
        Tenant team = aTeam();
        Project project = projects.create(team.id(), new Slug("shop"), "Shop");
        KeyId gone = aKey(team, project, "old build");
        KeyId kept = aKey(team, project, "new build");
        keys.revoke(TEST, team.id(), project.id(), gone);
        budgets.setLimits(TEST, team.id(), new Level.OfKey(kept), Limits.of(Usd.of("5"), null));
        signIn(aMember(team, Role.OWNER), null);

        open(Paths.audit(team.slug()));

        assertThat(test(entries()).getCellText(0, 2)).isEqualTo("Member added or role changed");
        assertThat(subjects().map(Element::getTextRecursively))
                .contains("old build", "Shop: new build", "key Shop: new build")
                .noneMatch(subject -> subject.contains(gone.toString()) || subject.contains(kept.toString()));
    }

    @Test
    void theAuditLogSaysInTheReadersLanguageWhoItWasThatIsNobody() {
        Tenant team = aTeam();
        var key = new Caller.Platform("admin key 00000000-0000-7000-8000-000000abcdef");
        members.put(new Caller.Platform("somebody"), team.id(), aPerson(), Role.VIEWER);
        members.put(key, team.id(), aPerson(), Role.VIEWER);
        Project shop = projects.create(team.id(), new Slug("shop"), "Shop");
        var caller =
                new Caller.ForProject(team.id(), shop.id(), null, null, EnumSet.allOf(Scope.class), "ada@example.org");
        RunId run = ((Submission.Queued) runs.submit(caller, RunRequest.of("shell", "true")))
                .run()
                .summary()
                .id();
        runs.cancel(caller, run);
        KeyId nightly = aKey(team, shop, "nightly");
        budgets.setLimits(
                new Caller.Platform("key " + nightly),
                team.id(),
                new Level.WholeTenant(),
                Limits.of(Usd.of("5"), null));
        UI.getCurrent().setLocale(Locale.GERMAN);
        signIn(aMember(team, Role.OWNER), null);

        open(Paths.audit(team.slug()));

        assertThat(column(1)).contains("Jemand", "Schlüssel der Administration …\u2060abcdef", "ada@example.org");
        assertThat(subjects().filter(subject -> subject.getTag().equals("a")))
                .singleElement()
                .satisfies(link -> {
                    assertThat(link.getText())
                            .isEqualTo("Lauf " + run.toString().substring(28));
                    assertThat(link.getAttribute("href")).isEqualTo(Paths.run(team.slug(), shop.slug(), run));
                });
        assertThat(column(1)).as("a program's key").contains("Schlüssel Shop: nightly");
        assertThat(subjects().map(Element::getTextRecursively)).contains("Team Team");
        open(Paths.audit(team.slug()) + "?actor=Jemand");
        assertThat(column(1)).containsOnly("Jemand");
    }

    @Test
    void theAuditLogTellsAChangeInWordsAndAmounts() {
        Tenant team = aTeam();
        budgets.setLimits(TEST, team.id(), new Level.WholeTenant(), Limits.of(Usd.of("2.5"), null));
        budgets.setLimits(TEST, team.id(), new Level.WholeTenant(), Limits.of(Usd.of("1250.0625"), Usd.of("9000")));
        Project shop = projects.create(team.id(), new Slug("shop"), "Shop");
        keys.revoke(TEST, team.id(), shop.id(), aKey(team, shop, "old build"));
        EntryId entry = ((Admission.Tracked) budgets.track(
                        new Caller.ForProject(team.id(), shop.id(), null, null, Set.of(), "test"), spending()))
                .id();
        corrections.correct(
                new Caller.Admin(null, "test"),
                team.id(),
                shop.id(),
                new Correction(entry, Usd.of("-0.0125"), "counted twice"));
        LocalDate today = LocalDate.ofInstant(clock.instant(), team.timeZone());
        rates.set(new Caller.Admin(null, "test"), team.id(), new Rate(today, new BigDecimal("12.3456")));
        signIn(aMember(team, Role.OWNER), null);

        open(Paths.audit(team.slug()));

        assertThat(opened("Member added or role changed")).contains("Value" + "Owner");
        assertThat(opened("Budget changed"))
                .contains("Daily limit" + "$2.50 → $1,250.0625", "Monthly limit" + "nothing → $9,000.00")
                .doesNotContain("Alerts at", "{", "\"");
        assertThat(opened("Chargeback rate set")).contains("Mark-up in per cent" + "12.3456");
        assertThat(opened("API key revoked")).contains("Name" + "was old build");
        assertThat(opened("Cost corrected"))
                .contains("Amount" + "−$0.0125", "Reason" + "counted twice")
                .as("a field that has no words")
                .contains("Entry", entry.toString());
    }

    /** What the first line of that action opens to. */
    @SuppressWarnings("unchecked") // a grid is found by its raw class
    private String opened(String action) {
        Grid<Object> grid = entries();
        Object line = IntStream.range(0, test(grid).size())
                .filter(row -> test(grid).getCellText(row, 2).equals(action))
                .mapToObj(row -> test(grid).getRow(row))
                .findFirst()
                .orElseThrow();
        grid.setDetailsVisible(line, true);
        roundTrip();
        String text = find(Facts.class).all().getLast().getElement().getTextRecursively();
        grid.setDetailsVisible(line, false);
        roundTrip();
        return text;
    }

    private Stream<Element> subjects() {
        return IntStream.range(0, test(entries()).size())
                .mapToObj(row -> test(entries()).getCellComponent(row, 3).getElement());
    }

    private List<String> column(int column) {
        return IntStream.range(0, test(entries()).size())
                .mapToObj(row -> test(entries()).getCellText(row, column))
                .toList();
    }

    @Test
    void whenTeamsWereMadeIsInOneZone() {
        Instant made = clock.instant();
        tenants.create(new Slug("berlin-" + UUID.randomUUID()), "Berlin", ZoneId.of("Europe/Berlin"));
        tenants.create(new Slug("tokyo-" + UUID.randomUUID()), "Tokyo", ZoneId.of("Asia/Tokyo"));
        signInAsAdministrator();

        open(Paths.ADMIN_TEAMS);

        Map<String, String> created = IntStream.range(0, test(entries()).size())
                .boxed()
                .collect(Collectors.toMap(
                        row -> ((Tenant) test(entries()).getRow(row)).name(),
                        row -> test(entries())
                                .getCellComponent(row, 3)
                                .getElement()
                                .getTextRecursively(),
                        (one, other) -> other));
        var utc = new Format(Locale.US, ZoneId.of("UTC"));
        assertThat(List.of(created.get("Berlin"), created.get("Tokyo")))
                .allSatisfy(text ->
                        assertThat(text).isIn(utc.dateTime(made) + "UTC", utc.dateTime(made.plusSeconds(60)) + "UTC"));
    }

    private KeyId aKey(Tenant team, Project project, String name) {
        return keys.create(
                        TEST, team.id(), project.id(), new NewApiKey(name, Set.of(Scope.CALLS_WRITE), null, null, null))
                .key()
                .id();
    }

    private void choose(UserId person, String standing) {
        Select<Optional<PlatformRole>> select = standing(person);
        UI.getCurrent().add(select);
        test(select).selectItem(standing);
    }

    /** On the page that begins with that person. */
    @SuppressWarnings("unchecked") // a grid is found by its raw class
    private Select<Optional<PlatformRole>> standing(UserId person) {
        String email = known(person).email();
        byte[] before = email.substring(0, email.length() - 1).getBytes(StandardCharsets.UTF_8);
        open(Paths.ADMIN_AUDIT);
        open(Paths.ADMIN_PEOPLE + "?after="
                + Base64.getUrlEncoder().withoutPadding().encodeToString(before));
        Grid<Object> grid = entries();
        assertThat(((Person) test(grid).getRow(0)).id()).isEqualTo(person);
        return (Select<Optional<PlatformRole>>) test(grid).getCellComponent(0, 2);
    }

    @SuppressWarnings("unchecked") // a grid is found by its raw class
    private void chooseRole(UserId member, String role) {
        Grid<Object> grid = entries();
        int row = 0;
        while (!((Member) test(grid).getRow(row)).user().equals(member)) {
            row++;
        }
        Select<Role> select = (Select<Role>) test(grid).getCellComponent(row, 1);
        UI.getCurrent().add(select);
        test(select).selectItem(role);
    }

    private Role roleIn(Tenant team, UserId user) {
        return members.all(team.id()).stream()
                .filter(member -> member.user().equals(user))
                .findFirst()
                .orElseThrow()
                .role();
    }

    private @Nullable PlatformRole role(UserId person) {
        return known(person).platformRole();
    }

    private Person known(UserId person) {
        String cursor = null;
        do {
            Page<Person> page = people.all(cursor);
            Optional<Person> found =
                    page.items().stream().filter(it -> it.id().equals(person)).findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            cursor = page.next();
        } while (cursor != null);
        throw new AssertionError("nobody knows " + person);
    }

    @Test
    void aCorrectionThatIsRepeatedIsWrittenOnce() {
        Tenant team = aTeam();
        Project project = projects.create(team.id(), new Slug("shop"), "Shop");
        EntryId entry = ((Admission.Tracked) budgets.track(
                        new Caller.ForProject(team.id(), project.id(), null, null, Set.of(), "test"), spending()))
                .id();
        var admin = new Caller.Admin(null, "admin");
        var correction = new Correction(entry, Usd.of("-0.01"), "counted twice");
        UUID once = UUID.randomUUID();

        corrections.correctOnce(admin, team.id(), project.id(), correction, once);
        corrections.correctOnce(admin, team.id(), project.id(), correction, once);

        assertThat(budgets.status(team.id(), project.id(), null).windows())
                .anyMatch(window -> window.spent().equals(Usd.of("0.0225")));
        assertThatThrownBy(() -> corrections.correctOnce(
                        admin, team.id(), project.id(), new Correction(entry, Usd.of("-0.02"), "other"), once))
                .isInstanceOf(Problem.class);
    }

    @Test
    void anEntryIsCorrectedByANewOneAndOnlyByAdministrators() {
        Tenant team = aTeam();
        Project project = projects.create(team.id(), new Slug("shop"), "Shop");
        budgets.track(new Caller.ForProject(team.id(), project.id(), null, null, Set.of(), "test"), spending());
        signIn(aMember(team, Role.OWNER), null);
        open(Paths.calls(team.slug()));
        assertThat(entries().getColumns()).hasSize(8);

        signInAsAdministrator();
        open(Paths.calls(team.slug()));
        ((Button) test(entries()).getCellComponent(0, 8)).click();
        field("Amount to add").setValue("zero");
        clickLast("Correct");
        assertThat(field("Amount to add").isInvalid()).isTrue();
        field("Amount to add").setValue("-0.0125");
        clickLast("Correct");
        TextArea reason = find(TextArea.class).withLabel("Reason").single();
        assertThat(reason.isInvalid()).isTrue();
        reason.setValue("counted twice");
        clickLast("Correct");

        assertThat(budgets.status(team.id(), project.id(), null).windows())
                .anyMatch(window -> window.spent().equals(Usd.of("0.02")));
        assertThat(test(entries()).size()).isEqualTo(2);
    }

    private static CallSpending spending() {
        return new CallSpending(
                ModelRef.of("gpt-4o"),
                Usage.of(5_000, 2_000),
                ServiceTier.STANDARD,
                new CallLabels("development", null, null),
                null,
                CallSpending.Mode.ENFORCE);
    }

    private Tenant now(Tenant team) {
        return tenants.find(team.id()).orElseThrow();
    }

    private ConfirmDialog asked() {
        return find(ConfirmDialog.class).all().getLast();
    }

    @SuppressWarnings("unchecked") // a grid is found by its raw class
    private Grid<Object> entries() {
        return (Grid<Object>) find(Grid.class).single();
    }

    private Button action(Tenant team, String text) {
        return actions(team).stream()
                .filter(button -> button.getText().equals(text))
                .findFirst()
                .orElseThrow();
    }

    private List<Button> actions(Tenant team) {
        Grid<Object> grid = entries();
        int row = 0;
        while (!((Tenant) test(grid).getRow(row)).id().equals(team.id())) {
            row++;
        }
        Component cell = test(grid).getCellComponent(row, ACTIONS);
        return cell.getChildren()
                .filter(Button.class::isInstance)
                .map(Button.class::cast)
                .toList();
    }
}
