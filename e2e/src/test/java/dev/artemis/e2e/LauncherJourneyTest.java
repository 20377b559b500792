package dev.artemis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.e2e.Teams.Team;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
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
        String key;
        try (Instance first = Instance.start(home, made)) {
            key = first.output().stream()
                    .flatMap(line -> Arrays.stream(line.split("\\s+")))
                    .filter(word -> word.startsWith("art_"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(String.join("\n", first.output())));
            first.api(key).get("admin/tenants").expect(200);

            first.interrupt();

            assertThat(first.processes()).isEmpty();
        }

        try (Instance second = Instance.start(home, made)) {
            assertThat(second.output()).noneMatch(line -> line.contains(key));
            second.api(key).get("admin/tenants").expect(200);
        }
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
