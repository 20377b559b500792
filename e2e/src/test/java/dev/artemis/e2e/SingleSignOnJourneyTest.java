package dev.artemis.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** People come from their company's directory, and are here what its groups say. */
@Tag("browser")
@EnabledIf(
        value = "dev.artemis.e2e.Chromium#isInstalled",
        disabledReason = "no chromium: ./artemis test installs it where it may")
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("single-sign-on") // its own tests one after the other: they share what no two threads may use
class SingleSignOnJourneyTest {

    private static Chromium chromium;
    private static TemporaryHome home;
    private static CompanyDirectory directory;
    private static Instance instance;
    private static String publicUrl;

    @BeforeAll
    static void start() {
        int port = Instance.freePort();
        publicUrl = "http://localhost:" + port + "/";
        directory = CompanyDirectory.startedFor(publicUrl);
        home = TemporaryHome.create();
        instance = Instance.start(
                home.path(),
                Map.of(
                        "ARTEMIS_PORT",
                        Integer.toString(port),
                        "ARTEMIS_OIDC_ISSUER",
                        directory.issuer().toString(),
                        "ARTEMIS_OIDC_NAME",
                        "Company account",
                        "ARTEMIS_OIDC_CLIENT_ID",
                        CompanyDirectory.CLIENT,
                        "ARTEMIS_OIDC_CLIENT_SECRET",
                        CompanyDirectory.SECRET,
                        "ARTEMIS_OIDC_TEAMS",
                        "builders=shop:DEVELOPER,leads=shop:OWNER,controllers=*:FINANCE"));
        instance.admin()
                .post("admin/tenants", "{\"slug\": \"shop\", \"name\": \"Shop\", \"time_zone\": \"UTC\"}")
                .expect(201);
        chromium = Chromium.launch();
    }

    @AfterAll
    static void stop() {
        chromium.close();
        instance.close();
        home.close();
        directory.close();
    }

    @Test
    void aPersonIsWhatTheirGroupsSayAndFollowsThem() {
        directory.put("boss@example.org", "leads", "builders");
        comeIn("boss@example.org");
        Assertions.assertThat(roles()).contains("boss@example.org OWNER");

        directory.put("moving@example.org", "builders", "choir");
        Page page = comeIn("moving@example.org");
        assertThat(page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("Runs").setExact(true)))
                .isVisible();
        Assertions.assertThat(roles()).contains("moving@example.org DEVELOPER");

        directory.put("moving@example.org", "choir");
        comeIn("moving@example.org");
        Assertions.assertThat(roles()).noneMatch(it -> it.startsWith("moving@"));
    }

    @Test
    void whoeverFollowedALinkComesToThePageThatItLeadsTo() {
        directory.put("boss@example.org", "leads");

        Page page = atTheDirectory("boss@example.org", "teams/shop/runs?status=FAILED");

        assertThat(page).hasURL(publicUrl + "teams/shop/runs?status=FAILED");
    }

    @Test
    void anEMailThatNobodyVerifiedLetsNobodyIn() {
        directory.put("unverified@example.org", "leads");

        Page page = atTheDirectory("unverified@example.org");

        assertThat(page.getByText("Single sign-on did not let you in")).isVisible();
        Assertions.assertThat(roles()).noneMatch(it -> it.startsWith("unverified"));
    }

    private static Page comeIn(String email) {
        Page page = atTheDirectory(email);
        assertThat(page.getByRole(AriaRole.HEADING).first()).isVisible();
        assertThat(page.getByText(email).first()).isVisible();
        return page;
    }

    private static Page atTheDirectory(String email) {
        return atTheDirectory(email, "sign-in");
    }

    /** On the way to that page. */
    private static Page atTheDirectory(String email, String path) {
        Page page = chromium.visit(instance);
        page.navigate(publicUrl + path);
        page.getByText("Company account").click();
        page.getByLabel("Username").fill(email);
        page.getByLabel("Password").fill(CompanyDirectory.PASSWORD);
        page.getByRole(AriaRole.BUTTON).click();
        page.waitForURL(url -> url.startsWith(publicUrl));
        return page;
    }

    private static List<String> roles() {
        return instance.admin()
                .get("admin/tenants/shop/members")
                .expect(200)
                .json()
                .get("items")
                .valueStream()
                .map(member -> member.get("email").asString() + " "
                        + member.get("role").asString())
                .toList();
    }
}
