package dev.artemis.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;

/** What was typed into a dialog outlives the session that it was typed in, and nothing else: no secret, and nothing that was given up. */
@Tag("browser")
@EnabledIf(
        value = "dev.artemis.e2e.Chromium#isInstalled",
        disabledReason = "no chromium: ./artemis test installs it where it may")
@ExtendWith({SharedInstance.class, OwnChromium.class})
class KeptTextTest {

    private static final String KEPT = "() => Object.values(sessionStorage).join()";
    private static final String IS_KEPT = "text => Object.values(sessionStorage).some(kept => kept.includes(text))";

    private final Instance instance;
    private final Chromium chromium;

    KeptTextTest(Instance instance, Chromium chromium) {
        this.instance = instance;
        this.chromium = chromium;
    }

    @Test
    void settingsThatWereTypedBeforeTheSessionWasLostAreSavedAfterIt() {
        Teams.Team team = Teams.create(instance);
        Person owner = at(team, "projects/web");
        Page page = owner.page();
        owner.button("Edit settings").click();
        owner.field("Name").fill("Web shop");
        owner.field("Excused rules").fill("py-eval, py-exec");
        owner.field("Timeout in seconds").last().fill("30");
        page.waitForFunction(IS_KEPT, "30");
        instance.admin()
                .patch("admin/tenants/" + team.slug() + "/projects/web", "{\"max_running_runs\": 7}")
                .expect(200);

        loseTheSession(owner, team, "projects/web");
        owner.button("Edit settings").click();

        assertThat(page.getByText("What you had typed is here again")).isVisible();
        assertThat(owner.field("Excused rules")).hasValue("py-eval, py-exec");
        assertThat(owner.field("Timeout in seconds").last()).hasValue("30");
        assertThat(owner.field("Runs at once")).hasValue("7"); // nobody typed into it: it is what the server has now
        owner.button("Save").click();
        assertThat(owner.heading("Web shop")).isVisible();
        assertThat(owner.panel("Settings of its runs")).containsText("py-exec");
        assertThat(owner.panel("Settings of its runs")).containsText("Timeout in seconds: 30");
        Assertions.assertThat(page.evaluate(KEPT)).isEqualTo("");
    }

    @Test
    void whatARunShallBeIsAllThereAgainButForTheFilesThatAreNamed() {
        Teams.Team team = Teams.create(instance);
        instance.admin()
                .post("admin/tenants/" + team.slug() + "/projects", "{\"slug\": \"shop\", \"name\": \"Shop\"}")
                .expect(201);
        Person owner = at(team, "submit?project=shop");
        Page page = owner.page();
        choose(owner, "Project", "Web");
        choose(owner, "Language", "Shell");
        page.locator("artemis-code .cm-content").fill("cat list.txt");
        page.getByText("Limits, input and files").click();
        owner.field("Memory in MB").fill("96");
        owner.field("Timeout in seconds").fill("12.5");
        page.locator("input[type=file]")
                .setInputFiles(new FilePayload("list.txt", "text/plain", "milk".getBytes(UTF_8)));
        assertThat(page.getByText("list.txt").first()).isVisible();
        page.waitForFunction(IS_KEPT, "list.txt");
        page.waitForFunction(IS_KEPT, "12.5");
        assertThat(page).hasURL(Pattern.compile("project=web$"));

        page.context().clearCookies();
        page.reload();
        owner.signIn("admin@localhost", Instance.ADMIN_PASSWORD);
        assertThat(page).hasURL(Pattern.compile("submit\\?project=web"));
        owner.settled();

        assertThat(page.getByText("What you had typed is here again")).isVisible();
        assertThat(page.getByText("These files could not be kept: choose them again. list.txt"))
                .isVisible();
        assertThat(owner.field("Memory in MB")).isVisible();
        page.locator("input[type=file]")
                .setInputFiles(new FilePayload("list.txt", "text/plain", "eggs".getBytes(UTF_8)));
        assertThat(page.getByText("These files could not be kept")).hasCount(0);
        owner.button("Run").click();
        assertThat(page.locator("section[data-pane=stdout] pre")).hasText("eggs");
        assertThat(owner.panel("What it used")).containsText("of 12.5 s");
        assertThat(owner.panel("What it used")).containsText("of 96 MB");
        assertThat(page).hasURL(Pattern.compile("/projects/web/runs/"));
        Assertions.assertThat(page.evaluate(KEPT)).isEqualTo("");
    }

    private static void choose(Person person, String label, String choice) {
        person.page()
                .locator("vaadin-select")
                .filter(new Locator.FilterOptions().setHasText(label))
                .click();
        person.page()
                .locator("vaadin-select-item")
                .filter(new Locator.FilterOptions().setHasText(choice).setVisible(true))
                .click();
        person.settled();
    }

    @Test
    void ratesOfATierAreThereAgainWithTheirFields() {
        Teams.Team team = Teams.create(instance);
        Person admin = at(team, "projects");
        Page page = admin.page();
        page.navigate("admin/prices");
        admin.button("Add price").click();
        admin.field("Model").fill("model-of-" + team.slug());
        admin.button("Add rates of a tier").click();
        assertThat(admin.field("Input / 1M")).hasCount(2);
        admin.field("Input / 1M").last().fill("1.25");
        page.waitForFunction(IS_KEPT, "1.25");

        loseTheSession(admin, team, "projects");
        page.navigate("admin/prices");
        admin.button("Add price").click();
        assertThat(admin.field("Model")).hasValue("model-of-" + team.slug());
        admin.button("Add rates of a tier").click();

        assertThat(admin.field("Input / 1M").last()).hasValue("1.25");
    }

    @Test
    void whatIsGivenUpIsForgottenAndSecretsAreNeverKept() {
        Teams.Team team = Teams.create(instance);
        Person owner = at(team, "provider-keys");
        Page page = owner.page();
        owner.button("Add key").first().click();
        page.getByLabel("Key", new Page.GetByLabelOptions().setExact(true)).fill("sk-of-nobody-else");
        owner.field("Name").fill("ours");
        page.waitForFunction(IS_KEPT, "ours");
        Assertions.assertThat((String) page.evaluate(KEPT)).doesNotContain("sk-of-nobody-else");

        page.keyboard().press("Escape");

        assertThat(page.locator("vaadin-dialog[opened]")).hasCount(0);
        owner.settled();
        Assertions.assertThat(page.evaluate(KEPT)).isEqualTo("");
        owner.button("Add key").first().click();
        assertThat(owner.field("Name")).hasValue("");
    }

    private Person at(Teams.Team team, String path) {
        Page page = chromium.visit(instance);
        Person person = Person.admin(page);
        page.navigate("teams/" + team.slug() + "/" + path);
        person.settled();
        return person;
    }

    private static void loseTheSession(Person person, Teams.Team team, String path) {
        Page page = person.page();
        page.context().clearCookies();
        page.navigate("teams/" + team.slug() + "/" + path);
        person.signIn("admin@localhost", Instance.ADMIN_PASSWORD);
        assertThat(page).not().hasURL(Pattern.compile("sign-in"));
        page.navigate("teams/" + team.slug() + "/" + path);
        person.settled();
    }
}
