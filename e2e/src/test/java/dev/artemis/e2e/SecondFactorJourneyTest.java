package dev.artemis.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;

/** A second step after the password, as somebody with a device that shows codes sets it up and comes in with it. */
@Tag("browser")
@EnabledIf(
        value = "dev.artemis.e2e.Chromium#isInstalled",
        disabledReason = "no chromium: ./artemis test installs it where it may")
@ExtendWith(SharedInstance.class)
class SecondFactorJourneyTest {

    private static final String EMAIL = "two-steps@example.org";
    private static final String PASSWORD = "a few good words";
    private static final Pattern SECRET = Pattern.compile("^[A-Z2-7]{32}$");
    private static final Pattern RECOVERY_CODES = Pattern.compile("^[0-9a-f]{5}-");
    private static final Pattern THE_DOOR = Pattern.compile("sign-in");

    private final Instance instance;

    SecondFactorJourneyTest(Instance instance) {
        this.instance = instance;
    }

    @Test
    void aPersonComesInWithACodeAndWithEachRecoveryCodeOnce() {
        try (Chromium chromium = Chromium.launch()) {
            Page page = chromium.visit(instance);
            Person person = new Person(page);
            page.navigate(invitation());
            person.field("New password").fill(PASSWORD);
            person.field("The same again").fill(PASSWORD);
            person.button("Choose it").click();
            assertThat(page.getByText("You can sign in with it now")).isVisible();
            page.navigate("sign-in");
            person.signIn(EMAIL, PASSWORD);
            assertThat(page).not().hasURL(THE_DOOR);

            page.navigate("account");
            person.button("Set up").click();
            assertThat(page.getByRole(
                            AriaRole.IMG, new Page.GetByRoleOptions().setName("QR code of the address below")))
                    .isVisible();
            String secret = snippet(page, SECRET).innerText();
            long step = Authenticator.now();
            var device = new Authenticator(secret);
            person.field("Code").fill(device.code(step));
            person.button("Switch on").click();
            List<String> recovery =
                    snippet(page, RECOVERY_CODES).innerText().lines().toList();
            Assertions.assertThat(recovery).hasSize(10).doesNotHaveDuplicates();
            person.button("I have kept them").click();
            assertThat(page.getByText("Recovery codes left: 10")).isVisible();

            signOut(page);
            person.signIn(EMAIL, PASSWORD);
            assertThat(person.field("Code")).isVisible();
            String halfWayIn = session(page);
            prove(person, device.code(step));
            assertThat(person.complaint("was used before")).isVisible();
            page.navigate("account");
            assertThat(page).hasURL(THE_DOOR);
            person.signIn(EMAIL, PASSWORD);
            prove(person, device.code(step + 1));
            assertThat(page).hasURL(Pattern.compile("/account$"));
            Assertions.assertThat(session(page))
                    .as("whoever knew the session of somebody who was half way in")
                    .isNotEqualTo(halfWayIn);

            signOut(page);
            person.signIn(EMAIL, PASSWORD);
            prove(person, recovery.getFirst());
            assertThat(page).not().hasURL(THE_DOOR);
            page.navigate("account");
            assertThat(page.getByText("Recovery codes left: 9")).isVisible();

            signOut(page);
            person.signIn(EMAIL, PASSWORD);
            prove(person, recovery.getFirst());
            assertThat(person.complaint("was used before")).isVisible();
            prove(person, recovery.get(1));
            assertThat(page).not().hasURL(THE_DOOR);
        }
    }

    private String invitation() {
        Api admin = instance.admin();
        String members = "admin/tenants/" + Teams.create(instance).slug() + "/members";
        admin.post(members, "{\"email\": \"owner-%s\", \"role\": \"OWNER\"}".formatted(EMAIL))
                .expect(201);
        String id = admin.post(members, "{\"email\": \"%s\", \"role\": \"VIEWER\"}".formatted(EMAIL))
                .expect(201)
                .json()
                .get("id")
                .asString();
        return admin.post(members + "/" + id + "/invitation", "")
                .expect(200)
                .json()
                .get("path")
                .asString()
                .substring(1);
    }

    private static Locator snippet(Page page, Pattern text) {
        return page.locator(".artemis-snippet pre").filter(new Locator.FilterOptions().setHasText(text));
    }

    private static void prove(Person person, String code) {
        person.field("Code").fill(code);
        person.button("Sign in").click();
    }

    private static void signOut(Page page) {
        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Account of " + EMAIL))
                .first()
                .click();
        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Sign out"))
                .click();
        assertThat(page.getByText("You are signed out")).isVisible();
    }

    private static String session(Page page) {
        return page.context().cookies().stream()
                .filter(cookie -> cookie.name.equals("JSESSIONID"))
                .map(cookie -> cookie.value)
                .findFirst()
                .orElseThrow();
    }
}
