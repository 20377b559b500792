package dev.artemis.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;

/** A person's first quarter of an hour, in a browser: from signing in to the file for finance. */
@Tag("browser")
@EnabledIf(
        value = "dev.artemis.e2e.Chromium#isInstalled",
        disabledReason = "no chromium: ./artemis test installs it where it may")
@ExtendWith({SharedInstance.class, OwnChromium.class})
class BrowserJourneyTest {

    private static final String CALL = """
        {"model": "%s", "tokens_input": 5000, "tokens_output": 2000, "stage": "%s"}\
        """;
    private static final Pattern KEY = Pattern.compile("^art_\\S+$");

    private final Instance instance;
    private final Chromium chromium;

    BrowserJourneyTest(Instance instance, Chromium chromium) {
        this.instance = instance;
        this.chromium = chromium;
    }

    @Test
    void takesAPersonFromSignInToTheFileForFinance() throws IOException {
        Page page = signedIn();

        createTeam(page, "Journey");
        Api api = createProjectAndKey(page, "Shop");
        limitTheDay(page, "Journey", "1");
        runCode(page, "Shop", "print('six times seven is', 6 * 7)", "six times seven is 42");
        api.post("calls", CALL.formatted("gpt-4o", "development")).expect(201);
        api.post("calls", CALL.formatted("gpt-4o-mini", "review")).expect(201);

        seeWhatWasSpent(page, api);
        seeCostsByStageAndModel(page);
        downloadThem(page, api);
    }

    @Test
    void refusesAWrongPassword() {
        Page page = chromium.visit(instance);
        signIn(page, "not-the-password");

        assertThat(page.getByText("That did not work")).isVisible();
        page.navigate("admin/teams");
        assertThat(field(page, "Password")).isVisible();
    }

    @Test
    void showsHostileOutputAsTextOnly() {
        Teams.Team team = Teams.create(instance);
        Page page = signedIn();

        page.navigate("teams/" + team.slug() + "/submit?project=web");
        run(page, "print('<img src=x onerror=\"document.title=1\"><b id=bold>bold</b>')");

        assertThat(page.getByLabel("Output").locator("pre")).containsText("<b id=bold>bold</b>");
        assertThat(page.locator("#bold")).hasCount(0);
        assertThat(page).not().hasTitle("1");
    }

    private Page signedIn() {
        Page page = chromium.visit(instance);
        signIn(page, Instance.ADMIN_PASSWORD);
        assertThat(heading(page, "Teams")).isVisible();
        return page;
    }

    private static void signIn(Page page, String password) {
        page.navigate("");
        page.getByLabel("E-mail").fill("admin@localhost");
        field(page, "Password").fill(password);
        button(page, "Sign in").click();
    }

    private static void createTeam(Page page, String name) {
        button(page, "New team").first().click();
        field(page, "Name").fill(name);
        field(page, "Short name").fill(name.toLowerCase(Locale.ROOT));
        button(page, "Create").click();
        assertThat(heading(page, name)).isVisible();
    }

    private Api createProjectAndKey(Page page, String name) {
        link(page, "Projects").click();
        button(page, "New project").first().click();
        field(page, "Name").fill(name);
        field(page, "Short name").fill(name.toLowerCase(Locale.ROOT));
        button(page, "Create").click();
        assertThat(heading(page, name)).isVisible();

        button(page, "New key").click();
        field(page, "Name").fill("journey");
        button(page, "Create").click();
        String key = page.locator("pre")
                .filter(new Locator.FilterOptions().setHasText(KEY))
                .textContent();
        button(page, "I have kept it").click();
        assertThat(page.getByText(key)).hasCount(0);
        return instance.api(key);
    }

    private static void limitTheDay(Page page, String team, String dollars) {
        link(page, "Budgets").click();
        button(page, "Edit limits: Team: " + team).click();
        field(page, "Daily limit").fill(dollars);
        button(page, "Save").click();
        assertThat(page.getByText("spent of $" + dollars).first()).isVisible();
    }

    private static void runCode(Page page, String project, String code, String output) {
        link(page, "Projects").click();
        link(page, project).click();
        button(page, "Submit code").click();
        field(page, "Stage").fill("testing");
        run(page, code);
        assertThat(page.getByLabel("Output").locator("pre")).hasText(output);
        assertThat(page.getByText("Succeeded").first()).isVisible();
    }

    private static void run(Page page, String code) {
        page.locator("artemis-code .cm-content").fill(code);
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Run").setExact(true))
                .click();
    }

    private static void seeWhatWasSpent(Page page, Api api) {
        link(page, "Dashboard").click();
        String spent =
                api.get("costs?group_by=stage").expect(200).json().get("total").asString();
        assertThat(new BigDecimal(spent)).isGreaterThanOrEqualTo(new BigDecimal("0.03445"));
        assertThat(page.getByText("spent of $1").first()).isVisible();
    }

    private static void seeCostsByStageAndModel(Page page) {
        link(page, "Costs").click();
        Locator table = page.getByLabel("Cost table").locator("vaadin-grid");
        assertThat(table).containsText("development");
        assertThat(table).containsText("gpt-4o");
        assertThat(table).containsText("0.0325");
        assertThat(table).containsText("0.00195");
    }

    private static void downloadThem(Page page, Api api) throws IOException {
        Download download =
                page.waitForDownload(() -> link(page, "Download CSV").click());
        List<String> rows = Files.readAllLines(download.path());
        int cost = List.of(rows.getFirst().split(",")).indexOf("cost_usd");
        BigDecimal sum = rows.stream()
                .skip(1)
                .map(row -> new BigDecimal(row.split(",", -1)[cost]))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(download.suggestedFilename()).endsWith(".csv");
        assertThat(sum)
                .isEqualByComparingTo(api.get("costs?group_by=stage")
                        .expect(200)
                        .json()
                        .get("total")
                        .asString());
    }

    private static Locator heading(Page page, String name) {
        return page.getByRole(
                AriaRole.HEADING, new Page.GetByRoleOptions().setName(name).setLevel(1));
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator link(Page page, String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator field(Page page, String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
    }
}
