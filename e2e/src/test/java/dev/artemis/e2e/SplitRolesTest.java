package dev.artemis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

/** Processes on one database, each with one role, two of api and two of worker: together they are the platform, and none does another's work. */
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class SplitRolesTest {

    private static final String MASTER_KEY = "dGVzdC1tYXN0ZXIta2V5LTAxMjM0NTY3ODlhYmNkZWY=";
    private static final String UNTIL_IT_IS_CANCELLED = """
            {"language": "python", "code": "import time; time.sleep(200)", "limits": {"timeout_seconds": 200}}""";

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    private static Path folder;

    private static OwnDatabase database;

    private final Queue<Instance> instances = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void start() {
        database = OwnDatabase.start(folder.resolve("database"));
    }

    @AfterEach
    void stopAll() {
        instances.forEach(Instance::close);
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Test
    void eachDoesItsOwnWorkAloneAndTwoOfARoleShareIt() throws Exception {
        Instance api = started("api", "api"); // it migrates
        List<Instance> more = startedTogether("api", "ui");
        Instance otherApi = more.getFirst();
        Instance ui = more.getLast();
        Teams.Team team = Teams.create(api);
        Api other = team.api().at(otherApi.url());
        String hello = team.api().post("runs", Runs.PRINT_HELLO).expect(202).header("Location");

        // neither the api nor the ui executes anything
        assertThat(status(other, hello + "?wait_seconds=5")).isEqualTo("QUEUED");
        assertThat(database.count("select count(*) from workers")).isZero();
        assertThat(page(api)).isIn(401, 403, 404);
        assertThat(page(ui)).isEqualTo(200);
        assertThat(team.api().at(ui.url()).get("costs").status()).isEqualTo(404);

        Instance worker = startedTogether("worker", "worker").getFirst();
        JsonNode run = Runs.awaitEnd(other, hello);
        assertThat(run.get("status").asString()).isEqualTo("SUCCEEDED");
        assertThat(run.get("stdout").asString()).isEqualTo("hello\n");
        assertThat(team.api().at(worker.url()).get("costs").status()).isEqualTo(404);
        assertThat(team.api().at(worker.url()).post("runs", Runs.PRINT_HELLO).status())
                .isEqualTo(404);
        assertThat(page(worker)).isIn(401, 403, 404);

        // each worker has one slot, and each run is ended by the api that did not take it
        String one = team.api().post("runs", UNTIL_IT_IS_CANCELLED).expect(202).header("Location");
        String two = other.post("runs", UNTIL_IT_IS_CANCELLED).expect(202).header("Location");
        awaitBothWorkersAtWork();
        other.post(one + "/cancellation", "").expect(202);
        team.api().post(two + "/cancellation", "").expect(202);
        assertThat(Runs.awaitEnd(team.api(), one).get("status").asString()).isEqualTo("CANCELLED");
        assertThat(Runs.awaitEnd(other, two).get("status").asString()).isEqualTo("CANCELLED");
    }

    private static void awaitBothWorkersAtWork() {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (database.count("select count(distinct worker_id) from runs where status = 'RUNNING'") < 2) {
            assertThat(System.nanoTime()).as("waited for both workers").isLessThan(until);
            LockSupport.parkNanos(100_000_000);
        }
    }

    private static String status(Api api, String location) {
        return api.get(location).expect(200).json().get("status").asString();
    }

    private static int page(Instance instance) throws IOException, InterruptedException {
        try (HttpClient browser = HttpClient.newHttpClient()) {
            return browser.send(
                            HttpRequest.newBuilder(instance.url().resolve("/sign-in"))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private List<Instance> startedTogether(String... roles) {
        List<CompletableFuture<Instance>> starting = new ArrayList<>();
        try (ExecutorService starters = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String role : roles) {
                String home = role + "-" + starting.size();
                starting.add(CompletableFuture.supplyAsync(() -> started(role, home), starters));
            }
        }
        return starting.stream().map(CompletableFuture::join).toList();
    }

    private Instance started(String role, String home) {
        Instance instance = Instance.start(
                folder.resolve(home),
                Map.of(
                        "ARTEMIS_DATABASE_URL",
                        database.url(),
                        "ARTEMIS_MASTER_KEY",
                        MASTER_KEY,
                        "ARTEMIS_RUN_SLOTS",
                        "1",
                        "ARTEMIS_ROLES",
                        role));
        instances.add(instance);
        return instance;
    }
}
