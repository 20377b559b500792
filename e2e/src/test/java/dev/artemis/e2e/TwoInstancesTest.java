package dev.artemis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

/** Two servers on one database: what is taken back on one is refused by the other within a second, and who guesses gains nothing. */
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("two-instances") // its own tests one after the other: they share what no two threads may use
class TwoInstancesTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" content=\"([^\"]+)\"");

    @TempDir
    private static Path folder;

    private static OwnDatabase database;
    private static Instance here;
    private static Instance elsewhere;

    @BeforeAll
    static void start() {
        database = OwnDatabase.start(folder.resolve("database"));
        here = started("here");
        elsewhere = started("elsewhere");
    }

    @AfterAll
    static void stop() {
        here.close();
        elsewhere.close();
        database.close();
    }

    /** Longer than a second only where the machine was busy: the best of three, with a new key each time. */
    @Test
    void aKeysLife() {
        Duration longest = longestWaitInAKeysLife();
        for (int i = 1; i < 3 && longest.compareTo(SECOND) >= 0; i++) {
            Duration again = longestWaitInAKeysLife();
            longest = again.compareTo(longest) < 0 ? again : longest;
        }
        assertThat(longest).isLessThan(SECOND);
    }

    /** How long a key that is no more was taken on the other instance. */
    private static Duration longestWaitInAKeysLife() {
        Teams.Team team = Teams.create(here);
        String keys = "admin/tenants/" + team.slug() + "/projects/web/keys";
        JsonNode made = here.admin()
                .post(keys, "{\"name\": \"life\", \"scopes\": [\"costs:read\"]}")
                .expect(201)
                .json();
        String first = made.get("key").asString();
        String key = keys + "/" + made.get("id").asString();
        assertThat(status(elsewhere, first)).isEqualTo(200);

        String second = here.admin()
                .post(key + "/rotation", "{\"grace_seconds\": 0}")
                .expect(200)
                .json()
                .get("key")
                .asString();
        Duration rotated = until(() -> status(elsewhere, first) == 401);
        assertThat(status(elsewhere, second)).isEqualTo(200);
        assertThat(status(here, first)).isEqualTo(401);

        here.admin().delete(key).expect(204);
        assertThat(status(here, second)).isEqualTo(401);
        Duration revoked = until(() -> status(elsewhere, second) == 401);
        return rotated.compareTo(revoked) < 0 ? revoked : rotated;
    }

    @Test
    void guessesAreCountedTogether() throws Exception {
        for (int guess = 0; guess < 5; guess++) {
            assertThat(signIn(guess % 2 == 0 ? here : elsewhere, "a guess")).endsWith("/sign-in?error");
        }

        assertThat(signIn(here, Instance.ADMIN_PASSWORD)).endsWith("/sign-in?wait");
        assertThat(signIn(elsewhere, Instance.ADMIN_PASSWORD)).endsWith("/sign-in?wait");
    }

    private static int status(Instance instance, String key) {
        return instance.api(key).get("costs").status();
    }

    /** Asks again and again, for half a minute at most. */
    private static Duration until(BooleanSupplier done) {
        long start = System.nanoTime();
        while (!done.getAsBoolean()) {
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Where the door leads, as for a browser that comes for the first time. */
    private static String signIn(Instance instance, String password) throws IOException, InterruptedException {
        try (HttpClient browser = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .cookieHandler(new CookieManager())
                .build()) {
            URI door = instance.url().resolve("/sign-in");
            String page = browser.send(HttpRequest.newBuilder(door).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
            Matcher token = TOKEN.matcher(page);
            assertThat(token.find())
                    .as("the page has a token against forged requests")
                    .isTrue();
            HttpRequest form = HttpRequest.newBuilder(instance.url().resolve("/sign-in/form"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString("username=admin%40localhost&password=" + encoded(password)
                            + "&_csrf=" + encoded(token.group(1))))
                    .build();
            return browser.send(form, HttpResponse.BodyHandlers.discarding())
                    .headers()
                    .firstValue("Location")
                    .orElse("");
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Instance started(String name) {
        return Instance.start(
                folder.resolve(name),
                Map.of(
                        "ARTEMIS_DATABASE_URL",
                        database.url(),
                        "ARTEMIS_MASTER_KEY",
                        "dGVzdC1tYXN0ZXIta2V5LTAxMjM0NTY3ODlhYmNkZWY="));
    }
}
