package dev.artemis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.FilePayload;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Every page in a browser that asks for German: no word of English is seen or read out, dates and amounts have the German form,
 * no heading of a table is cut off; and a picture of each under {@code e2e/target/screens} for people to look at.
 */
@Tag("browser")
@EnabledIf(
        value = "dev.artemis.e2e.Chromium#isInstalled",
        disabledReason = "no chromium: ./artemis test installs it where it may")
@ExtendWith({Demo.Shared.class, FurnishedTeam.Shared.class})
@Execution(ExecutionMode.CONCURRENT)
class GermanPagesTest {

    private static final Path SCREENS = Path.of("target", "screens");
    private static final int TALLEST = 4_000;
    private static final int TOO_LARGE = 8 * 1024 * 1024 + 1;
    private static final Pattern GERMAN_DATE = Pattern.compile("\\d\\d\\.\\d\\d\\.20\\d\\d");
    private static final Pattern GERMAN_MONEY = Pattern.compile("\\d,\\d\\d\\s?\\$");

    private static final Map<String, String> PAGES = Map.ofEntries(
            Map.entry("dashboard", "teams/busy"),
            Map.entry("dashboard of a new team", "teams/empty"),
            Map.entry("dashboard over budget", "teams/over-budget"),
            Map.entry("project", "teams/busy/projects/shop"),
            Map.entry("submit", "teams/busy/submit?project=shop"),
            Map.entry("single calls", "teams/busy/calls?project=shop&period=month"),
            Map.entry("reservations", "teams/busy/reservations"),
            Map.entry("reservations that there are not", "teams/over-budget/reservations"),
            Map.entry("costs by day", "teams/busy/costs?period=month&by=day&then=stage"),
            Map.entry("reconciliation", "teams/busy/reconciliation"),
            Map.entry("saved reports", "teams/busy/reports"),
            Map.entry("account", "account"),
            Map.entry("projects of a new team", "teams/empty/projects"),
            Map.entry("runs of a new team", "teams/empty/runs"),
            Map.entry("costs of a new team", "teams/empty/costs"),
            Map.entry("not found", "teams/nowhere"));

    /** What people name themselves, programs print, or an interface fixes is in no language of ours. */
    private static final String NOT_OURS =
            "pre, code, .artemis-mono, artemis-code, artemis-output, .cm-editor, script, style, template, [lang=en]";

    /** Every text that is shown or read out, through shadow roots too. */
    private static final String TEXTS = """
        notOurs => {
          const seen = new Set();
          const put = text => { const plain = (text ?? '').replace(/\\s+/g, ' ').trim(); if (plain) seen.add(plain); };
          const walk = node => {
            if (node.nodeType === Node.TEXT_NODE) { put(node.nodeValue); return; }
            if (node.nodeType === Node.ELEMENT_NODE) {
              if (node.matches(notOurs) || getComputedStyle(node).display === 'none') return;
              for (const name of ['aria-label', 'title', 'placeholder', 'alt']) put(node.getAttribute(name));
              if (node.shadowRoot) node.shadowRoot.childNodes.forEach(walk);
            }
            node.childNodes.forEach(walk);
          };
          walk(document.body);
          put(document.title);
          return [...seen];
        }
        """;

    private final Demo demo;
    private final FurnishedTeam furnished;
    private final English english = English.known();
    private final Set<String> faults = new TreeSet<>();
    private final Set<String> texts = new LinkedHashSet<>();

    GermanPagesTest(Demo demo, FurnishedTeam furnished) {
        this.demo = demo;
        this.furnished = furnished;
    }

