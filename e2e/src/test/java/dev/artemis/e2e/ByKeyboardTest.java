package dev.artemis.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the keyboard comes to first, and what it comes to at all. */
@Tag("browser")
@EnabledIf(
        value = "dev.artemis.e2e.Chromium#isInstalled",
        disabledReason = "no chromium: ./artemis test installs it where it may")
@ExtendWith({SharedInstance.class, OwnChromium.class})
class ByKeyboardTest {

    private static final int PHONE_WIDTH = 390;
    private static final int PHONE_HEIGHT = 844;

    private final Instance instance;
    private final Chromium chromium;

    ByKeyboardTest(Instance instance, Chromium chromium) {
        this.instance = instance;
        this.chromium = chromium;
    }

    @Test
    void theFirstTabSkipsAllThatIsOnEveryPage() {
        Person person = Person.admin(chromium.visit(instance));
        for (boolean phone : new boolean[] {false, true}) {
            if (phone) {
                person.page().setViewportSize(PHONE_WIDTH, PHONE_HEIGHT);
            }
            person.page().navigate("admin/teams");
            person.settled();

            person.page().keyboard().press("Tab");
            Locator skip = person.link("Skip to content");
            assertThat(skip).isFocused();
            assertThat(skip).isInViewport();
            person.page().keyboard().press("Enter");

            assertThat(person.page().locator("main#content")).isFocused();
            person.page().keyboard().press("Tab");
            assertThat(person.page().locator("main#content :focus").first()).isVisible();
        }
    }

    @Test
    void whatTheScannerFoundIsReadAndGoneToWithoutAMouse() {
        Teams.Team team = Teams.create(instance);
        Person person = Person.admin(chromium.visit(instance));
        Page page = person.page();
        page.navigate("teams/" + team.slug() + "/submit");
        Locator editor = page.locator("artemis-code .cm-content");
        person.tabTo(editor);
        page.keyboard().press("Control+a");
        page.keyboard().type("x = input()\neval(x)\ny = 1");
        Locator line = person.button("Line 2");
        assertThat(line).isVisible();

        page.keyboard().press("Escape");
        person.tabTo(line);
        assertThat(page.locator(".artemis-findings li").first()).containsText("py-eval");
        page.keyboard().press("Enter");

        assertThat(editor).isFocused();
        assertThat(page.locator("artemis-code .cm-activeLine")).hasText("eval(x)");

        page.keyboard().press("Control+End");
        assertThat(page.locator("artemis-code .cm-activeLine")).hasText("y = 1");
        page.keyboard().press("F8");
        assertThat(page.locator("artemis-code .cm-activeLine")).hasText("eval(x)");
    }

    @Test
    void whatWasChangedIsTakenBackWithoutAMouse() {
        Teams.Team team = Teams.create(instance);
        Person person = Person.admin(chromium.visit(instance));
        Page page = person.page();
        page.navigate("teams/" + team.slug() + "/budgets");
        person.settled();
        person.tabTo(page.getByRole(
                        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^Edit limits: Team")))
                .first());
        page.keyboard().press("Enter");
        person.tabTo(person.field("Daily limit"));
        page.keyboard().type("12.5");
        person.tabTo(person.button("Save"));
        page.keyboard().press("Enter");
        Locator undo = person.button("Undo");
        assertThat(undo).isVisible();
        assertThat(dailyLimit(team)).isEqualTo("\"12.5\"");

        person.tabTo(undo);
        page.keyboard().press("Enter");

        assertThat(undo).hasCount(0);
        assertThat(page.getByText("limits are as they were").first()).isVisible();
        assertThat(dailyLimit(team)).isEqualTo("null");
    }

    /** As JSON. */
    private String dailyLimit(Teams.Team team) {
        return instance.admin()
                .get("admin/tenants/" + team.slug() + "/budget")
                .expect(200)
                .json()
                .get("daily_limit")
                .toString();
    }
}
