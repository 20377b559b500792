package dev.artemis.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;

/** A page that stays open: what it lets run, what it shows of others' doing, and where its focus stays. */
@Tag("browser")
@EnabledIf(
        value = "dev.artemis.e2e.Chromium#isInstalled",
        disabledReason = "no chromium: ./artemis test installs it where it may")
@ExtendWith({SharedInstance.class, OwnChromium.class})
class OpenPagesTest {

    private static final String CALL = """
        {"model": "gpt-4o", "tokens_input": 5000, "tokens_output": 2000, "stage": "development"}\
        """;

    private static final String HOLD = """
        {"model": "gpt-4o", "tokens_input": 5000, "max_tokens_output": 2000, "stage": "development"}\
        """;

    private final Instance instance;
    private final Chromium chromium;

    OpenPagesTest(Instance instance, Chromium chromium) {
        this.instance = instance;
        this.chromium = chromium;
    }

    /** In a task of its own: what the debugger calls directly may do more than a page may. */
    @Test
    @SuppressWarnings("unchecked") // a script's answer has no type
    void noTextBecomesCodeAndNothingComesFromElsewhere() {
        Page page = chromium.visit(instance);
        Person.admin(page);

        List<String> refused = (List<String>) page.evaluate("""
            () => new Promise((done) => {
              const refused = [];
              document.addEventListener('securitypolicyviolation', (event) => refused.push(event.effectiveDirective));
              const caught = (name, action) => {
                try {
                  action();
                  refused.push(name + ' ran');
                } catch (error) {
                  refused.push(name + ' ' + error.name);
                }
              };
              setTimeout(() => {
                caught('eval', () => (0, eval)('window.smuggled = 1'));
                caught('constructor', () => (() => {}).constructor('window.smuggled = 1')());
                setTimeout('window.smuggled = 1');
                const inline = document.createElement('script');
                inline.textContent = 'window.smuggled = 1';
                document.body.append(inline);
                const button = document.createElement('button');
                button.setAttribute('onclick', 'window.smuggled = 1');
                document.body.append(button);
                button.click();
                const image = document.createElement('img');
                image.src = 'http://127.0.0.1:9/leak.png';
                document.body.append(image);
                fetch('http://127.0.0.1:9/leak').catch(() => {});
                document.querySelector('base').href = 'http://127.0.0.1:9/';
                const frame = document.createElement('iframe');
                frame.src = 'http://127.0.0.1:9/';
                document.body.append(frame);
                const wanted = ['script-src', 'script-src-elem', 'script-src-attr', 'img-src', 'connect-src', 'base-uri', 'frame-src'];
                const until = performance.now() + 60_000;
                const look = setInterval(() => {
                  if (wanted.every((one) => refused.includes(one)) || performance.now() > until) {
                    clearInterval(look);
                    done([...refused, 'smuggled ' + window.smuggled]);
                  }
                }, 50);
              });
            })\
            """);

        assertThat(refused)
                .contains(
                        "eval EvalError",
                        "constructor EvalError",
                        "script-src",
                        "script-src-elem",
                        "script-src-attr",
                        "img-src",
                        "connect-src",
                        "base-uri",
                        "frame-src",
                        "smuggled undefined");
    }

    @Test
    void costsAndSingleCallsFollowWhatIsSpent() {
        Teams.Team team = Teams.create(instance);
        Person costs = at("teams/" + team.slug() + "/costs");
        Person calls = at("teams/" + team.slug() + "/calls");
        assertThat(costs.page().getByText("$0.0325")).hasCount(0);

        team.api().post("calls", CALL).expect(201);

        assertThat(costs.page().getByText("$0.0325").first()).isVisible();
        assertThat(calls.page().locator("vaadin-grid").getByText("$0.0325").first())
                .isVisible();

        team.api().post("calls", CALL).expect(201);

        assertThat(costs.page().getByText("$0.065").first()).isVisible();
    }

    @Test
    void theFocusStaysWhereItWasWhenThePageIsBroughtUpToDate() {
        Teams.Team team = Teams.create(instance);
        team.api().post("calls", CALL).expect(201);
        Person dashboard = at("teams/" + team.slug());
        Locator stage = dashboard
                .panel("Cost by stage")
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("development"));
        stage.focus();
        stage.evaluate("link => link.before = true");
        Person teams = at("admin/teams");
        Locator suspend = teams.button("Suspend Team " + team.slug());
        suspend.focus();

        team.api().post("calls", CALL).expect(201);
        instance.admin()
                .post(
                        "admin/tenants",
                        "{\"slug\": \"new-%s\", \"name\": \"New\", \"time_zone\": \"UTC\"}".formatted(team.slug()))
                .expect(201);

        assertThat(dashboard.page().getByText("$0.065").first()).isVisible();
        assertThat(stage).isFocused();
        assertThat(stage.evaluate("link => link.before"))
                .as("it is another one")
                .isNull();
        assertThat(teams.page().getByText("new-" + team.slug())).isVisible();
        assertThat(suspend).isFocused();
    }

    /** Two of one amount, whose buttons have one name. */
    @Test
    void theFocusStaysOnAReservationWhileAnotherIsMade() {
        Teams.Team team = Teams.create(instance);
        team.api().post("reservations", HOLD).expect(201);
        String id = team.api()
                .post("reservations", HOLD)
                .expect(201)
                .json()
                .get("id")
                .asString();
        Person reservations = at("teams/" + team.slug() + "/reservations");
        Locator releases = reservations.page().locator("vaadin-button[data-of]:visible");
        assertThat(releases).hasCount(2);
        Locator its = reservations.page().locator("vaadin-button[data-of='" + id + "']:visible");
        its.focus();

        team.api().post("reservations", HOLD).expect(201);

        assertThat(releases).hasCount(3);
        assertThat(its).isFocused();
    }

    @Test
    void aColumnOfTheChartLeadsToTheCostsBehindIt() {
        Teams.Team team = Teams.create(instance);
        team.api().post("calls", CALL).expect(201);
        Person dashboard = at("teams/" + team.slug());

        dashboard.page().locator("artemis-chart.artemis-chart").first().evaluate("""
            (chart) => chart.dispatchEvent(
                new CustomEvent('chart-select', { detail: { series: 'development', category: 0 } }))\
            """);

        dashboard.page().waitForURL(address -> address.contains("/costs?") && address.contains("from="));
        assertThat(dashboard.heading("Costs")).isVisible();
    }

    private Person at(String path) {
        Page page = chromium.visit(instance);
        Person admin = Person.admin(page);
        page.navigate(path);
        admin.settled();
        return admin;
    }
}