    @Test
    void showNoEnglishToWhoeverReadsGerman() {
        try (Chromium chromium = Chromium.launch()) {
            Page page = chromium.visit(demo.instance(), Chromium.Look.LIGHT, "de-DE");
            Person admin = signedIn(page);
            for (Map.Entry<String, String> one : pages(admin).entrySet()) {
                page.navigate(one.getValue());
                look(admin, one.getKey());
            }
            dialog(admin, "admin/prices", "Preis hinzufügen", "price dialog");
            dialog(admin, "teams/busy/projects/shop", "Einstellungen ändern", "settings dialog");
            dialog(admin, "teams/busy/budgets", "Limits ändern: Team: Busy Bees", "limits dialog");
            dialog(admin, "teams/busy/projects/shop", "Neuer Schlüssel", "key dialog");
            dialog(admin, "teams/busy/reports", "Bericht speichern", "report dialog");
            uploads(admin);
        }

        assertThat(faults).isEmpty();
        assertThat(texts).anyMatch(text -> GERMAN_DATE.matcher(text).find());
        assertThat(texts).anyMatch(text -> GERMAN_MONEY.matcher(text).find());
    }

    /** What a place to hand in files says of itself, of what it does not take, and of a server that takes nothing. */
    private void uploads(Person admin) {
        Page page = admin.page();
        page.navigate("admin/prices");
        admin.button("Liste importieren").click();
        handIn(page, "prices.txt", 1);
        page.getByText("Nicht angenommen: eine .json-Datei").waitFor();
        look(admin, "upload of another kind");
        page.navigate("teams/busy/submit?project=shop");
        page.getByText("Grenzen, Eingabe und Dateien").click();
        handIn(page, "large.bin", TOO_LARGE);
        page.getByText("Größer, als ein Lauf bekommen darf").first().waitFor();
        look(admin, "upload too large");
        page.route("**/VAADIN/dynamic/**", Route::abort);
        handIn(page, "small.txt", 1);
        page.getByText("Der Server antwortet nicht").first().waitFor();
        look(admin, "upload without server");
        assertThat(texts)
                .contains(
                        "oder hierher ziehen; der Code findet sie neben sich", "small.txt", "Noch einmal", "Entfernen");
        page.unroute("**/VAADIN/dynamic/**");
    }

    private static void handIn(Page page, String name, int bytes) {
        page.locator("input[type=file]")
                .first()
                .setInputFiles(new FilePayload(name, "application/octet-stream", new byte[bytes]));
    }

    private Person signedIn(Page page) {
        var admin = new Person(page);
        page.navigate("");
        admin.field("Passwort").waitFor();
        look(admin, "sign in");
        page.getByLabel("E-Mail").fill("admin@localhost");
        admin.field("Passwort").fill(Instance.ADMIN_PASSWORD);
        admin.button("Anmelden").click();
        page.locator("vaadin-side-nav-item").first().waitFor();
        return admin;
    }

    /** All that the menu leads to, the newest runs of the demo, and the others. */
    private Map<String, String> pages(Person admin) {
        Map<String, String> pages = new LinkedHashMap<>(PAGES);
        pages.putAll(furnished.pages());
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
        assertThat(pages).hasSizeGreaterThan(PAGES.size() + 12);
        return pages;
    }

    private void dialog(Person admin, String path, String button, String name) {
        admin.page().navigate(path);
        admin.button(button).first().click();
        admin.page().locator("vaadin-dialog .artemis-form").first().waitFor();
        look(admin, name);
    }

    private void look(Person admin, String name) {
        admin.settled();
        for (Object each : (List<?>) admin.page().evaluate(TEXTS, NOT_OURS)) {
            String text = each.toString();
            if (!texts.add(text)) {
                continue;
            }
            english.why(text).ifPresent(why -> faults.add("%s: %s: %s".formatted(why, text, name)));
        }
        Cells.faults(admin.page()).forEach(fault -> faults.add("%s: %s".formatted(fault, name)));
        if (!admin.page().evaluate("() => document.documentElement.lang").equals("de")) {
            faults.add("read out as if it were English: " + name);
        }
        picture(admin.page(), name);
    }

    /** All of the page, also what one must scroll to. */
    private static void picture(Page page, String name) {
        var screen = page.viewportSize();
        int height = (int)
                page.evaluate("() => Math.max(innerHeight, (document.querySelector('main')?.scrollHeight ?? 0) + 80)");
        page.setViewportSize(screen.width, Math.min(TALLEST, height));
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENS.resolve(name.replace(' ', '-') + "-german.png")));
        page.setViewportSize(screen.width, screen.height);
    }
}
