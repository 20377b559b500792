package dev.artemis.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pages that are open show what others do, and stand much text. */
@Tag("browser")
@EnabledIf(
        value = "dev.artemis.e2e.Chromium#isInstalled",
        disabledReason = "no chromium: ./artemis test installs it where it may")
@ExtendWith({SharedInstance.class, OwnChromium.class})
class LivePagesTest {

    private static final String CALL = """
        {"model": "gpt-4o", "tokens_input": 5000, "tokens_output": 2000, "stage": "development"}\
        """;

    /** Each text that is marked, once. */
    private static final String MARKED =
            "() => [...new Set([...CSS.highlights.get('artemis-found')].map(range => range.toString()))]";

    private static final String PASSWORD = "long-enough-password-1";

    private final Instance instance;
    private final Chromium chromium;

    LivePagesTest(Instance instance, Chromium chromium) {
        this.instance = instance;
        this.chromium = chromium;
    }

    @Test
    void twoBrowsersSeeEachOthersChangesWithoutReload() {
        Teams.Team team = Teams.create(instance);
        Person one = at("teams/" + team.slug());
        Person other = at("teams/" + team.slug() + "/budgets");
        assertThat(one.page().getByText("spent, without a limit").first()).isVisible();

        other.button("Edit limits: Team: Team " + team.slug()).click();
        other.field("Daily limit").fill("7");
        other.button("Save").click();
        assertThat(one.page().getByText("spent of $7.00").first()).isVisible();

        team.api().post("calls", CALL).expect(201);
        assertThat(one.page().getByText("$0.0325").first()).isVisible();
        Runs.await(team.api(), Runs.PRINT_HELLO);
        assertThat(one.panel("Recent runs")).containsText("Succeeded");

        instance.admin().post("admin/tenants/" + team.slug() + "/projects", """
            {"slug": "second", "name": "Second"}\
            """).expect(201);
        assertThat(other.page().getByText("Project: Second")).isVisible();
    }

    @Test
    void thePlatformsFinanceSeesWhatAnyTeamSpendsWithoutReload() {
        Teams.Team team = Teams.create(instance);
        Person finance = at("admin/costs");
        Locator row = finance.page()
                .locator("vaadin-grid")
                .getByText("Team " + team.slug(), new Locator.GetByTextOptions().setExact(true));
        assertThat(row).hasCount(0);

        team.api().post("calls", CALL).expect(201);

        assertThat(row.first()).isVisible();
    }

    @Test
    void theListOfRunsFollowsThem() {
        Teams.Team team = Teams.create(instance);
        Person watcher = at("teams/" + team.slug() + "/runs");
        assertThat(watcher.page().getByText("No runs here yet")).isVisible();

        Runs.await(team.api(), Runs.PRINT_HELLO);

        assertThat(watcher.page().locator("vaadin-grid").getByText("Succeeded")).isVisible();
    }

    @Test
    void whoIsRemovedSeesNoMoreOfTheTeam() {
        Teams.Team team = Teams.create(instance);
        String email = "leaver@" + team.slug() + ".example";
        String keeper = "keeper@" + team.slug() + ".example";
        member("admin/tenants/" + team.slug() + "/members", keeper, "OWNER");
        invite(team, email, "VIEWER");
        Person stayer = at("teams/" + team.slug());
        Person admin = at("teams/" + team.slug() + "/members");
        Person leaver = Person.signedIn(chromium.visit(instance), email, PASSWORD);
        assertThat(leaver.heading("Team " + team.slug())).isVisible();

        admin.button("Remove " + email + " from the team").click();
        admin.confirm("Remove");

        // the page that nobody touches says that it is over, and learns nothing more
        assertThat(leaver.page().getByText("Your session has ended")).isVisible();
        team.api().post("calls", CALL).expect(201);
        assertThat(stayer.page().getByText("$0.0325").first()).isVisible();
        assertThat(leaver.page().getByText("$0.0325")).hasCount(0);

        leaver.page().getByText("Your session has ended").click();
        leaver.signIn(email, PASSWORD);
        leaver.page().navigate("teams/" + team.slug());
        assertThat(leaver.heading("Not found")).isVisible();
        leaver.page().navigate("");
        assertThat(leaver.page().getByText("You belong to no team yet")).isVisible();
    }

