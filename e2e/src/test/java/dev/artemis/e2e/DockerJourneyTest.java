package dev.artemis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.e2e.Teams.Team;
import dev.artemis.sandbox.docker.TestEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

/** The same server and the same code, run as containers of a Docker engine; a run goes on while its server is killed. */
@Tag("docker")
@Execution(ExecutionMode.CONCURRENT)
class DockerJourneyTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path home;

    @Test
    void runsInContainersAndGoesOnAfterTheServerIsKilled() throws Exception {
        try (TestEngine engine = TestEngine.start()) {
            Map<String, String> settings = Map.of(
                    "ARTEMIS_SANDBOX",
                    "docker",
                    "ARTEMIS_SANDBOX_IMAGE",
                    TestEngine.IMAGE,
                    "ARTEMIS_SANDBOX_DOCKER_SOCKET",
                    engine.socket().toString());
            Api api;
            String location;
            try (Instance first = Instance.start(home, settings)) {
                Team team = Teams.create(first);
                api = team.api();
                JsonNode hello = Runs.await(team.api(), Runs.PRINT_HELLO);
                assertThat(hello.get("status").asString()).isEqualTo("SUCCEEDED");
                assertThat(hello.get("stdout").asString()).isEqualTo("hello\n");
                assertThat(hello.get("backend").asString()).isEqualTo("docker");
                JsonNode large = Runs.await(team.api(), """
                        {"language": "python", "code": "held = b'x' * (1024 * 1024 * 1024)", "limits": {"memory_mb": 128}}""");
                assertThat(large.get("kill_reason").asString()).isEqualTo("OUT_OF_MEMORY");
                location = team.api().post("runs", """
                                {"language": "python", "code": "import time\\nprint('before')\\ntime.sleep(15)\\nprint('after')"}""").expect(202).header("Location");
                awaitOutput(team.api(), location);
                first.kill();
            }
            try (Instance second = Instance.start(home, settings)) {
                JsonNode run = Runs.awaitEnd(api.at(second.url()), location);
                assertThat(run.get("status").asString()).isEqualTo("SUCCEEDED");
                assertThat(run.get("stdout").asString()).isEqualTo("before\nafter\n");
                assertThat(run.get("attempt").asInt()).isEqualTo(1);
                awaitNothingLeft(engine);
            }
        }
    }

    private static void awaitOutput(Api api, String location) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!api.get(location).expect(200).json().get("stdout").asString().equals("before\n")) {
            assertThat(System.nanoTime()).isLessThan(until);
        }
    }

    private static void awaitNothingLeft(TestEngine engine) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!engine.leftovers().isEmpty()) {
            assertThat(System.nanoTime()).as(engine.leftovers().toString()).isLessThan(until);
        }
    }
}
