package dev.artemis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.e2e.Teams.Team;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A cluster with less CPU for runs than its worker has slots. */
@Tag("cluster")
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("cluster")
@EnabledIfEnvironmentVariable(
        named = "KUBECONFIG",
        matches = ".+",
        disabledReason = "no cluster: ./artemis test brings one up where it may")
class FairClusterTest {

    private static final String SLEEP = """
            {"language": "python", "code": "import time; time.sleep(3)", "limits": {"cpu": 0.1, "memory_mb": 64}}""";

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private static Path home;

    @Test
    void aTeamWithManyRunsDoesNotDelayAnothersFirstByMoreThanTheNextEnd() {
        try (Instance instance = Instance.start(
                home,
                Map.of(
                        "ARTEMIS_SANDBOX", "kubernetes",
                        "ARTEMIS_SANDBOX_IMAGE", "localhost/python:test", // the test cluster's own
                        "ARTEMIS_SANDBOX_KUBERNETES_NAMESPACE", "artemis-runs-fair",
                        "ARTEMIS_SANDBOX_KUBERNETES_NAMESPACEPERTENANT", "false",
                        // three runs, three that have just ended, and the two pods that try the network at the start
                        "ARTEMIS_SANDBOX_KUBERNETES_QUOTA_CPU", "800m",
                        "ARTEMIS_RUN_SLOTS", "10",
                        "ARTEMIS_RUNS_CPUMILLICORES", "300",
                        "KUBECONFIG", System.getenv("KUBECONFIG")))) {
            Team busy = Teams.create(instance);
            Team quiet = Teams.create(instance);
            List<String> many = IntStream.range(0, 12)
                    .mapToObj(i -> busy.api().post("runs", SLEEP).expect(202).header("Location"))
                    .toList();
            Runs.awaitEnd(busy.api(), many.getFirst());

            JsonNode first = Runs.await(quiet.api(), SLEEP);

            List<JsonNode> ended =
                    many.stream().map(run -> Runs.awaitEnd(busy.api(), run)).toList();
            assertThat(ended)
                    .allSatisfy(run -> assertThat(run.get("status").asString()).isEqualTo("SUCCEEDED"))
                    .allSatisfy(run -> assertThat(run.get("attempt").asInt())
                            .as("no cluster was asked for more than there is")
                            .isOne());
            assertThat(first.get("status").asString()).isEqualTo("SUCCEEDED");
            OffsetDateTime submitted =
                    OffsetDateTime.parse(first.get("created_at").asString());
            OffsetDateTime taken = taken(quiet.api(), "runs/" + first.get("id").asString());
            // pods that were made at one moment do not start in order: what counts is which run was taken
            assertThat(many.stream()
                            .map(run -> taken(busy.api(), run))
                            .filter(each -> each.isAfter(submitted) && each.isBefore(taken)))
                    .as("of twelve: those of one look at the queue, while the other team's came in")
                    .hasSizeLessThanOrEqualTo(2);
        }
    }

    /** When a worker took it. */
    private static OffsetDateTime taken(Api team, String run) {
        return team.get(run + "/events")
                .expect(200)
                .body()
                .lines()
                .filter(line -> line.startsWith("data: ") && line.contains("\"SUBMITTING\""))
                .map(line -> JSON.readTree(line.substring("data: ".length())))
                .map(event -> OffsetDateTime.parse(event.get("at").asString()))
                .findFirst()
                .orElseThrow();
    }
}
