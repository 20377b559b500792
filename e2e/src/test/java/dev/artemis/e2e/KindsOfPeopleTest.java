package dev.artemis.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;

/** What each kind of user comes for, with the mouse and with the keyboard alone. */
@Tag("browser")
@EnabledIf(
        value = "dev.artemis.e2e.Chromium#isInstalled",
        disabledReason = "no chromium: ./artemis test installs it where it may")
@ExtendWith({Demo.Shared.class, OwnChromium.class})
class KindsOfPeopleTest {

    private static final Locator.GetByTextOptions EXACTLY = new Locator.GetByTextOptions().setExact(true);

    private final Demo demo;
    private final Chromium chromium;

    KindsOfPeopleTest(Demo demo, Chromium chromium) {
        this.demo = demo;
        this.chromium = chromium;
    }

    @Test
    void aTeamMemberSeesWhatIsSpentAndLeftAndFollowsItToWhatIsBehindIt() {
        Person viewer = of("viewer@busy.example");

        assertThat(viewer.heading("Busy Bees")).isVisible();
        assertThat(viewer.page().getByText("Reserved").first()).isVisible();
        assertThat(viewer.page().getByText("Expected by the month’s end")).isVisible();
        assertThat(viewer.panel("Dearest cards").locator("li").first()).isVisible();
        viewer.link("All: Dearest cards").click();
        assertThat(viewer.heading("Costs")).isVisible();
        assertThat(viewer.page()).hasURL(Pattern.compile("by=card"));
        viewer.link("Runs").click();
        assertThat(viewer.button("Submit code")).hasCount(0);
    }

    @Test
    void aTeamMemberChoosesProjectPeriodAndGroupAndTheAddressKeepsThem() {
        Person viewer = of("viewer@busy.example");
        viewer.page().navigate("teams/busy?project=shop&period=days-30&by=model");

        assertThat(viewer.panel("Cost by model over time")).isVisible();
        assertThat(viewer.page().locator("vaadin-select").first()).containsText("Shop");
        viewer.page().reload();
        assertThat(viewer.panel("Cost by model over time")).isVisible();
    }

    @Test
    void aDeveloperRunsCodeWithInputFilesAndLimitsAndSearchesWhatItPrints() throws IOException {
        Person developer = of("developer@busy.example");
        developer.page().navigate("teams/busy/submit?project=shop");
        Path file = Files.createTempFile("artemis", ".txt");
        Files.writeString(file, "from the file");

        code(developer, """
            import os, sys
            print("stdin:", sys.stdin.read())
            print("env:", os.environ["COLOUR"])
            print("file:", open("%s").read())
            print("to the other stream", file=sys.stderr)
            """.formatted(file.getFileName()));
        developer.page().getByText("Limits, input and files").click();
        developer.field("Standard input").fill("typed");
        developer.field("Environment").fill("COLOUR=blue");
        developer.field("Timeout in seconds").fill("99999");
        developer.page().locator("input[type=file]").setInputFiles(file);
        assertThat(developer.page().locator("vaadin-upload-file")).containsText(String.valueOf(file.getFileName()));
        developer.button("Run").click();
        assertThat(developer.complaint("0.01 to 7,200")).isVisible();
        developer.field("Timeout in seconds").fill("20");
        developer.button("Run").click();

        Locator output = developer.page().locator("section[data-pane=stdout]");
        assertThat(output).containsText("stdin: typed");
        assertThat(output).containsText("env: blue");
        assertThat(output).containsText("file: from the file");
        assertThat(developer.page().locator("section[data-pane=stderr]")).containsText("to the other stream");
        assertThat(developer.page().getByText("Succeeded").first()).isVisible();
        assertThat(developer.panel("What it used")).containsText("of 20 s");
        developer.button("In order").click();
        assertThat(developer.page().locator("section[data-pane=both]")).containsText("to the other stream");
        developer.page().getByPlaceholder("Search in what was printed").fill("BLUE");
        assertThat(developer.page().locator("artemis-output .count")).hasText("0 of 1");
        developer.page().keyboard().press("Enter");
        assertThat(developer.page().locator("artemis-output .count")).hasText("1 of 1");

        developer.button("Run again").click();
        assertThat(developer.field("Standard input")).hasValue("typed");
        assertThat(developer.field("Environment")).hasValue("COLOUR=blue");
        assertThat(developer.field("Timeout in seconds")).hasValue("20");
        assertThat(developer.page().getByText(file.getFileName().toString()).first())
                .isVisible();
    }

