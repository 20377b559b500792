package dev.artemis.e2e;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What hinders people on a page, by WCAG 2.1 A and AA. Deque's own way to run axe opens another page for each answer and brings
 * along all that is well; here it stays in the page, and only faults come back.
 */
final class Axe {

    private static final String SCRIPT = script();

    /**
     * Only what axe calls serious or critical. How a page behaves when it is turned is asked only where it can be turned: for that, axe
     * reads all style sheets anew.
     */
    private static final String GRAVE = """
        async ({mayBeTurned}) => {
          const found = await axe.run({
            runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']},
            resultTypes: ['violations'],
            iframes: false,
            preload: mayBeTurned,
          });
          return found.violations
            .filter(rule => ['serious', 'critical'].includes(rule.impact))
            .flatMap(rule => rule.nodes.map(node => `${rule.id} at ${node.target.flat().join(' ')}`));
        }\
        """;

    /** Within parts of Vaadin 25.2 that nothing of ours reaches: the roles of a list, a calendar and a menu while they are open. */
    private static final Pattern VAADINS_OWN = Pattern.compile("aria-input-field-name at .*vaadin-select-list-box"
            + "|aria-required-children at .*vaadin-(month-calendar.*|menu-bar)"
            + "|aria-required-attr at #search-input-vaadin-date-picker-\\d+"
            + "|aria-allowed-attr at vaadin-menu-bar-item.*");

    private Axe() {}

    /** Rule and place of each grave fault. */
    static List<String> graveFaults(Page page, Chromium.Look look) {
        if (Boolean.FALSE.equals(page.evaluate("() => 'axe' in window"))) {
            page.evaluate(SCRIPT);
        }
        List<?> faults = (List<?>) page.evaluate(GRAVE, Map.of("mayBeTurned", look == Chromium.Look.PHONE));
        return faults.stream()
                .map(String::valueOf)
                .filter(fault -> !VAADINS_OWN.matcher(fault).matches())
                .toList();
    }

    private static String script() {
        try (InputStream in = Objects.requireNonNull(AxeBuilder.class.getResourceAsStream("/axe.min.js"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
