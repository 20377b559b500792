package dev.artemis.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.configuration.Finding.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StartupChecksTest {

    private static final String SECRET = "correct-horse-battery-staple";

    @TempDir
    private Path home;

    @Test
    void tellsEveryFaultAtOnce() {
        Outcome outcome = start(Map.of(
                "artemis.home", "",
                "server.port", "http",
                "artemis.xyzzy", "1",
                "artemis.admin.email", "nobody",
                "artemis.admin.password", "short",
                "artemis.admin.key", "short",
                "artemis.database.url", "mysql://x"));

        assertThat(outcome.codes).containsExactly(1);
        assertThat(outcome.err)
                .contains(
                        "artemis.xyzzy is not a setting",
                        "\"http\" is no port",
                        "home folder: none is named",
                        "ARTEMIS_ADMIN_EMAIL is no e-mail address",
                        "ARTEMIS_ADMIN_PASSWORD is too short",
                        "ARTEMIS_ADMIN_KEY is too short",
                        "ARTEMIS_DATABASE_URL cannot be read",
                        "7 failed",
                        "does not start");
        assertThat(outcome.err.lines().filter(line -> line.contains("->"))).hasSizeGreaterThanOrEqualTo(7);
    }

    @Test
    void startsWithWhatIsUsualAndKeepsTheReport() {
        Outcome outcome = start(Map.of("artemis.home", home.toString(), "server.port", "0"));

        assertThat(outcome.codes).isEmpty();
        assertThat(outcome.out).isEmpty();
        assertThat(outcome.report).isNotNull();
    }

    @Test
    void theCommandOnlyChecks() {
        Map<String, Object> good = Map.of("artemis.home", home.toString(), "server.port", "0");

        Outcome faults = start(good, "check");
        Outcome everything = start(good, "check", "--verbose");

        assertThat(faults.codes).containsExactly(0);
        assertThat(faults.out).contains("0 failed").doesNotContain("PASS  java");
        assertThat(everything.codes).containsExactly(0);
        assertThat(everything.out).contains("PASS  java", "PASS  home folder");
    }

    @Test
    void theCommandAnswersInJsonToo() {
        Outcome outcome = start(Map.of("artemis.home", home.toString(), "server.port", "http"), "check", "--json");

        JsonNode report = JsonMapper.builder().build().readTree(outcome.out);
        assertThat(outcome.codes).containsExactly(1);
        assertThat(report.get("findings")
                        .valueStream()
                        .filter(each -> each.get("verdict").asString().equals("FAIL")))
                .singleElement()
                .satisfies(each -> assertThat(each.get("subject").asString()).isEqualTo("port"));
    }

    @Test
    void printsNoSecretWhateverACheckSays() {
        ConfigurableEnvironment environment = Settings.of(Map.of(
                "artemis.admin.password",
                SECRET,
                "artemis.database.url",
                "postgresql://owner:" + SECRET + "2@host/db"));
        StartupCheck careless = () -> List.of(Finding.fail("careless", "read " + SECRET, "Not " + SECRET + "2."));

        StartupReport report = StartupChecks.of(environment, List.of(careless), Clock.systemUTC())
                .run();

        assertThat(report.text(StartupReport.Detail.EVERYTHING))
                .contains("careless")
                .doesNotContain(SECRET);
    }

    @Test
    void aCheckThatBreaksIsAFaultAndStopsNoOther() {
        StartupCheck broken = () -> {
            throw new IllegalStateException(SECRET);
        };
        StartupCheck good = () -> List.of(Finding.pass("good", "fine"));

        StartupReport report = StartupChecks.of(Settings.of(Map.of()), List.of(broken, good), Clock.systemUTC())
                .run();

        assertThat(report.findings()).extracting(Finding::verdict).containsExactly(Verdict.FAIL, Verdict.PASS);
        assertThat(report.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(report.text(StartupReport.Detail.FAULTS)).doesNotContain(SECRET);
    }

    private static Outcome start(Map<String, Object> settings, String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        List<Integer> codes = new ArrayList<>();
        try (var context = new GenericApplicationContext()) {
            context.setEnvironment(Settings.of(settings));
            new CheckFirst(List.of(arguments), print(out), print(err), codes::add).initialize(context);
            return new Outcome(
                    codes,
                    out.toString(StandardCharsets.UTF_8),
                    err.toString(StandardCharsets.UTF_8),
                    context.getBeanFactory().getSingleton("startupReport"));
        }
    }

    private static PrintStream print(ByteArrayOutputStream target) {
        return new PrintStream(target, true, StandardCharsets.UTF_8);
    }

    private record Outcome(
            List<Integer> codes,
            String out,
            String err,
            @org.jspecify.annotations.Nullable Object report) {}
}