    @Test
    void aDeveloperSeesFindingsWhileTypingAndWhyARunIsBlocked() {
        Person developer = of("developer@busy.example");
        developer.page().navigate("teams/busy/submit?project=shop");

        code(developer, "x = input()\neval(x)\n");
        assertThat(developer.page().getByText("This project would block the code"))
                .isVisible();
        assertThat(developer.page().locator("artemis-code .cm-lint-marker")).hasCount(1);
        developer.button("Run").click();

        assertThat(developer.page().getByText("Blocked").first()).isVisible();
        assertThat(developer.panel("Findings of the scan")).containsText("py-eval");
        assertThat(developer.panel("Findings of the scan")).containsText("ask an owner");
        developer.button("Line 2").click();
        assertThat(developer.page().locator("artemis-code .cm-content")).isFocused();
    }

    @Test
    void aDeveloperEndsARunThatIsInTheWay() {
        Person developer = of("developer@busy.example");
        developer.page().navigate("teams/busy/submit?project=search");
        code(developer, "import time\nprint('begun', flush=True)\ntime.sleep(300)\n");
        developer.button("Run").click();
        assertThat(developer.page().locator("section[data-pane=stdout]")).containsText("begun");

        developer.button("Cancel run").click();

        assertThat(developer.page().getByText("It was cancelled on request.")).isVisible();
        assertThat(developer.panel("What happened").locator("li").last()).containsText("Cancelled");
    }

    @Test
    void aDeveloperNeedsNoMouse() {
        Person developer = byKeyboard("developer@busy.example");

        developer.goTo("submit shop");
        assertThat(developer.heading("Submit code")).isVisible();
        developer.tabTo(developer.page().locator("artemis-code .cm-content"));
        developer.page().keyboard().press("Control+a");
        developer.page().keyboard().type("print('by hand')");
        developer.page().keyboard().press("Escape");
        developer.page().keyboard().press("Tab");
        assertThat(developer.page().locator("artemis-code .cm-content")).not().isFocused();
        developer.page().keyboard().press("Shift+Tab");
        developer.page().keyboard().press("Control+Enter");

        assertThat(developer.page().locator("section[data-pane=stdout] pre")).hasText("by hand");
    }

