package dev.artemis.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the page offers to be copied works as it is: each snippet is run as a person would run it. */
@Tag("browser")
@EnabledIf(
        value = "dev.artemis.e2e.Chromium#isInstalled",
        disabledReason = "no chromium: ./artemis test installs it where it may")
@ExtendWith(SharedInstance.class)
class QuickStartTest {

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private final Instance instance;

    QuickStartTest(Instance instance) {
        this.instance = instance;
    }

    @ParameterizedTest
    @ValueSource(strings = {"curl", "Python", "Java", "JavaScript"})
    void everySnippetRecordsACall(String language) throws IOException, InterruptedException {
        Teams.Team team = Teams.create(instance);
        String key = key(team);
        try (Chromium chromium = Chromium.launch()) {
            Page page = chromium.visit(instance);
            Person admin = Person.admin(page);
            page.navigate("teams/" + team.slug() + "/projects/web");
            admin.settled();
            String snippet = snippet(admin.panel("Quick start"), language);

            run(
                    key,
                    switch (language) {
                        case "curl" -> {
                            program("curl");
                            yield List.of("sh", "-c", snippet);
                        }
                        case "Python" -> List.of(program("python3"), "-c", snippet);
                        case "JavaScript" -> List.of(program("node"), "--input-type=module", "--eval", snippet);
                        default -> List.of(JAVA, file("FirstCall.java", snippet));
                    });
        }

        assertThat(team.api()
                        .get("costs?group_by=stage")
                        .expect(200)
                        .json()
                        .get("total")
                        .asString())
                .isEqualTo("0.0325");
    }

    /** What stands beside a new key has the key in it, and needs nothing else. */
    @Test
    void theSnippetsOfANewKeyWorkAsTheyAre() throws IOException, InterruptedException {
        Teams.Team team = Teams.create(instance);
        try (Chromium chromium = Chromium.launch()) {
            Page page = chromium.visit(instance);
            Person admin = Person.admin(page);
            page.navigate("teams/" + team.slug() + "/projects/web");
            admin.settled();
            admin.button("New key").first().click();
            admin.field("Name").fill("quick");
            admin.button("Create").click();
            admin.button("I have kept it").waitFor();
            Locator dialog = page.getByRole(AriaRole.DIALOG);

            run(null, List.of("sh", "-c", snippet(dialog, "curl")));
            run(null, List.of(program("python3"), "-c", snippet(dialog, "Python")));
        }

        assertThat(team.api()
                        .get("costs?group_by=stage")
                        .expect(200)
                        .json()
                        .get("total")
                        .asString())
                .isEqualTo("0.065");
    }

    /** A program that the snippet needs; without it the test is aborted, and says so. */
    private static String program(String name) {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name))),
                "no " + name + " on this machine");
        return name;
    }

    private static String file(String name, String text) throws IOException {
        return Files.writeString(Files.createTempDirectory("artemis").resolve(name), text)
                .toString();
    }

    private String key(Teams.Team team) {
        return instance.admin()
                .post("admin/tenants/" + team.slug() + "/projects/web/keys", """
                    {"name": "quick", "scopes": ["calls:write"]}\
                    """)
                .expect(201)
                .json()
                .get("key")
                .asString();
    }

    private static String snippet(Locator around, String language) {
        around.getByRole(
                        AriaRole.TAB,
                        new Locator.GetByRoleOptions().setName(language).setExact(true))
                .click();
        Locator text = around.locator("pre:visible").filter(new Locator.FilterOptions().setHasText("gpt-4o"));
        text.waitFor();
        return text.textContent();
    }

    /** @param key for the program's environment; null: it has the key in it */
    private static void run(@Nullable String key, List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("ARTEMIS_KEY");
        if (key != null) {
            builder.environment().put("ARTEMIS_KEY", key);
        }
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).as(printed).isTrue();
        assertThat(process.exitValue()).as(printed).isZero();
        assertThat(printed).contains("0.0325");
    }
}
