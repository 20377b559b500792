package dev.artemis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every page, and what opens over it, by day, by night and on a phone: nothing that axe calls serious, nothing wider than the screen,
 * no column of a table out of sight, and a picture of each under {@code e2e/target/screens} for people to look at.
 */
@Tag("browser")
@EnabledIf(
        value = "dev.artemis.e2e.Chromium#isInstalled",
        disabledReason = "no chromium: ./artemis test installs it where it may")
@ExtendWith({Demo.Shared.class, FurnishedTeam.Shared.class})
@Execution(ExecutionMode.CONCURRENT)
@Order(2)
class EveryPageTest {

    private static final Path SCREENS = Path.of("target", "screens");
    private static final int TALLEST = 4_000;
    private static final double LONGEST_MS = 15_000;
    private static final String PASSWORD = "a few good words";
    private static final Pattern SECRET = Pattern.compile("^[A-Z2-7]{32}$");

    /** Opens one thing after the other. */
    private static final String THEN = " > ";

    private static final String OPEN = "vaadin-dialog[opened], vaadin-confirm-dialog[opened]";

    /** How far tables reach out of sight; on a phone, the one of costs keeps its figures beside what costs, and may be pushed for the others. */
    private static final String HIDDEN_OF_TABLES = """
        phone => Math.max(0, ...[...document.querySelectorAll('vaadin-grid')]
            .filter(grid => !phone || !grid.matches('.artemis-cost-table'))
            .map(grid => grid.shadowRoot.querySelector('#table'))
            .map(table => table.scrollWidth - table.clientWidth))
        """;

    /** Of what a program printed one comes to the end first. */
    private static final String OUTPUTS_ELSEWHERE = """
        () => [...document.querySelectorAll('artemis-output')]
            .flatMap(output => [...output.shadowRoot.querySelectorAll('.scroller')])
            .filter(one => one.scrollHeight - one.scrollTop - one.clientHeight > 12)
            .length
        """;

    /** So tall that nothing of the page, or of what is open over it, must be scrolled to; a calendar has no end. */
    private static final String HEIGHT = """
        () => document.querySelector('vaadin-date-picker[opened]') ? innerHeight : Math.max(
            innerHeight,
            (document.querySelector('main')?.scrollHeight ?? 0) + 80,
            ...[...document.querySelectorAll('.artemis-form')].map(form => form.scrollHeight + 220))
        """;

    /** Colours may take their time to change. */
    private static final String STILL = """
        () => document.getAnimations().every(one => one.playState !== 'running'
          || one.effect.getComputedTiming().iterations === Infinity)
        """;