    @Test
    void anOwnerChangesWhatRunsMay() {
        Person owner = of("owner@over-budget.example");
        owner.page().navigate("teams/over-budget/projects/research");
        owner.button("Edit settings").click();
        Locator dialog = owner.page().getByRole(AriaRole.DIALOG);
        dialog.getByLabel("Runs at once").fill("3");
        dialog.getByLabel("Timeout in seconds").last().fill("30");
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Save"))
                .click();

        assertThat(owner.panel("Settings of its runs")).containsText("Timeout in seconds: 30");
        owner.page().navigate("teams/over-budget/submit?project=research");
        owner.page().getByText("Limits, input and files").click();
        assertThat(owner.page().getByText("at most 30", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
    }

    @Test
    void anAdministratorSeesWhatALimitWouldHaveDoneBeforeSettingIt() {
        Person admin = Person.admin(chromium.visit(demo.instance()));

        admin.goTo("big spenders");
        assertThat(admin.heading("Big Spenders")).isVisible();
        admin.goTo("budgets");
        Locator edit = admin.button("Edit limits: Team: Big Spenders");
        admin.tabTo(edit);
        admin.page().keyboard().press("Enter");
        admin.tabTo(admin.field("Daily limit"));
        admin.page().keyboard().press("Control+a");
        admin.page().keyboard().type("0.5");
        admin.page().keyboard().press("Tab");

        assertThat(admin.page().getByText(Pattern.compile("these limits would have refused [1-9][\\d,]* of [1-9]")))
                .isVisible();
        admin.button("Cancel").click();
        admin.button("History: Team: Big Spenders").click();
        assertThat(admin.page().locator("vaadin-dialog[opened]")).hasCount(1);
    }

    @Test
    void financeTakesCostsAwayAndSeesNoRuns() throws IOException {
        Person finance = of("finance@busy.example");

        finance.goTo("costs");
        assertThat(finance.heading("Costs")).isVisible();
        Download download = finance.page()
                .waitForDownload(() -> finance.link("Download CSV").click());
        assertThat(Files.readAllLines(download.path())).hasSizeGreaterThan(2);
        assertThat(finance.page().request().get(download.url()).headers())
                .as("never taken for a page")
                .containsEntry("x-content-type-options", "nosniff");
        assertThat(finance.link("Runs")).hasCount(0);
        finance.page().navigate("teams/busy/runs");
        assertThat(finance.heading("Not for this role")).isVisible();
    }

    @Test
    void aTeamMemberNeedsNoMouse() {
        Person viewer = byKeyboard("viewer@busy.example");
        Locator dearest = viewer.panel("Dearest cards").locator("li").nth(1).getByRole(AriaRole.LINK);
        String card = dearest.innerText();

        viewer.tabTo(dearest);
        viewer.page().keyboard().press("Enter");
        assertThat(viewer.heading("Costs")).isVisible();
        assertThat(viewer.button("No longer only Card: " + card)).isVisible();
        viewer.tabTo(viewer.link("Single calls"));
        viewer.page().keyboard().press("Enter");

        assertThat(viewer.heading("Single calls")).isVisible();
        assertThat(viewer.field("Card")).hasValue(card);
        assertThat(viewer.panel("Entries")
                        .locator("vaadin-grid")
                        .getByText(card, EXACTLY)
                        .first())
                .isVisible();
    }

    @Test
    void anAdministratorNeedsNoMouse() {
        Person admin = adminByKeyboard();

        admin.goTo("teams");
        assertThat(admin.heading("Teams")).isVisible();
        try {
            admin.inTheGrid(2, 2);
            admin.page().keyboard().press("Enter");
            assertThat(admin.page().getByText("nothing can be changed")).isVisible();
            Locator confirm =
                    admin.page().getByRole(AriaRole.ALERTDIALOG).locator("vaadin-button[slot=confirm-button]");
            admin.tabTo(confirm);
            admin.page().keyboard().press("Enter");
            assertThat(admin.page().locator("vaadin-grid").getByText("Suspended"))
                    .isVisible();
        } finally {
            demo.instance()
                    .admin()
                    .patch("admin/tenants/empty", "{\"suspended\": false}")
                    .expect(200);
        }
        assertThat(admin.page().locator("vaadin-grid").getByText("Suspended")).hasCount(0);
    }

    @Test
    void financeNeedsNoMouse() throws IOException {
        Person finance = byKeyboard("finance@busy.example");

        finance.goTo("costs");
        assertThat(finance.heading("Costs")).isVisible();
        finance.tabTo(finance.link("Download CSV"));
        Download download =
                finance.page().waitForDownload(() -> finance.page().keyboard().press("Enter"));
        assertThat(Files.readAllLines(download.path())).hasSizeGreaterThan(2);
        finance.goTo("finance");
        assertThat(finance.heading("Finance")).isVisible();
    }

    @Test
    void anOperatorFindsHealthPricesAndWhoDidWhatByKeyboard() {
        Person operator = adminByKeyboard();

        operator.goTo("health");
        assertThat(operator.heading("Health")).isVisible();
        assertThat(operator.panel("Checks").locator("li").first()).isVisible();
        operator.goTo("audit");
        assertThat(operator.heading("Audit log")).isVisible();
        operator.goTo("prices");
        assertThat(operator.heading("Prices")).isVisible();
        operator.tabTo(operator.field("Search models"));
        operator.page().keyboard().type("gpt-4o-mini");
        assertThat(operator.page()).hasURL(Pattern.compile("model=gpt-4o-mini"));
    }

    private Person of(String email) {
        return Person.signedIn(chromium.visit(demo.instance()), email, demo.password());
    }

    private Person byKeyboard(String email) {
        return Person.signedInByKeyboard(chromium.visit(demo.instance()), email, demo.password());
    }

    private Person adminByKeyboard() {
        return Person.signedInByKeyboard(chromium.visit(demo.instance()), "admin@localhost", Instance.ADMIN_PASSWORD);
    }

    private static void code(Person person, String code) {
        person.page().locator("artemis-code .cm-content").fill(code);
    }
}
