package dev.artemis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.e2e.Teams.Team;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

/** The same server and the same code, run as Jobs of a Kubernetes cluster. */
@Tag("cluster")
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("cluster")
@EnabledIfEnvironmentVariable(
        named = "KUBECONFIG",
        matches = ".+",
        disabledReason = "no cluster: ./artemis test brings one up where it may")
class ClusterJourneyTest {

    @TempDir
    private static Path home;

    private static Instance instance;
    private static Team team;

    @BeforeAll
    static void startServer() {
        instance = Instance.start(
                home,
                Map.of(
                        "ARTEMIS_SANDBOX", "kubernetes",
                        "ARTEMIS_SANDBOX_IMAGE", "localhost/python:test", // the test cluster's own
                        "ARTEMIS_SANDBOX_KUBERNETES_NAMESPACE", "artemis-runs-e2e",
                        "KUBECONFIG", System.getenv("KUBECONFIG")));
        team = Teams.create(instance);
    }

    @AfterAll
    static void stopServer() {
        instance.close();
    }

    @Test
    void runsPythonAsAJob() {
        JsonNode run = Runs.await(team.api(), Runs.PRINT_HELLO);

        assertThat(run.get("status").asString()).isEqualTo("SUCCEEDED");
        assertThat(run.get("stdout").asString()).isEqualTo("hello\n");
        assertThat(run.get("exit_code").asInt()).isZero();
        assertThat(run.get("backend").asString()).isEqualTo("kubernetes");
    }

    @Test
    void killsAProgramThatTakesTooMuchMemory() {
        JsonNode run = Runs.await(team.api(), """
                {"language": "python", "code": "held = b'x' * (1024 * 1024 * 1024)", "limits": {"memory_mb": 128}}""");

        assertThat(run.get("status").asString()).isEqualTo("KILLED");
        assertThat(run.get("killed").asBoolean()).isTrue();
        assertThat(run.get("kill_reason").asString()).isEqualTo("OUT_OF_MEMORY");
    }
}