    /** What happened to a run may come after its page. */
    private static final String TOLD = """
        () => !document.querySelector('.artemis-timeline') || document.querySelector('.artemis-timeline li') !== null
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
            Map.entry("costs by day", "teams/busy/costs?period=month&by=day&then=member"),
            Map.entry("single calls", "teams/busy/calls?project=shop&period=month&stage=review"),
            Map.entry("reservations", "teams/busy/reservations"),
            Map.entry("reservations that there are not", "teams/over-budget/reservations"),
            Map.entry("reconciliation", "teams/busy/reconciliation"),
            Map.entry("saved reports", "teams/busy/reports"),
            Map.entry("account", "account"),
            Map.entry("projects of a new team", "teams/empty/projects"),
            Map.entry("runs of a new team", "teams/empty/runs"),
            Map.entry("costs of a new team", "teams/empty/costs"),
            Map.entry("history of a price", "admin/prices?model=gpt-4o-mini"),
            Map.entry("statements of a new team", "teams/empty/statements"),
            Map.entry("not found", "teams/nowhere"));

    /** Buttons that open something over a page, by how their names begin. */
    private static final Map<String, List<String>> OPENING = Map.ofEntries(
            Map.entry("admin/teams", List.of("New team", "Edit Busy", "Suspend Busy", "Delete Busy")),
            Map.entry("admin/people", List.of("Make a link for viewer@busy", "Disable viewer@busy")),
            Map.entry("admin/prices", List.of("Add price" + THEN + "Add rates of a tier", "Import list")),
            Map.entry("admin/prices?model=gpt-4o-mini", List.of("History: gpt-4o-mini", "History: gpt-4o-mini > End")),
            Map.entry("account", List.of("Change password", "Sign out everywhere", "New key", "Add passkey")),
            Map.entry("teams/busy/projects", List.of("New project")),
            Map.entry(
                    "teams/busy/projects/shop",
                    List.of(
                            "Edit settings",
                            "Edit what they may take",
                            "New key",
                            "Limits of build server",
                            "Rotate the key",
                            "Revoke the key")),
            Map.entry("teams/busy/budgets", List.of("Edit limits: Team", "History: Team")),
            Map.entry("teams/busy/alerts", List.of("Add channel")),
            Map.entry("teams/busy/members", List.of("Add member", "Set password for viewer", "Remove viewer")),
            Map.entry("teams/busy/provider-keys", List.of("Add key")),
            Map.entry("teams/busy/statements", List.of("Close ", "Set a rate")),
            Map.entry("teams/busy/reports", List.of("Save a report")),
            Map.entry("teams/busy/calls?project=shop&period=month&stage=review", List.of("Record a call", "Correct")),
            Map.entry("teams/busy/reservations", List.of("Release")));

    private final Demo demo;
    private final FurnishedTeam furnished;

    EveryPageTest(Demo demo, FurnishedTeam furnished) {
        this.demo = demo;
        this.furnished = furnished;
    }

    @ParameterizedTest
    @EnumSource
    @Execution(ExecutionMode.CONCURRENT)
    void isAccessibleAndFitsTheScreen(Screen screen) {
        List<String> faults = new ArrayList<>();
        try (Chromium chromium = Chromium.launch()) {
            faults.addAll(atTheDoor(visit(chromium, screen.looks().getFirst()), screen));
            Person admin = Person.admin(visit(chromium, screen.looks().getFirst()));
            pages(admin).forEach((name, path) -> {
                admin.follow(at(path));
                admin.page().waitForFunction(TOLD);
                faults.addAll(faults(admin.page(), screen, name));
                for (String way : OPENING.getOrDefault(path, FurnishedTeam.OPENING.getOrDefault(path, List.of()))) {
                    try {
                        faults.addAll(over(admin, screen, name, way));
                    } catch (PlaywrightException e) {
                        // all that is wrong is told at once
                        faults.add(
                                "%s, %s: %s does not open or close: %s".formatted(name, screen, way, e.getMessage()));
                        admin.page().navigate(at(path));
                        admin.settled();
                    }
                }
            });
            try {
                faults.addAll(lists(admin, screen));
            } catch (PlaywrightException e) {
                faults.add("%s: a list does not open: %s".formatted(screen, e.getMessage()));
            }
            try {
                faults.addAll(shownOnce(admin, screen));
            } catch (PlaywrightException e) {
                faults.add("%s: what is shown once does not open: %s".formatted(screen, e.getMessage()));
            }
            var opened = new OnceOpened(furnished, (who, name) -> faults.addAll(faults(who, screen, name)));
            try {
                opened.byAnAdministrator(admin, demo.instance());
                opened.byAPerson(
                        new Person(
                                chromium.visit(demo.instance(), screen.looks().getFirst())),
                        screen.name().toLowerCase(Locale.ROOT),
                        demo.instance());
            } catch (PlaywrightException | AssertionError e) {
                faults.add("%s: what somebody opens does not open: %s".formatted(screen, e.getMessage()));
            }
        }

        assertThat(faults).isEmpty();
    }

    /** What their menu leads to, and a project: other people than administrators see less on it, and other things to do. */
    @ParameterizedTest
    @CsvSource({"owner, DARK", "developer, PHONE", "viewer, PHONE", "finance, LIGHT"})
    @Execution(ExecutionMode.CONCURRENT)
    void isSoForEachRole(String role, Chromium.Look look) {
        List<String> faults = new ArrayList<>();
        try (Chromium chromium = Chromium.launch()) {
            Person person = Person.signedIn(visit(chromium, look), role + "@busy.example", demo.password());
            person.follow(at("teams/busy"));
            List<String> paths = new ArrayList<>(menu(person));
            paths.add("teams/busy/projects/shop");
            assertThat(paths).hasSizeGreaterThan(5);
            for (String path : paths) {
                person.follow(at(path));
                faults.addAll(faults(person.page(), look, role + " " + path.replace('/', ' ')));
            }
        }

        assertThat(faults).isEmpty();
    }

    /** Who wants nothing to move: what is still being drawn within a chart, nobody can wait for. */
    private Page visit(Chromium chromium, Chromium.Look look) {
        Page page = chromium.visit(demo.instance(), look);
        page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
        return page;
    }

    private static List<String> menu(Person person) {
        return ((List<?>) person.page()
                        .evaluate("() => [...document.querySelectorAll('vaadin-side-nav-item')].map(one => one.path)"))
                .stream().map(Object::toString).toList();
    }

    /** All that the menu leads to, the runs of the demo, and the others. */
    private Map<String, String> pages(Person admin) {
        Map<String, String> pages = new LinkedHashMap<>(OTHERS);
        pages.putAll(furnished.pages());
        admin.follow(at("teams/busy"));
        for (String path : menu(admin)) {
            pages.put(path.replace('/', ' '), path);
        }
        admin.follow(at("teams/busy/runs?project=shop"));
        admin.page().locator("vaadin-grid a[href*='/runs/']").first().waitFor();
        for (var link : admin.page().locator("vaadin-grid a[href*='/runs/']").all()) {
            pages.put("run " + pages.size(), link.getAttribute("href"));
        }
        assertThat(pages)
                .hasSizeGreaterThan(OTHERS.size() + 12)
                .containsValues(OPENING.keySet().toArray(String[]::new))
                .containsValues(FurnishedTeam.OPENING.keySet().toArray(String[]::new));
        return pages;
    }

    /** What an invited person meets until they are in, and what they meet from then on who have a second step. */
    private List<String> atTheDoor(Page page, Screen screen) {
        Person person = new Person(page);
        String email = screen.name().toLowerCase(Locale.ROOT) + "@newcomers.example";
        page.navigate("welcome/" + "x".repeat(43));
        person.settled();
        List<String> faults = new ArrayList<>(faults(page, screen, "invitation of long ago"));
        page.navigate(invitation(email));
        person.field("New password").fill(PASSWORD);
        person.settled();
        faults.addAll(faults(page, screen, "invitation"));
        person.field("The same again").fill(PASSWORD);
        person.button("Choose it").click();
        person.link("Sign in").waitFor();
        faults.addAll(faults(page, screen, "password chosen"));
        page.navigate("sign-in");
        person.field("Password").waitFor();
        faults.addAll(faults(page, screen, "sign in"));
        person.signIn(email, PASSWORD);
        person.settled();
        page.navigate("account");
        person.button("Set up").click();
        person.settled();
        faults.addAll(faults(page, screen, "second step"));
        String secret = page.locator(".artemis-snippet pre")
                .filter(new Locator.FilterOptions().setHasText(SECRET))
                .innerText();
        person.field("Code").fill(new Authenticator(secret).code(Authenticator.now()));
        person.button("Switch on").click();
        person.button("I have kept them").waitFor();
        faults.addAll(faults(page, screen, "recovery codes"));
        person.button("I have kept them").click();
        page.getByText("Recovery codes left").waitFor();
        page.context().clearCookies();
        page.navigate("sign-in");
        person.signIn(email, PASSWORD);
        person.field("Code").waitFor();
        faults.addAll(faults(page, screen, "code"));
        person.field("Code").fill("not a code");
        person.button("Sign in").click();
        page.getByText("This code is not right").first().waitFor();
        faults.addAll(faults(page, screen, "code refused"));
        return faults;
    }

    private String at(String path) {
        return demo.instance().url().resolve("/" + path).toString();
    }

    private String invitation(String email) {
        Api admin = demo.instance().admin();
        String members = "admin/tenants/over-budget/members";
        String id = admin.post(members, "{\"email\": \"%s\", \"role\": \"VIEWER\"}".formatted(email))
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

    /** Opens it, looks at it, and leaves it. */
    private static List<String> over(Person person, Screen screen, String name, String way) {
        Page page = person.page();
        for (String button : way.split(THEN)) {
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^" + button)))
                    .filter(new Locator.FilterOptions().setVisible(true))
                    .first()
                    .click(new Locator.ClickOptions().setTimeout(LONGEST_MS));
            page.locator(OPEN).first().waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
            person.settled();
        }
        List<String> faults =
                faults(page, screen, name + " " + way.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", " "));
        for (int open = page.locator(OPEN).count();
                open > 0;
                open = page.locator(OPEN).count()) {
            leave(page, open);
            person.settled();
        }
        return faults;
    }

    /** A field that has the focus may take the first for itself. */
    private static void leave(Page page, int open) {
        for (int presses = 0; presses < 2; presses++) {
            page.keyboard().press("Escape");
            try {
                page.waitForFunction(
                        "([open, before]) => document.querySelectorAll(open).length < before",
                        List.of(OPEN, open),
                        new Page.WaitForFunctionOptions().setTimeout(LONGEST_MS / 3));
                return;
            } catch (TimeoutError stays) {
                // once more
            }
        }
        throw new PlaywrightException("does not leave by Escape");
    }

    /** What one chooses from, and the palette. */
    private List<String> lists(Person person, Screen screen) {
        Page page = person.page();
        person.follow(at("teams/busy/costs"));
        page.locator("vaadin-select").nth(2).click();
        visible(page, "vaadin-select-item");
        List<String> faults = new ArrayList<>(faults(person, screen, "list of groupings"));
        page.keyboard().press("Escape");
        person.follow(at("teams/busy/calls"));
        page.locator("vaadin-date-picker [part~=toggle-button]").first().click();
        visible(page, "vaadin-date-picker-overlay-content");
        faults.addAll(faults(person, screen, "calendar"));
        page.keyboard().press("Escape");
        if (screen == Screen.PHONE) {
            person.button("Menu").first().click();
            faults.addAll(faults(person, screen, "menu"));
        }
        page.locator(".artemis-account vaadin-menu-bar-button").first().click();
        visible(page, "vaadin-menu-bar-item[role=menuitem]");
        faults.addAll(faults(person, screen, "account menu"));
        page.keyboard().press("Escape");
        page.locator("artemis-palette .open").click();
        page.keyboard().type("sho");
        visible(page, "artemis-palette li");
        faults.addAll(faults(person, screen, "palette"));
        return faults;
    }

    /** What stands behind a button that is pressed: a key, and a link for somebody. */
    private List<String> shownOnce(Person person, Screen screen) {
        person.follow(at("teams/over-budget/projects/research"));
        person.button("New key").first().click();
        person.settled();
        person.field("Name").fill("shown " + screen.name().toLowerCase(Locale.ROOT));
        person.button("Create").click();
        person.button("I have kept it").waitFor();
        List<String> faults = new ArrayList<>(faults(person, screen, "new key"));
        person.button("I have kept it").click();
        String email = "link-" + screen.name().toLowerCase(Locale.ROOT) + "@newcomers.example";
        invitation(email);
        person.follow(at("teams/over-budget/members"));
        person.button("Make a new invitation for " + email).first().click();
        person.button("I have passed it on").waitFor();
        faults.addAll(faults(person, screen, "link for somebody"));
        person.button("I have passed it on").click();
        return faults;
    }

    private static void visible(Page page, String selector) {
        page.locator(selector)
                .filter(new Locator.FilterOptions().setVisible(true))
                .first()
                .waitFor(new Locator.WaitForOptions().setTimeout(LONGEST_MS));
    }

    private static List<String> faults(Person person, Screen screen, String name) {
        person.settled();
        return faults(person.page(), screen, name);
    }

    /** By day and by night, first as it was opened: the page stays as it is, and changes its colours as the system does. */
    private static List<String> faults(Page page, Screen screen, String name) {
        boolean night = (boolean) page.evaluate("() => matchMedia('(prefers-color-scheme: dark)').matches");
        List<String> faults = new ArrayList<>();
        for (Chromium.Look look : night ? screen.looks().reversed() : screen.looks()) {
            page.emulateMedia(new Page.EmulateMediaOptions()
                    .setColorScheme(look == Chromium.Look.DARK ? ColorScheme.DARK : ColorScheme.LIGHT));
            page.waitForFunction(STILL);
            faults.addAll(faults(page, look, name));
        }
        return faults;
    }

    private static List<String> faults(Page page, Chromium.Look look, String name) {
        List<String> faults = new ArrayList<>();
        Axe.graveFaults(page, look).forEach(fault -> faults.add("%s, %s: %s".formatted(name, look, fault)));
        int tooWide = (int)
                page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (tooWide > 0) {
            faults.add("%s, %s: %d pixels wider than the screen".formatted(name, look, tooWide));
        }
        int hidden = (int) page.evaluate(HIDDEN_OF_TABLES, look == Chromium.Look.PHONE);
        if (hidden > 0) {
            faults.add("%s, %s: a table has %d pixels more than are seen".formatted(name, look, hidden));
        }
        if ((int) page.evaluate(OUTPUTS_ELSEWHERE) > 0) {
            faults.add("%s, %s: what was printed is not shown from its end".formatted(name, look));
        }
        Cells.faults(page).forEach(fault -> faults.add("%s, %s: %s".formatted(name, look, fault)));
        picture(page, look, name);
        return faults;
    }

    /**
     * All of the page, also what one must scroll to. Only when all else has been looked at: a window that grows and shrinks leaves things
     * in between, such as a calendar over the whole of a phone, which for a moment is without the day that has the focus.
     */
    private static void picture(Page page, Chromium.Look look, String name) {
        var screen = page.viewportSize();
        int height = Math.min(TALLEST, (int) page.evaluate(HEIGHT));
        if (height > screen.height) {
            page.setViewportSize(screen.width, height);
        }
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENS.resolve("%s-%s.png"
                        .formatted(name.strip().replace(' ', '-'), look.name().toLowerCase(Locale.ROOT)))));
        if (height > screen.height) {
            page.setViewportSize(screen.width, screen.height);
        }
    }

    /** In front of which somebody sits. */
    private enum Screen {
        DESK,
        PHONE;

        List<Chromium.Look> looks() {
            return switch (this) {
                case DESK -> List.of(Chromium.Look.LIGHT, Chromium.Look.DARK);
                case PHONE -> List.of(Chromium.Look.PHONE);
            };
        }
    }
}
