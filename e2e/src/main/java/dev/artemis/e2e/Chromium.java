package dev.artemis.e2e;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The machine's own chromium, driven by Playwright: nothing is downloaded, nothing phones home. */
public final class Chromium implements AutoCloseable {

    private static final List<String> QUIET = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    /** What a page may take on a machine that does much else. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final int DESK_WIDTH = 1280;
    private static final int PHONE_WIDTH = 390;
    private static final int HEIGHT = 900;

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** Whether there is one: the condition of the browser tests. */
    public static boolean isInstalled() {
        return executable().isPresent();
    }

    /** Starts it. */
    public static Chromium launch() {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE.toMillis());
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        return new Chromium(
                playwright,
                playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(executable().orElseThrow())
                                .setArgs(QUIET)));
    }

    /** A new page of a visitor whom the server has never seen. */
    public Page visit(Instance instance) {
        return visit(instance, Look.LIGHT);
    }

    /** The same, on another screen or in other colours. */
    public Page visit(Instance instance, Look look) {
        return visit(instance, look, "en-US");
    }

    /** The same, whose browser asks for that language. */
    public Page visit(Instance instance, Look look, String language) {
        BrowserContext visitor = browser.newContext(new Browser.NewContextOptions()
                .setBaseURL(instance.url().toString())
                .setLocale(language)
                .setTimezoneId("UTC")
                .setColorScheme(look == Look.DARK ? ColorScheme.DARK : ColorScheme.LIGHT)
                .setViewportSize(look == Look.PHONE ? PHONE_WIDTH : DESK_WIDTH, HEIGHT));
        visitor.setDefaultTimeout(PATIENCE.toMillis());
        return visitor.newPage();
    }

    /** How somebody looks at pages. */
    public enum Look {
        LIGHT,
        DARK,
        PHONE
    }

    private static Optional<Path> executable() {
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .map(name -> Path.of("/usr/bin", name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
