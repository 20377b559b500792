package dev.artemis.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A network that is slow, or gone for a while: that is seen, what was typed stays, and what was pressed twice is done once. */
@Tag("browser")
@EnabledIf(
        value = "dev.artemis.e2e.Chromium#isInstalled",
        disabledReason = "no chromium: ./artemis test installs it where it may")
@ExtendWith({SharedInstance.class, OwnChromium.class})
class PoorNetworkTest {

    private static final Path SCREENS = Path.of("target", "screens");
    private static final Duration SLOW = Duration.ofSeconds(3);
    private static final String OUT_OF_REACH = "The server cannot be reached";

    /** And not only in the first moments. */
    private static final String SAID_IN_FULL = """
        () => {
          const words = document.querySelector('.v-status-message');
          return !document.querySelector('vaadin-connection-indicator').expanded
            && words.clientHeight > 20 && words.clientHeight >= words.scrollHeight;
        }\
        """;

    /** Says another thing, as when the network goes and comes; whatever moves on the way there stops in the middle. */
    private static final String HALF_WAY_TO = """
        async said => {
          const notice = document.querySelector('vaadin-connection-indicator');
          const moving = () => document.getAnimations().filter(one => notice.contains(one.effect.target));
          moving().forEach(one => one.finish());
          notice.offline = said === 'offline';
          notice.expanded = said !== 'nothing';
          await notice.updateComplete;
          moving().forEach(one => {
            one.pause();
            one.currentTime = one.effect.getComputedTiming().endTime / 2;
          });
        }\
        """;

    private final Instance instance;
    private final Chromium chromium;

    PoorNetworkTest(Instance instance, Chromium chromium) {
        this.instance = instance;
        this.chromium = chromium;
    }

    @Test
    void onASlowNetworkOneSeesThatSomethingGoesOnAndTwoClicksAreOneRun() {
        Teams.Team team = Teams.create(instance);
        Person person = atTheForm(team);
        Network network = new Network(person.page());
        person.field("Stage").fill("testing");
        network.slow();
        code(person).fill("print('once', 'only')");

        person.button("Run").dblclick();

        assertThat(person.button("Run")).isDisabled();
        assertThat(person.page()
                        .locator(".v-loading-indicator")
                        .and(person.page().locator(".first, .second, .third")))
                .isVisible();
        picture(person, "slow network");
        assertThat(code(person)).containsText("once");
        assertThat(person.field("Stage")).hasValue("testing");
        ended(person, "once only");
        assertThat(runs(team)).isEqualTo(1);
    }

    @Test
    void onASlowNetworkLettersThatAreTypedWhileTheAnswerComesStay() {
        Person person = Person.admin(chromium.visit(instance));
        Page page = person.page();
        page.navigate("admin/prices");
        person.settled();
        Locator search = person.field("Search models");
        new Network(page).slow();

        search.pressSequentially("gpt-4o");
        page.waitForRequest("**/*v-r=uidl*", () -> search.pressSequentially("-"));
        search.pressSequentially("mini");

        assertThat(page).hasURL(Pattern.compile("model=gpt-4o-mini$"));
        person.settled();
        assertThat(search).hasValue("gpt-4o-mini");
        assertThat(search).isFocused();
    }

