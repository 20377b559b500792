package dev.artemis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;

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

    @Test
    void everySnippetRecordsACall() throws IOException, InterruptedException {
        Teams.Team team = Teams.create(instance);
        String key = key(team);
        try (Chromium chromium = Chromium.launch()) {
            Page page = chromium.visit(instance);
            Person admin = Person.admin(page);
            page.navigate("teams/" + team.slug() + "/projects/web");
            admin.settled();

            run(key, "sh", "-c", snippet(admin, "curl"));
            run(key, "python3", "-c", snippet(admin, "Python"));
            Path file = Files.createTempDirectory("artemis").resolve("FirstCall.java");
            Files.writeString(file, snippet(admin, "Java"));
            run(key, JAVA, file.toString());
            run(key, "node", "--input-type=module", "--eval", snippet(admin, "JavaScript"));
        }

        assertThat(new BigDecimal(team.api()
                        .get("costs?group_by=stage")
                        .expect(200)
                        .json()
                        .get("total")
                        .asString()))
                .isEqualByComparingTo(new BigDecimal("0.0325").multiply(BigDecimal.valueOf(4)));
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

    private static String snippet(Person person, String language) {
        Locator panel = person.panel("Quick start");
        panel.getByRole(
                        AriaRole.TAB,
                        new Locator.GetByRoleOptions().setName(language).setExact(true))
                .click();
        Locator text = panel.locator("pre:visible");
        text.waitFor();
        return text.textContent();
    }

    private static void run(String key, String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(List.of(command)).redirectErrorStream(true);
        builder.environment().put("ARTEMIS_KEY", key);
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).as(printed).isTrue();
        assertThat(process.exitValue()).as(printed).isZero();
        assertThat(printed).contains("0.0325");
    }
}
