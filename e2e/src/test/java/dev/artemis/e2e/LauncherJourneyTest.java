package dev.artemis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.e2e.Teams.Team;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator starts, stops, and loses a server. */
class LauncherJourneyTest {

    private static final String CALL = """
            {"model": "gpt-4o", "tokens_input": 5000, "tokens_output": 2000, "stage": "development"}""";

    @TempDir
    private Path home;

    @Test
    void leavesNoProcessWhenAskedToStop() {
        try (Instance instance = Instance.start(home)) {
            assertThat(instance.processes()).hasSizeGreaterThan(1); // the server and its database

            instance.stop();

            assertThat(instance.processes()).isEmpty();
        }
    }

    @Test
    void hasEverythingAgainAfterItWasKilled() {
        try (Instance first = Instance.start(home)) {
            Team team = Teams.create(first);
            team.api().post("calls", CALL).expect(201);

            first.kill();

            try (Instance second = Instance.start(home)) {
                Api api = team.api().at(second.url());
                assertThat(api.get("costs?group_by=stage")
                                .expect(200)
                                .json()
                                .get("total")
                                .asString())
                        .isEqualTo("0.0325");
                api.post("calls", CALL).expect(201);
                assertThat(second.output()).noneMatch(line -> line.contains(Instance.ADMIN_PASSWORD));
            }
        }
    }

    @Test
    void hasEverythingAgainAfterEverythingWasKilled() {
        try (Instance first = Instance.start(home)) {
            Team team = Teams.create(first);
            team.api().post("calls", CALL).expect(201);

            first.killWhatIsLeft();

            try (Instance second = Instance.start(home)) {
                assertThat(team.api()
                                .at(second.url())
                                .get("costs?group_by=stage")
                                .expect(200)
                                .json()
                                .get("total")
                                .asString())
                        .isEqualTo("0.0325");
            }
        }
    }

    @Test
    void showsTheAdminsSecretsAtTheFirstStartOnly() {
        Map<String, String> made = Map.of("ARTEMIS_ADMIN_KEY", "", "ARTEMIS_ADMIN_PASSWORD", "");
        Pattern adminKey = Pattern.compile("admin key\\s+(\\S{32,})");
        Instance first = Instance.start(home, made);
        try (first) {
            first.interrupt();

            assertThat(first.processes()).isEmpty();
        }
        String key = first.output().stream()
                .map(adminKey::matcher)
                .filter(Matcher::find)
                .map(line -> line.group(1))
                .findFirst()
                .orElseThrow(() -> new AssertionError(String.join("\n", first.output())));
        Instance second = Instance.start(home, made);
        try (second) {
            second.api(key).get("admin/tenants").expect(200);
        }
        assertThat(second.output())
                .noneMatch(line -> line.contains(key) || adminKey.matcher(line).find());
    }

    @Test
    void letsTwoRunSideBySide(@TempDir Path otherHome) {
        try (Instance one = Instance.start(home);
                Instance other = Instance.start(otherHome)) {
            Team team = Teams.create(one);

            one.admin().get("admin/tenants/" + team.slug()).expect(200);
            other.admin().get("admin/tenants/" + team.slug()).expect(404);
        }
    }
}