    @Test
    void onASlowNetworkEnterTwiceMakesOneKey() {
        Teams.Team team = Teams.create(instance);
        Person person = at(team, "projects/web");
        person.button("New key").click();
        person.field("Name").fill("build server");
        person.settled();
        new Network(person.page()).slow();

        person.field("Name").press("Enter");
        person.field("Name").press("Enter");

        assertThat(person.page().getByText("art_").first()).isVisible();
        person.settled();
        assertThat(keys(team)).as("the test's own, and one more").isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void whatWasTypedWhileTheNetworkWasGoneRunsOnceWhenItIsBack(Pressed pressed) {
        Teams.Team team = Teams.create(instance);
        Person person = atTheForm(team);
        Network network = new Network(person.page());
        network.gone();
        Locator said = person.page().getByText(OUT_OF_REACH);
        assertThat(said).isVisible();

        code(person).fill("print('written on', 'a train')");
        person.field("Stage").fill("testing");
        if (pressed == Pressed.MEANWHILE) {
            person.button("Run").dblclick();
        }
        person.page().waitForFunction(SAID_IN_FULL);
        picture(person, "no network");
        network.back();
        if (pressed == Pressed.LATER) {
            assertThat(said).isHidden();
            assertThat(code(person)).containsText("written on");
            assertThat(person.field("Stage")).hasValue("testing");
            person.button("Run").click();
        }

        ended(person, "written on a train");
        assertThat(person.page().getByText("testing").first()).isVisible();
        assertThat(runs(team)).isEqualTo(1);
    }

    @Test
    void aLinkThatIsFollowedWhileTheNetworkIsGoneLeadsThereWhenItIsBack() {
        Person person = atTheForm(Teams.create(instance));
        Network network = new Network(person.page());
        network.gone();
        assertThat(person.page().getByText(OUT_OF_REACH)).isVisible();
        code(person).fill("print('written on', 'a train')");

        person.link("Budgets").click();

        assertThat(code(person)).containsText("written on");
        picture(person, "no network and a link");
        network.back();
        assertThat(person.heading("Budgets")).isVisible();
        assertThat(person.page()).hasURL(Pattern.compile("/budgets$"));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsSaidOfTheNetworkCanBeReadAsLongAsItIsSeen(Chromium.Look look) {
        Page page = chromium.visit(instance, look);
        Person person = Person.admin(page);
        List<String> faults = new ArrayList<>();

        for (String said : List.of("offline", "back", "nothing")) {
            page.evaluate(HALF_WAY_TO, said);
            Axe.graveFaults(page, look).forEach(fault -> faults.add(said + ": " + fault));
            picture(person, "network %s %s".formatted(said, look));
        }

        assertThat(faults).isEmpty();
    }

    @Test
    void aBrowserThatCallsItselfOfflineDoesNotKeepAnybodyFromAServerThatAnswers() {
        Person person = atTheForm(Teams.create(instance));
        code(person).fill("print('no network', 'but this machine')");
        person.settled();

        person.page().evaluate("() => window.dispatchEvent(new Event('offline'))");
        person.link("Budgets").click();

        assertThat(person.heading("Budgets")).isVisible();
        assertThat(person.page().getByText(OUT_OF_REACH)).isHidden();
    }

    @Test
    void aServerThatIsBackIsFoundThoughTheBrowserDoesNotNotice() {
        Person person = atTheForm(Teams.create(instance));
        Page page = person.page();
        page.route(Pattern.compile("."), Route::abort);
        page.evaluate("() => window.dispatchEvent(new Event('offline'))");
        assertThat(page.getByText(OUT_OF_REACH)).isVisible();

        page.unroute(Pattern.compile("."));

        assertThat(page.getByText(OUT_OF_REACH)).isHidden();
        assertThat(page.locator("vaadin-connection-indicator[role=status]"))
                .containsText("The server can be reached again");
        person.link("Budgets").click();
        assertThat(person.heading("Budgets")).isVisible();
    }

    /** When somebody lets it run. */
    enum Pressed {
        MEANWHILE,
        LATER
    }

    private Person atTheForm(Teams.Team team) {
        return at(team, "submit?project=web");
    }

    private Person at(Teams.Team team, String path) {
        Page page = chromium.visit(instance);
        Person person = Person.admin(page);
        page.navigate("teams/" + team.slug() + "/" + path);
        person.settled();
        return person;
    }

    /** As where the network changes while a page is being loaded: a machine that wakes up, a train, a bridge of containers that comes and goes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "**/VAADIN/build/indexhtml-*.js",
                "**/VAADIN/build/FlowClient-*.js",
                "**/vaadinPush*",
                "**/styles.css*"
            })
    void aPageOfWhichAPartDidNotComeIsLoadedAnew(String part) {
        Page page = chromium.visit(instance);
        AtomicInteger lost = new AtomicInteger();
        page.route(part, route -> {
            if (lost.getAndIncrement() < 2) {
                route.abort("failed");
            } else {
                route.resume();
            }
        });

        page.navigate("");

        new Person(page).signIn("admin@localhost", Instance.ADMIN_PASSWORD);
        assertThat(lost.get()).as("asked for and lost twice, and then it came").isGreaterThanOrEqualTo(3);
    }

    @Test
    void aPageOfWhichAPartNeverComesSaysSo() {
        Page page = chromium.visit(instance);
        page.route("**/VAADIN/build/indexhtml-*.js", Route::abort);

        page.navigate("");

        assertThat(page.getByRole(AriaRole.ALERT)).containsText("could not be loaded");
    }

    private static Locator code(Person person) {
        return person.page().locator("artemis-code .cm-content");
    }

    private static void ended(Person person, String printed) {
        assertThat(person.page().getByText("Succeeded").first()).isVisible();
        assertThat(person.page().locator("section[data-pane=stdout] .scroller")).containsText(printed);
    }

    private static int runs(Teams.Team team) {
        return team.api().get("runs").expect(200).json().get("items").size();
    }

    private int keys(Teams.Team team) {
        return instance.admin()
                .get("admin/tenants/" + team.slug() + "/projects/web/keys")
                .expect(200)
                .json()
                .get("items")
                .size();
    }

    private static void picture(Person person, String name) {
        person.page()
                .screenshot(new Page.ScreenshotOptions().setPath(SCREENS.resolve(name.replace(' ', '-') + ".png")));
    }

    /** The network of one page, as the browser's own tools make it. */
    private record Network(CDPSession tools) {

        Network(Page page) {
            this(page.context().newCDPSession(page));
            tools.send("Network.enable");
        }

        void slow() {
            is(false, SLOW);
        }

        void gone() {
            is(true, Duration.ZERO);
        }

        void back() {
            is(false, Duration.ZERO);
        }

        private void is(boolean offline, Duration latency) {
            var conditions = new JsonObject();
            conditions.addProperty("offline", offline);
            conditions.addProperty("latency", latency.toMillis());
            conditions.addProperty("downloadThroughput", -1);
            conditions.addProperty("uploadThroughput", -1);
            tools.send("Network.emulateNetworkConditions", conditions);
        }
    }
}
