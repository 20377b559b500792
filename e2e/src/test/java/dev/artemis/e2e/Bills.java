package dev.artemis.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;

/** A provider's bill, held against the ledger by somebody at the page for it. */
final class Bills {

    private Bills() {}

    /** @param text with the columns {@code day}, {@code model} and {@code usd} */
    static void upload(Person person, String name, String text) {
        person.page().getByText("A file of another layout").click();
        person.field("Column of the day").fill("day");
        person.field("Column of the model").fill("model");
        person.field("Column of the cost in US dollars").fill("usd");
        person.field("Column of the cost in US dollars").press("Tab");
        person.settled();
        person.page()
                .locator("input[type=file]")
                .setInputFiles(new FilePayload(name, "text/csv", text.getBytes(StandardCharsets.UTF_8)));
        assertThat(person.panel(name)).isVisible();
    }
}
