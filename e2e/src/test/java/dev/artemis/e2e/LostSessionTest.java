package dev.artemis.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * A server that stops is missed by pages that nobody touches; one that starts anew forgets who was signed in. Both are said, and
 * what was typed is there again.
 */
@Tag("browser")
@EnabledIf(
        value = "dev.artemis.e2e.Chromium#isInstalled",
        disabledReason = "no chromium: ./artemis test installs it where it may")
class LostSessionTest {

    @Test
    void aServerThatIsGoneAndOneThatCameBackAreSaidAndWhatWasTypedIsShownAgain() throws IOException {
        Map<String, String> port = Map.of("ARTEMIS_PORT", Integer.toString(freePort()));
        try (TemporaryHome home = TemporaryHome.create();
                Chromium chromium = Chromium.launch()) {
            Instance first = Instance.start(home.path(), port);
            Teams.Team team = Teams.create(first);
            Page page = chromium.visit(first);
            Person person = Person.admin(page);
            page.navigate("teams/" + team.slug() + "/submit?project=web");
            page.locator("artemis-code .cm-content").fill("print('an hour of work')");
            person.field("Stage").fill("testing");
            page.waitForFunction(
                    "() => Object.values(sessionStorage).some((kept) => kept.includes('an hour of work') &&"
                            + " kept.includes('testing'))");
            first.close();
            assertThat(page.getByText("The server cannot be reached")).isVisible();
            assertThat(person.field("Stage")).hasValue("testing");

            try (Instance second = Instance.start(home.path(), port)) {
                assertThat(page.getByText("Your session has ended")).isVisible();
                page.getByText("Your session has ended").click();
                person.signIn("admin@localhost", Instance.ADMIN_PASSWORD);
                page.navigate("teams/" + team.slug() + "/submit?project=web");

                assertThat(page.locator("artemis-code .cm-content")).containsText("an hour of work");
                assertThat(person.field("Stage")).hasValue("testing");
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
