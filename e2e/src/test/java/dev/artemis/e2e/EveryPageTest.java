package dev.artemis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every page by day, by night and on a phone: nothing that axe calls serious, nothing wider than the screen, and a picture of
 * each under {@code e2e/target/screens} for people to look at.
 */
@Tag("browser")
@EnabledIf(
        value = "dev.artemis.e2e.Chromium#isInstalled",
        disabledReason = "no chromium: ./artemis test installs it where it may")
@ExtendWith(Demo.Shared.class)
class EveryPageTest {

    private static final Path SCREENS = Path.of("target", "screens");
    private static final List<String> WCAG = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa");
    private static final Set<String> GRAVE = Set.of("serious", "critical");
    private static final int TALLEST = 4_000;

    /** How far tables reach out of sight; the one of costs keeps its figures beside what costs, and may be pushed for the others. */
    private static final String HIDDEN_OF_TABLES = """
        () => Math.max(0, ...[...document.querySelectorAll('vaadin-grid:not(.artemis-cost-table)')]
            .map(grid => grid.shadowRoot.querySelector('#table'))
            .map(table => table.scrollWidth - table.clientWidth))
        """;

    /** What the menu does not lead to. */
    private static final Map<String, String> OTHERS = Map.ofEntries(
            Map.entry("dashboard of a new team", "teams/empty"),
            Map.entry("dashboard over budget", "teams/over-budget"),
            Map.entry("dashboard of a project", "teams/busy?project=shop&period=days-30&by=model"),
            Map.entry("project", "teams/busy/projects/shop"),
            Map.entry("submit", "teams/busy/submit?project=shop"),
            Map.entry("runs of a project", "teams/busy/runs?project=shop"),
            Map.entry("costs of a stage", "teams/busy/costs?period=month&by=model&then=card&stage=review"),
            Map.entry("single calls", "teams/busy/calls?project=shop&period=month&stage=review"),
            Map.entry("reconciliation", "teams/busy/reconciliation"),
            Map.entry("saved reports", "teams/busy/reports"),
            Map.entry("account", "account"),
            Map.entry("projects of a new team", "teams/empty/projects"),
            Map.entry("runs of a new team", "teams/empty/runs"),
            Map.entry("costs of a new team", "teams/empty/costs"),
            Map.entry("not found", "teams/nowhere"));

    private final Demo demo;

    EveryPageTest(Demo demo) {
        this.demo = demo;
    }

    @ParameterizedTest
    @EnumSource
    @Execution(ExecutionMode.CONCURRENT)
    void isAccessibleAndFitsTheScreen(Chromium.Look look) {
        List<String> faults = new ArrayList<>();
        try (Chromium chromium = Chromium.launch()) {
            Page page = chromium.visit(demo.instance(), look);
            page.navigate("");
            new Person(page).field("Password").waitFor();
            faults.addAll(faults(page, look, "sign in"));
            Person admin = Person.admin(page);
            for (Map.Entry<String, String> one : pages(admin).entrySet()) {
                page.navigate(one.getValue());
                admin.settled();
                faults.addAll(faults(page, look, one.getKey()));
            }
            page.navigate("admin/prices");
            admin.button("Add price").click();
            admin.button("Add rates of a tier").click();
            admin.settled();
            faults.addAll(faults(page, look, "price dialog"));
            page.navigate("teams/busy/projects/shop");
            admin.button("Edit settings").click();
            admin.settled();
            faults.addAll(faults(page, look, "settings dialog"));
        }

        assertThat(faults).isEmpty();
    }

    /** All that the menu leads to, the runs of the demo, and the others. */
    private static Map<String, String> pages(Person admin) {
        Map<String, String> pages = new LinkedHashMap<>(OTHERS);
        admin.page().navigate("teams/busy");
        admin.settled();
        for (Object path : (List<?>) admin.page()
                .evaluate("() => [...document.querySelectorAll('vaadin-side-nav-item')].map(one => one.path)")) {
            pages.put(path.toString().replace('/', ' '), path.toString());
        }
        admin.page().navigate("teams/busy/runs?project=shop");
        admin.settled();
        admin.page().locator("vaadin-grid a[href*='/runs/']").first().waitFor();
        for (var link : admin.page().locator("vaadin-grid a[href*='/runs/']").all()) {
            pages.put("run " + pages.size(), link.getAttribute("href"));
        }
        assertThat(pages).hasSizeGreaterThan(OTHERS.size() + 12);
        return pages;
    }

    private static List<String> faults(Page page, Chromium.Look look, String name) {
        picture(page, look, name);
        List<String> faults = new ArrayList<>();
        for (Rule rule : new AxeBuilder(page).withTags(WCAG).analyze().getViolations()) {
            if (GRAVE.contains(rule.getImpact())) {
                rule.getNodes()
                        .forEach(node ->
                                faults.add("%s, %s: %s at %s".formatted(name, look, rule.getId(), node.getTarget())));
            }
        }
        int tooWide = (int)
                page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (tooWide > 0) {
            faults.add("%s, %s: %d pixels wider than the screen".formatted(name, look, tooWide));
        }
        int hidden = (int) page.evaluate(HIDDEN_OF_TABLES);
        if (look == Chromium.Look.PHONE && hidden > 0) {
            faults.add("%s, %s: a table has %d pixels more than are seen".formatted(name, look, hidden));
        }
        return faults;
    }

    /** All of the page, also what one must scroll to. */
    private static void picture(Page page, Chromium.Look look, String name) {
        var screen = page.viewportSize();
        int height = (int)
                page.evaluate("() => Math.max(innerHeight, (document.querySelector('main')?.scrollHeight ?? 0) + 80)");
        page.setViewportSize(screen.width, Math.min(TALLEST, height));
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENS.resolve("%s-%s.png"
                        .formatted(name.replace(' ', '-'), look.name().toLowerCase(java.util.Locale.ROOT)))));
        page.setViewportSize(screen.width, screen.height);
    }
}
