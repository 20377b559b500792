package dev.artemis.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The ways in, in a real browser: an invitation, a passkey of a virtual device, a page that ends when its person is put out. */
@Tag("browser")
@EnabledIf(
        value = "dev.artemis.e2e.Chromium#isInstalled",
        disabledReason = "no chromium: ./artemis test installs it where it may")
class WaysInJourneyTest {

    private static final String PASSWORD = "a few good words";
    /**
     * Runs a text as one of the page's scripts would, and tells which rule refused what it does. In a task of its own: while the browser's
     * own tools evaluate something, text may become code.
     */
    private static final String AS_OUR_OWN_SCRIPT = """
            text => new Promise(told => {
              document.addEventListener('securitypolicyviolation', refused => told(refused.effectiveDirective), {once: true});
              setTimeout(() => {
                const script = document.createElement('script');
                script.nonce = document.querySelector('script[nonce]').nonce;
                script.textContent = `try { ${text} } catch (refused) { }`;
                document.body.append(script);
              }, 50);
              setTimeout(() => told('nothing was refused'), 50_000);
            })""";

    private static final Pattern LINK = Pattern.compile("welcome/[A-Za-z0-9_-]{43}");

    private static Chromium chromium;
    private static TemporaryHome home;
    private static Instance instance;
    private static String publicUrl;

    @BeforeAll
    static void start() {
        int port = Instance.freePort();
        publicUrl = "http://localhost:" + port + "/";
        home = TemporaryHome.create();
        instance = Instance.start(home.path(), Map.of("ARTEMIS_PORT", Integer.toString(port)));
        chromium = Chromium.launch();
    }

    @AfterAll
    static void stop() {
        chromium.close();
        instance.close();
        home.close();
    }

    @Test
    void anInvitedPersonChoosesAPasswordAndIsPutOutWithTheirMembership() {
        Teams.Team team = Teams.create(instance);
        invite(team, "owner@example.org", "OWNER");
        Page page = chromium.visit(instance);
        page.navigate(publicUrl + invite(team, "dev@example.org", "DEVELOPER"));
        field(page, "New password").fill(PASSWORD);
        field(page, "The same again").fill(PASSWORD);
        button(page, "Choose it").click();
        assertThat(page.getByText("You can sign in with it now")).isVisible();

        signIn(page, "dev@example.org", PASSWORD);
        assertThat(page.getByRole(AriaRole.HEADING).first()).isVisible();
        page.navigate(publicUrl + "teams/" + team.slug() + "/runs");
        assertThat(page.getByRole(
                        AriaRole.HEADING,
                        new Page.GetByRoleOptions().setName("Runs").setLevel(1)))
                .isVisible();

        String id = instance.admin()
                .get("admin/tenants/" + team.slug() + "/members")
                .json()
                .get("items")
                .valueStream()
                .filter(member -> member.get("email").asString().equals("dev@example.org"))
                .findFirst()
                .orElseThrow()
                .get("id")
                .asString();
        instance.admin()
                .delete("admin/tenants/" + team.slug() + "/members/" + id)
                .expect(204);

        page.navigate(publicUrl + "teams/" + team.slug() + "/runs");
        assertThat(field(page, "Password")).isVisible();
    }

    @Test
    void aPasskeyIsMadeAndLetsItsPersonInWithoutAPassword() {
        Page page = withPasskey("virtual device");

        page.context().clearCookies();
        page.navigate(publicUrl + "sign-in");
        button(page, "Sign in with a passkey").click();

        assertThat(page.getByRole(
                        AriaRole.HEADING,
                        new Page.GetByRoleOptions().setName("Teams").setLevel(1)))
                .isVisible();
    }

    @Test
    void aPasskeyThatWasTakenAwayLetsNobodyIn() {
        Page page = withPasskey("lost device");
        button(page, "Remove passkey lost device").click();
        new Person(page).confirm("Remove");
        assertThat(page.locator("li").filter(new Locator.FilterOptions().setHasText("lost device")))
                .hasCount(0);

        page.context().clearCookies();
        page.navigate(publicUrl + "sign-in");
        button(page, "Sign in with a passkey").click();

        assertThat(page.getByText("No passkey of yours was accepted")).isVisible();
    }

    private static Page withPasskey(String name) {
        Page page = chromium.visit(instance);
        VirtualDevice.in(page);
        signIn(page, "admin@localhost", Instance.ADMIN_PASSWORD);
        assertThat(page.getByRole(
                        AriaRole.HEADING,
                        new Page.GetByRoleOptions().setName("Teams").setLevel(1)))
                .isVisible();
        page.navigate(publicUrl + "account");
        button(page, "Add passkey").click();
        field(page, "Name").fill(name);
        button(page, "Go on").click();
        assertThat(page.locator("li").filter(new Locator.FilterOptions().setHasText(name)))
                .isVisible();
        return page;
    }

    @Test
    void pagesRunNoScriptThatIsNotTheirs() {
        Page page = chromium.visit(instance);
        List<String> refused = new ArrayList<>();
        page.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) {
                refused.add(message.text());
            }
        });
        Response door = page.navigate(publicUrl + "sign-in");
        assertThat(field(page, "Password")).isVisible();
        signIn(page, "admin@localhost", Instance.ADMIN_PASSWORD);
        for (String path : List.of("admin/teams", "admin/health", "admin/audit", "admin/people", "account")) {
            page.navigate(publicUrl + path);
            assertThat(page.getByRole(AriaRole.HEADING).first()).isVisible();
        }
        Assertions.assertThat(refused).as("what our own pages need is allowed").isEmpty();
        Assertions.assertThat(door.headers().get("content-security-policy"))
                .contains("script-src 'self' 'nonce-")
                .doesNotContain("unsafe-eval")
                .contains("frame-ancestors 'none'");
        Assertions.assertThat(door.headers().get("referrer-policy")).isEqualTo("no-referrer");

        page.waitForConsoleMessage(
                new Page.WaitForConsoleMessageOptions()
                        .setPredicate(message -> message.text().contains("Content Security Policy")),
                () -> page.evaluate("""
            () => { const script = document.createElement('script');
                    script.textContent = 'document.title = "smuggled"'; document.body.append(script); }"""));

        Assertions.assertThat(page.title()).isNotEqualTo("smuggled");
        for (String text : List.of(
                "eval('1')", "(() => {}).constructor('return 1')()", "setTimeout('document.title = \"smuggled\"')")) {
            Assertions.assertThat(page.evaluate(AS_OUR_OWN_SCRIPT, text))
                    .as(text)
                    .isEqualTo("script-src");
        }
        Assertions.assertThat(page.title()).isNotEqualTo("smuggled");
    }

    private String invite(Teams.Team team, String email, String role) {
        String members = "admin/tenants/" + team.slug() + "/members";
        String id = instance.admin()
                .post(members, "{\"email\": \"%s\", \"role\": \"%s\"}".formatted(email, role))
                .expect(201)
                .json()
                .get("id")
                .asString();
        String path = instance.admin()
                .post(members + "/" + id + "/invitation", "")
                .expect(200)
                .json()
                .get("path")
                .asString()
                .substring(1);
        Assertions.assertThat(path).matches(LINK);
        return path;
    }

    private static void signIn(Page page, String email, String password) {
        page.navigate(publicUrl + "sign-in");
        page.getByLabel("E-mail").fill(email);
        field(page, "Password").fill(password);
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Sign in").setExact(true))
                .click();
        page.waitForURL(url -> !url.contains("sign-in"));
    }

    private static Locator field(Page page, String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
