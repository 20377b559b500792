package dev.artemis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

/** Three processes on one database, each with one role: together they are the platform, and none does another's work. */
@Execution(ExecutionMode.CONCURRENT)
class SplitRolesTest {

    private static final String MASTER_KEY = "dGVzdC1tYXN0ZXIta2V5LTAxMjM0NTY3ODlhYmNkZWY=";

    @TempDir
    private static Path folder;

    private static OwnDatabase database;

    @BeforeAll
    static void start() {
        database = OwnDatabase.start(folder.resolve("database"));
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Test
    void eachDoesItsOwnWorkAlone() throws Exception {
        try (Instance api = started("api");
                Instance ui = started("ui")) {
            Teams.Team team = Teams.create(api);
            String location =
                    team.api().post("runs", Runs.PRINT_HELLO).expect(202).header("Location");

            // neither the api nor the ui executes anything
            assertThat(status(team, location + "?wait_seconds=5")).isEqualTo("QUEUED");
            assertThat(database.count("select count(*) from workers")).isZero();
            assertThat(page(api)).isIn(401, 403, 404);
            assertThat(page(ui)).isEqualTo(200);
            assertThat(team.api().at(ui.url()).get("costs").status()).isEqualTo(404);

            try (Instance worker = started("worker")) {
                JsonNode run = Runs.awaitEnd(team.api(), location);
                assertThat(run.get("status").asString()).isEqualTo("SUCCEEDED");
                assertThat(run.get("stdout").asString()).isEqualTo("hello\n");
                assertThat(team.api().at(worker.url()).get("costs").status()).isEqualTo(404);
                assertThat(team.api()
                                .at(worker.url())
                                .post("runs", Runs.PRINT_HELLO)
                                .status())
                        .isEqualTo(404);
                assertThat(page(worker)).isIn(401, 403, 404);
            }
        }
    }

    private static String status(Teams.Team team, String location) {
        return team.api().get(location).expect(200).json().get("status").asString();
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

    private static Instance started(String role) {
        return Instance.start(
                folder.resolve(role),
                Map.of(
                        "ARTEMIS_DATABASE_URL",
                        database.url(),
                        "ARTEMIS_MASTER_KEY",
                        MASTER_KEY,
                        "ARTEMIS_ROLES",
                        role));
    }
}
