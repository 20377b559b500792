package dev.artemis.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Whatever stands on the dashboard leads to what is behind it. */
@Tag("browser")
@EnabledIf(
        value = "dev.artemis.e2e.Chromium#isInstalled",
        disabledReason = "no chromium: ./artemis test installs it where it may")
@ExtendWith({Demo.Shared.class, OwnChromium.class})
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("dashboard-links") // its own tests one after the other: they share what no two threads may use
class DashboardLinksTest {

    private final Demo demo;
    private final Chromium chromium;

    DashboardLinksTest(Demo demo, Chromium chromium) {
        this.demo = demo;
        this.chromium = chromium;
    }

    @Test
    void aPartOfARingLeadsToItsCosts() {
        Person viewer = atTheDashboard();
        Locator ring = viewer.panel("Cost by stage").last().locator("artemis-chart");
        ring.scrollIntoViewIfNeeded();
        assertThat(ring.locator("svg path[fill^='rgb']").first()).isVisible();
        viewer.settled();
        BoundingBox box = ring.boundingBox();
        double radius = Math.min(box.width, box.height) / 2;

        // the ring lies between 64 and 92 per cent of its radius, and its first part begins at the top, clockwise
        viewer.page().mouse().click(box.x + box.width / 2 + radius * 0.1, box.y + box.height / 2 - radius * 0.78);

        assertThat(viewer.heading("Costs")).isVisible();
        assertThat(viewer.page()).hasURL(Pattern.compile("[?&]stage=[a-z]+"));
    }

    @Test
    void aColumnLeadsToTheCostsOfItsDay() {
        Person viewer = atTheDashboard();
        Locator columns = viewer.panel("Cost by stage over time").locator("artemis-chart");
        columns.scrollIntoViewIfNeeded();
        Locator parts = columns.locator("svg path[fill^='rgb']");
        assertThat(parts.first()).isVisible();
        BoundingBox column = parts.all().stream()
                .map(Locator::boundingBox)
                .filter(box -> box.width > 4 && box.width < 40 && box.height > 12)
                .findFirst()
                .orElseThrow();

        viewer.page().mouse().click(column.x + column.width / 2, column.y + column.height / 2);

        assertThat(viewer.heading("Costs")).isVisible();
        assertThat(viewer.page()).hasURL(Pattern.compile("by=stage&from=\\S+&to=\\S+"));
    }

    @Test
    void aColumnIsReadOutAndFollowedByTheKeyboard() {
        Person viewer = atTheDashboard();
        Locator columns = viewer.page()
                .getByRole(
                        AriaRole.LISTBOX,
                        new Page.GetByRoleOptions().setName("Cost by stage").setExact(true));
        Locator chosen = columns.locator("[role=option][aria-selected=true]");

        viewer.tabTo(columns);
        viewer.page().keyboard().press("End");
        viewer.page().keyboard().press("ArrowRight");
        viewer.page().keyboard().press("ArrowLeft");

        assertThat(columns.locator("[role=option]")).hasCount(30);
        assertThat(chosen).hasAttribute("id", "column-28");
        assertThat(columns).hasAttribute("aria-activedescendant", "column-28");
        assertThat(chosen).containsText(Pattern.compile("^\\s*[A-Z][a-z]{2} \\d+: .*[a-z]+ \\$\\d"));
        String day = chosen.innerText().strip().replaceAll(":.*", "");
        assertThat(viewer.page().locator("artemis-chart.artemis-chart .canvas")).containsText(day);
        viewer.page().keyboard().press("Enter");
        assertThat(viewer.heading("Costs")).isVisible();
        assertThat(viewer.page())
                .hasURL(Pattern.compile("from=%1$s&to="
                        .formatted(LocalDate.now(ZoneId.of("Europe/Berlin")).minusDays(1))));
    }

    @Test
    void whatIsForetoldLeadsToWhatItWasReckonedFromWithTheKeyboardToo() {
        Person viewer = atTheDashboard();

        Locator expected = foretold(viewer, "Expected by the month’s end: ");
        expected.focus();
        viewer.page().keyboard().press("Enter");
        assertThat(viewer.heading("Costs")).isVisible();
        assertThat(viewer.page()).hasURL(Pattern.compile("from=\\d{4}-\\d\\d-01&to=\\d{4}-\\d\\d-01&by=stage"));

        viewer.page().goBack();
        foretold(viewer, "A day costs lately: ").click();
        assertThat(viewer.page()).hasURL(Pattern.compile("costs\\?from="));
        viewer.page().goBack();
        foretold(viewer, "Limit of ").click();
        assertThat(viewer.heading("Budgets")).isVisible();
    }

    private static Locator foretold(Person viewer, String name) {
        return viewer.page().getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name));
    }

    private Person atTheDashboard() {
        Page page = chromium.visit(demo.instance());
        Person viewer = Person.signedIn(page, "viewer@busy.example", demo.password());
        page.navigate("teams/busy?period=days-30");
        viewer.settled();
        return viewer;
    }
}
