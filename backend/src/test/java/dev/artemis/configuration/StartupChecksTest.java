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
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;
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

    /** One wrong setting each, and what is said of it. Ports on which nobody listens stand for services that are down. */
    private static final Map<String, Map.Entry<String, String>> FAULTS = Map.ofEntries(
            Map.entry("artemis.xyzzy", Map.entry("1", "artemis.xyzzy is not a setting")),
            Map.entry("artemis.databse.url", Map.entry("embedded", "did you mean artemis.database.url?")),
            Map.entry("server.port", Map.entry("http", "is no port")),
            Map.entry("artemis.home", Map.entry("/dev/null/x", "is no folder")),
            Map.entry("artemis.roles", Map.entry("cook", "are no roles")),
            Map.entry("artemis.admin.email", Map.entry("nobody", "is no e-mail address")),
            Map.entry("artemis.admin.password", Map.entry("Password1", "guessed first")),
            Map.entry("artemis.admin.key", Map.entry("short", "too short")),
            Map.entry("artemis.database.url", Map.entry("postgresql://o:p4ssw0rd-x@127.0.0.1:1/x", "does not answer")),
            Map.entry(
                    "artemis.secrets.master-key",
                    Map.entry("c2hvcnQgYnV0IGJhc2U2NA==", "ARTEMIS_MASTER_KEY holds none")),
            Map.entry("artemis.llm.provider", Map.entry("opena1", "is none that is known")),
            Map.entry("artemis.messenger.url", Map.entry("smtp://127.0.0.1:1", "messenger: smtp://127.0.0.1:1")),
            Map.entry("artemis.redis.url", Map.entry("redis://127.0.0.1:1", "Redis: redis://127.0.0.1:1")),
            Map.entry("artemis.rag.kind", Map.entry("shoebox", "RAG database")),
            Map.entry("artemis.web.trusted-proxies", Map.entry("proxy", "is no address and no network")),
            Map.entry("artemis.web.tls-certificate", Map.entry("/nowhere", "ARTEMIS_TLS_CERTIFICATE cannot be read")),
            Map.entry("artemis.api.requests-per-second-by-key", Map.entry("0", "requests-per-second-*: at least 1")),
            Map.entry("artemis.runs.attempts", Map.entry("three", "artemis.runs.attempts cannot be read")),
            Map.entry("artemis.alerts.poll", Map.entry("often", "artemis.alerts.poll is no length of time")),
            Map.entry("artemis.runs.max-memory-per-tenant", Map.entry("1MB", "resource limits: no run is so small")),
            Map.entry("artemis.mail.port", Map.entry("smtp", "artemis.mail.port cannot be read")),
            Map.entry("artemis.sandbox.kind", Map.entry("cloud", "\"cloud\" is no sandbox")),
            Map.entry("artemis.pages.public-url", Map.entry("here", "public address")),
            Map.entry("artemis.oidc.issuer", Map.entry("https://login.example.org", "an issuer, but no client")));

    @Test
    void tellsEachFaultAlone() {
        FAULTS.forEach((setting, fault) -> {
            Map<String, Object> settings =
                    new java.util.HashMap<>(Map.of("artemis.home", home.toString(), "server.port", "0"));
            settings.put(setting, fault.getKey());

            Outcome outcome = start(settings);

            assertThat(outcome.codes).as(setting).containsExactly(1);
            assertThat(outcome.err).as(setting).contains(fault.getValue(), "->", "does not start");
            assertThat(outcome.report).as(setting).isNull();
        });
    }

    /** Each breaks the start, or makes a limit vanish. */
    @ParameterizedTest
    @CsvSource({
        "artemis.alerts.poll, 0s, artemis.alerts.poll is too short",
        "artemis.alerts.poll, 1ns, artemis.alerts.poll is too short",
        "artemis.budgets.expiry-sweep, 0s, artemis.budgets.expiry-sweep is too short",
        "artemis.schedules.sweep, 0s, artemis.schedules.sweep is too short",
        "artemis.schedules.first-retry, 0s, artemis.schedules.first-retry is too short",
        "artemis.schedules.tries, 0, artemis.schedules: tries from 1",
        "artemis.schedules.largest-attachment, -1MB, artemis.schedules: tries from 1",
        "artemis.database.pool-size, 0, artemis.database.pool-size: 2 to 1000",
        "artemis.database.pool-size, 98, the database gives 97",
        "artemis.api.max-body, 3GB, artemis.api.max-body: 1KB to 256MB",
        "artemis.api.max-body, 0B, artemis.api.max-body: 1KB to 256MB",
        "artemis.api.requests-per-second-by-address, 2000000000, at most 1000000",
        "artemis.runs.max-cpu-millicores-per-tenant, -1, artemis.runs: CPU and memory from 0",
        "artemis.runs.max-cpu-millicores-per-tenant, 9, no run is so small",
        "artemis.runs.max-memory-per-tenant, -1GB, artemis.runs: CPU and memory from 0",
        "artemis.runs.memory, -1GB, artemis.runs: CPU and memory from 0",
        "artemis.runs.cpu-millicores, -1, artemis.runs: CPU and memory from 0",
        "artemis.runs.slots, 1000000, artemis.runs.slots: at most 10000",
        "artemis.mail.timeout, 0s, artemis.mail.timeout is too short",
        "artemis.providers.timeout, 0s, artemis.providers: timeout above 0s",
        "artemis.alerts.tries, 0, artemis.alerts: tries from 1",
        "artemis.alerts.timeout, 0s, artemis.alerts: tries from 1",
        "artemis.alerts.longest-retry, 1s, longest-retry from first-retry",
        "artemis.supervisor.longest-wait, 0s, artemis.supervisor.longest-wait is too short"
    })
    void aSettingOutOfItsRangeStopsTheStart(String setting, String value, String said) {
        Outcome outcome = start(Map.of("artemis.home", home.toString(), "server.port", "0", setting, value), "check");

        assertThat(outcome.codes).containsExactly(1);
        assertThat(outcome.out).contains(said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"artemis.providers.check-every", "artemis.runs.keep-output", "artemis.tenants.deletion-grace"})
    void nothingIsALengthWhereItMeansSomething(String setting) {
        Outcome outcome = start(Map.of("artemis.home", home.toString(), "server.port", "0", setting, "0s"), "check");

        assertThat(outcome.out).contains("0 failed");
    }

    @Test
    void moreRunsThanTheMachineHasMemoryForAreWarnedOf() {
        Outcome outcome = start(
                Map.of("artemis.home", home.toString(), "server.port", "0", "artemis.runs.slots", "9000"), "check");

        assertThat(outcome.codes).containsExactly(0);
        assertThat(outcome.out).contains("WARN  resource limits: 9000 runs at once may take 4608000 MiB");
    }

    @Test
    void aDefaultRunThatATeamCouldNeverHoldIsWarnedOf() {
        Outcome outcome = start(
                Map.of(
                        "artemis.home",
                        home.toString(),
                        "server.port",
                        "0",
                        "artemis.runs.max-memory-per-tenant",
                        "256MB"),
                "check");

        assertThat(outcome.codes).containsExactly(0);
        assertThat(outcome.out).contains("WARN  resource limits: a run without limits of its own");
    }

    /** Whoever adds a check adds a fault for it. What needs an engine or a cluster to be wrong has tests of its own with one. */
    @Test
    void everyCheckFindsAFault() {
        Set<String> silent = new TreeSet<>();
        Set<String> loud = new TreeSet<>();
        for (Map<String, Object> settings : FAULTS.entrySet().stream()
                .map(fault -> {
                    Map<String, Object> settings =
                            new java.util.HashMap<>(Map.of("artemis.home", home.toString(), "server.port", "0"));
                    settings.put(fault.getKey(), fault.getValue().getKey());
                    return settings;
                })
                .toList()) {
            for (StartupCheck check : checks(settings)) {
                String name = check.getClass().getSimpleName();
                boolean found = check.findings().stream().anyMatch(each -> each.verdict() == Verdict.FAIL);
                if (found) {
                    silent.remove(name);
                    loud.add(name);
                } else if (!loud.contains(name)) {
                    silent.add(name);
                }
            }
        }

        assertThat(silent).containsExactly("ClusterCheck", "DockerCheck");
    }

    private static List<StartupCheck> checks(Map<String, Object> settings) {
        ConfigurableEnvironment environment = Settings.of(settings);
        return SpringFactoriesLoader.forDefaultResourceLocation()
                .load(
                        StartupCheck.class,
                        SpringFactoriesLoader.ArgumentResolver.of(Environment.class, environment)
                                .and(ConfigurableEnvironment.class, environment));
    }

    @Test
    void tellsAllFaultsTogetherAndNoSecret() {
        Map<String, Object> settings = new java.util.HashMap<>();
        FAULTS.forEach((setting, fault) -> settings.put(setting, fault.getKey()));

        Outcome outcome = start(settings);

        assertThat(outcome.codes).containsExactly(1);
        FAULTS.values().forEach(fault -> assertThat(outcome.err).contains(fault.getValue()));
        assertThat(outcome.err).doesNotContain("Password1", "c2hvcnQgYnV0", "p4ssw0rd-x");
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
        assertThat(report.get("verdict").asString()).isEqualTo("FAIL");
        assertThat(report.get("failed").asInt()).isEqualTo(1);
        assertThat(report.get("failed").asInt()
                        + report.get("warned").asInt()
                        + report.get("passed").asInt())
                .isEqualTo(report.get("findings").size());
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
