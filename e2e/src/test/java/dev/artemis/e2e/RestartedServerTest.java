package dev.artemis.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What was typed before the server started anew is not only shown again: the server has it, and runs it. */
@Tag("browser")
@EnabledIf(
        value = "dev.artemis.e2e.Chromium#isInstalled",
        disabledReason = "no chromium: ./artemis test installs it where it may")
@Execution(ExecutionMode.CONCURRENT)
class RestartedServerTest {

    @Test
    void whatWasTypedBeforeIsWhatRuns() {
        Map<String, String> port = Map.of("ARTEMIS_PORT", Integer.toString(Instance.freePort()));
        try (TemporaryHome home = TemporaryHome.create();
                Chromium chromium = Chromium.launch()) {
            Instance first = Instance.start(home.path(), port);
            Teams.Team team = Teams.create(first);
            String form = "teams/" + team.slug() + "/submit?project=web";
            Page page = chromium.visit(first);
            Person person = Person.admin(page);
            page.navigate(form);
            page.locator("artemis-code .cm-content").fill("print('an hour of', 'work')");
            person.field("Stage").fill("testing");
            page.waitForFunction("() => Object.values(sessionStorage).some((kept) => kept.includes('an hour of') &&"
                    + " kept.includes('testing'))");
            first.close();

            try (Instance second = Instance.start(home.path(), port)) {
                page.navigate(second.url().toString());
                person.signIn("admin@localhost", Instance.ADMIN_PASSWORD);
                assertThat(page).not().hasURL(Pattern.compile("sign-in"));
                page.navigate(form);
                assertThat(page.locator("artemis-code .cm-content")).containsText("an hour of");
                assertThat(person.field("Stage")).hasValue("testing");

                person.button("Run").click();

                assertThat(page.getByText("Succeeded").first()).isVisible();
                assertThat(page.locator("section[data-pane=stdout] .scroller")).containsText("an hour of work");
                assertThat(page.getByText("testing").first()).isVisible();
            }
        }
    }
}
