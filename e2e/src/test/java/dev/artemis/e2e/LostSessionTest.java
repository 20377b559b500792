package dev.artemis.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A server that stops is missed by pages that nobody touches; one that starts anew forgets who was signed in. Both are said, and
 * what was typed is there again.
 */
@Tag("browser")
@EnabledIf(
        value = "dev.artemis.e2e.Chromium#isInstalled",
        disabledReason = "no chromium: ./artemis test installs it where it may")
@Execution(ExecutionMode.CONCURRENT)
class LostSessionTest {

    @Test
    void aServerThatIsGoneAndOneThatCameBackAreSaidAndWhatWasTypedIsShownAgain()
            throws IOException, InterruptedException {
        Map<String, String> port = Map.of("ARTEMIS_PORT", Integer.toString(Instance.freePort()));
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
                assertThat(cookiesOfPush(second))
                        .as("a session that would throw out whoever signs in meanwhile")
                        .isEmpty();
                page.getByText("Your session has ended").click();
                person.signIn("admin@localhost", Instance.ADMIN_PASSWORD);
                assertThat(page).not().hasURL(Pattern.compile("sign-in"));
                page.navigate("teams/" + team.slug() + "/submit?project=web");

                assertThat(page.locator("artemis-code .cm-content")).containsText("an hour of work");
                assertThat(person.field("Stage")).hasValue("testing");
            }
        }
    }

    /** What a page whose session is lost is given when it asks for news. */
    private static List<String> cookiesOfPush(Instance instance) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest push = HttpRequest.newBuilder(URI.create(instance.url() + "/VAADIN/push?v-r=push&v-uiId=0"))
                    .version(HttpClient.Version.HTTP_1_1)
                    .header("Cookie", "JSESSIONID=0123456789ABCDEF0123456789ABCDEF")
                    .build();
            HttpResponse<String> answer = client.send(push, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.body()).contains("sessionExpired");
            return answer.headers().allValues("Set-Cookie");
        }
    }
}
