package dev.artemis.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;

/** What one person typed is given to no other, and is gone when they sign out. */
@Tag("browser")
@EnabledIf(
        value = "dev.artemis.e2e.Chromium#isInstalled",
        disabledReason = "no chromium: ./artemis test installs it where it may")
@ExtendWith({Demo.Shared.class, OwnChromium.class})
class TwoPeopleInOneTabTest {

    private static final String SUBMIT = "teams/busy/submit?project=shop";
    private static final String IS_KEPT = "text => Object.values(sessionStorage).some(kept => kept.includes(text))";
    private static final String NOTHING_IS_KEPT =
            "() => !Object.keys(sessionStorage).some(key => key.startsWith('artemis.typed.'))";

    private final Demo demo;
    private final Chromium chromium;

    TwoPeopleInOneTabTest(Demo demo, Chromium chromium) {
        this.demo = demo;
        this.chromium = chromium;
    }

    @Test
    void theSecondSeesNothingOfWhatTheFirstTyped() {
        Page page = chromium.visit(demo.instance());
        Person person = Person.signedIn(page, "owner@busy.example", demo.password());
        page.navigate(SUBMIT);
        person.field("Stage").fill("unsent");
        page.waitForFunction(IS_KEPT, "unsent");

        page.context().clearCookies();
        page.navigate("");
        person.signIn("developer@busy.example", demo.password());
        page.navigate(SUBMIT);
        person.settled();
        assertThat(person.field("Stage")).hasValue("");

        person.field("Stage").fill("of the second");
        page.waitForFunction(IS_KEPT, "of the second");
        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Account of developer@busy.example"))
                .first()
                .click();
        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Sign out"))
                .click();
        assertThat(page.getByText("You are signed out")).isVisible();
        page.waitForFunction(NOTHING_IS_KEPT);
    }
}