    @Test
    void whoGetsAnotherRoleSeesItAtOnce() {
        Teams.Team team = Teams.create(instance);
        String email = "developer@" + team.slug() + ".example";
        invite(team, email, "DEVELOPER");
        Person developer = Person.signedIn(chromium.visit(instance), email, PASSWORD);
        developer.page().navigate("teams/" + team.slug() + "/submit?project=web");
        assertThat(developer.heading("Submit code")).isVisible();

        instance.admin()
                .post(
                        "admin/tenants/" + team.slug() + "/members",
                        "{\"email\": \"%s\", \"role\": \"VIEWER\"}".formatted(email))
                .expect(201);

        assertThat(developer.heading("Not for this role")).isVisible();
    }

    @Test
    void administratorsSeeEachOthersChanges() {
        Teams.Team team = Teams.create(instance);
        String name = "Team " + team.slug();
        String model = "model-of-" + team.slug();
        Person one = at("admin/teams");
        Person prices = at("admin/prices?model=" + model);
        Person log = at("admin/audit?action=price.");
        Person other = at("admin/teams");
        assertThat(prices.page().getByText("No prices")).isVisible();

        other.button("Suspend " + name).click();
        other.confirm("Suspend");
        assertThat(one.button("Restore " + name)).isVisible();
        other.button("Restore " + name).click();
        other.confirm("Restore");
        assertThat(one.button("Suspend " + name)).isVisible();

        other.page().navigate("admin/prices");
        other.button("Add price").click();
        Locator dialog = other.page().locator("vaadin-dialog[opened]");
        dialog.getByLabel("Provider").fill("openai");
        dialog.getByLabel("Model", new Locator.GetByLabelOptions().setExact(true))
                .fill(model);
        dialog.getByLabel("Input / 1M").fill("2");
        dialog.getByLabel("Output / 1M").fill("8");
        other.button("Add rates of a tier").click();
        Locator tier = dialog.locator(".artemis-tier");
        tier.getByLabel("Input / 1M").fill("1");
        tier.getByLabel("Output / 1M").fill("4");
        other.button("Save").click();

        assertThat(prices.page().getByText("1 price", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        assertThat(log.page().getByText("Price added").first()).isVisible();
        prices.button("History: " + model + " (openai)").click();
        assertThat(prices.page().locator("vaadin-dialog[opened]")).containsText("BatchInput$1.00");
    }

    @Test
    void financeSeesEachOthersReportsAndBills() {
        Teams.Team team = Teams.create(instance);
        Person reports = at("teams/" + team.slug() + "/reports");
        Person bills = at("teams/" + team.slug() + "/reconciliation");
        Person other = at("teams/" + team.slug() + "/reports");

        other.button("Save a report").first().click();
        other.field("Name").fill("For the board");
        other.field("To").fill("board@example.org");
        other.button("Save").click();
        assertThat(reports.panel("For the board")).isVisible();
        other.button("Delete: For the board").click();
        other.confirm("Delete");
        assertThat(reports.page().getByText("No report is saved yet")).isVisible();

        other.follow(instance.url()
                .resolve("/teams/" + team.slug() + "/reconciliation")
                .toString());
        Bills.upload(other, "november.csv", "day,model,usd\n2026-11-01,gpt-4o,12.5\n");
        assertThat(bills.panel("Earlier reconciliations")).containsText("november.csv");
    }

    @Test
    void tenThousandLinesDoNotSlowThePage() {
        Teams.Team team = Teams.create(instance);
        Person reader = at("teams/" + team.slug() + "/submit?project=web");
        reader.page().locator("artemis-code .cm-content").fill("for n in range(10_000): print('this is line', n)");
        reader.button("Run").click();
        assertThat(reader.page().getByText("Succeeded").first()).isVisible();
        Locator output = reader.page().locator("section[data-pane=stdout] .scroller");
        assertThat(output).containsText("this is line 9999");

        reader.page().getByPlaceholder("Search in what was printed").fill("line 9999");
        assertThat(reader.page().locator("artemis-output .count")).hasText("0 of 1");
        double best = medianOfTwoFrames(output);
        for (int i = 1; i < 3 && best >= 250; i++) {
            best = Math.min(best, medianOfTwoFrames(output));
        }
        assertThat(best)
                .as("two frames while scrolling, ms: the best of three, on a busy machine")
                .isLessThan(250);
    }

    /** Milliseconds, while it is scrolled to twenty places one after another. */
    private static double medianOfTwoFrames(Locator output) {
        List<Double> frames = new ArrayList<>();
        for (int at = 0; at < 20; at++) {
            frames.add(((Number) output.evaluate("""
                (scroller, at) => new Promise((done) => {
                  const start = performance.now();
                  scroller.scrollTop = scroller.scrollHeight * at / 20;
                  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
                })\
                """, at)).doubleValue());
        }
        return frames.stream().sorted().toList().get(10);
    }

    @Test
    void tooMuchToShowIsLeftOutInTheMiddleAndSaid() {
        Teams.Team team = Teams.create(instance);
        Person reader = at("teams/" + team.slug() + "/submit?project=web");
        reader.page().locator("artemis-code .cm-content").fill("for n in range(60_000): print('line', n)");
        reader.button("Run").click();
        assertThat(reader.page().getByText("Succeeded").first()).isVisible();

        Locator output = reader.page().locator("section[data-pane=stdout] .scroller");
        assertThat(output).containsText("lines are left out here");
        assertThat(output).containsText("line 59999");
        assertThat(output.locator("pre").first()).containsText("line 0\nline 1\n");
        byte[] all = chromiumDownload(reader);
        String expected =
                IntStream.range(0, 60_000).mapToObj(n -> "line " + n + "\n").collect(Collectors.joining());
        assertThat(new String(all, java.nio.charset.StandardCharsets.UTF_8)).isEqualTo(expected);
    }

    @Test
    void whatIsSearchedForIsMarkedWhereItStandsAndCountedInThePagesLanguage() {
        Teams.Team team = Teams.create(instance);
        Page page = chromium.visit(instance, Chromium.Look.LIGHT, "de-DE");
        page.context()
                .addCookies(List.of(new Cookie("artemis.language", "en")
                        .setUrl(instance.url().toString())));
        Person reader = Person.admin(page);
        page.navigate("teams/" + team.slug() + "/submit?project=web");
        page.locator("artemis-code .cm-content")
                .fill("for n in range(1_500): print('\u0130\u0130 Stanbul')\nprint('\u0130STANBUL')");
        reader.button("Run").click();
        assertThat(page.getByText("Succeeded").first()).isVisible();

        page.getByPlaceholder("Search in what was printed").fill("stanbul");
        assertThat(page.locator("artemis-output .count")).hasText("0 of 1,501");
        assertThat((List<?>) page.evaluate(MARKED))
                .as("those letters, though İ is two when small")
                .isEqualTo(List.of("Stanbul", "STANBUL"));
        page.getByPlaceholder("Search in what was printed").fill("istanbul");
        assertThat(page.locator("artemis-output .count")).hasText("0 of 1");
    }

    private static byte[] chromiumDownload(Person reader) {
        Path path = reader.page()
                .waitForDownload(() -> reader.link("Download: Output").click())
                .path();
        try {
            return java.nio.file.Files.readAllBytes(path);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Person at(String path) {
        Page page = chromium.visit(instance);
        Person admin = Person.admin(page);
        page.navigate(path);
        admin.settled();
        return admin;
    }

    /** Adds somebody, who follows the invitation and chooses a password. */
    private void invite(Teams.Team team, String email, String role) {
        String members = "admin/tenants/" + team.slug() + "/members";
        String link = instance.admin()
                .post(members + "/" + member(members, email, role) + "/invitation", "")
                .expect(200)
                .json()
                .get("path")
                .asString();
        Person invited = new Person(chromium.visit(instance));
        invited.page().navigate(link.substring(1));
        invited.field("New password").fill(PASSWORD);
        invited.field("The same again").fill(PASSWORD);
        invited.button("Choose it").click();
        assertThat(invited.page().getByText("You can sign in with it now")).isVisible();
    }

    /** Adds one, and gives back its id. */
    private String member(String members, String email, String role) {
        return instance.admin()
                .post(members, "{\"email\": \"%s\", \"role\": \"%s\"}".formatted(email, role))
                .expect(201)
                .json()
                .get("id")
                .asString();
    }
}
