package dev.artemis.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a desk has in the titles of columns, a phone has above the cards. */
@Tag("browser")
@EnabledIf(
        value = "dev.artemis.e2e.Chromium#isInstalled",
        disabledReason = "no chromium: ./artemis test installs it where it may")
@ExtendWith({SharedInstance.class, OwnChromium.class})
class OnAPhoneTest {

    private final Instance instance;
    private final Chromium chromium;

    OnAPhoneTest(Instance instance, Chromium chromium) {
        this.instance = instance;
        this.chromium = chromium;
    }

    @Test
    void cardsAreSorted() {
        Teams.Team team = Teams.create(instance);
        Page page = chromium.visit(instance, Chromium.Look.PHONE);
        Person person = Person.admin(page);
        page.navigate("teams/" + team.slug() + "/reconciliation");
        Bills.upload(person, "november.csv", """
            day,model,usd
            2026-11-01,gpt-4o,12.5
            2026-11-02,gpt-4o-mini,80
            2026-11-03,gpt-4,3
            """);
        Locator cards = person.panel("november.csv").locator(".artemis-card");
        assertThat(cards.first()).containsText("gpt-4o-mini");

        page.locator("vaadin-grid vaadin-select").click();
        page.locator("vaadin-select-item")
                .getByText("Difference, ascending")
                .last()
                .click();
        assertThat(cards.first()).containsText("$3.00");
        page.locator("vaadin-grid vaadin-select").click();
        page.locator("vaadin-select-item").getByText("Day, descending").last().click();

        assertThat(cards.first()).containsText("Nov 3");
        assertThat(cards.last()).containsText("Nov 1");
    }
}
