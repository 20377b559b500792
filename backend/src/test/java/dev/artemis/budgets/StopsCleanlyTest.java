package dev.artemis.budgets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.db.Database;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server that is told to stop while calls come: whoever was charged is answered, and who was not answered was not charged. */
@Tag("slow")
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class StopsCleanlyTest {

    private static final int CLIENTS = 24;
    private static final int MIDDLE = 300;
    private static final String SMALL_CALL = """
            {"model": "gpt-4o-mini", "tokens_input": 1, "tokens_output": 1, "stage": "development"}""";

    private final TestTeam team;
    private final JsonMapper json;
    private final Database database;
    private final Set<String> answered = ConcurrentHashMap.newKeySet();
    private final CountDownLatch middle = new CountDownLatch(MIDDLE);

    StopsCleanlyTest(MockMvcTester mvc, JsonMapper json, Database database) {
        this.team = TestTeam.fresh(mvc, json);
        this.json = json;
        this.database = database;
    }

    @Test
    void whatIsInTheLedgerWasAnswered() throws Exception {
        // closed in the opposite order: clients end once nobody answers
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
                InstanceToStop instance = InstanceToStop.start(database)) {
            URI calls = URI.create("http://127.0.0.1:" + instance.port() + "/api/v1/calls");
            for (int n = 0; n < CLIENTS; n++) {
                clients.submit(() -> callUntilNobodyAnswers(calls));
            }
            assertThat(middle.await(2, TimeUnit.MINUTES)).isTrue();
            instance.stop();
        }

        assertThat(answered).hasSizeGreaterThanOrEqualTo(MIDDLE);
        assertThat(inTheLedger()).isEqualTo(new TreeSet<>(answered));
    }

    private boolean callUntilNobodyAnswers(URI calls) throws InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest call = HttpRequest.newBuilder(calls)
                    .header("Authorization", "Bearer " + team.key())
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(SMALL_CALL))
                    .build();
            while (true) {
                HttpResponse<String> answer = client.send(call, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() == 201) {
                    answered.add(json.readTree(answer.body()).get("id").asString());
                    middle.countDown();
                }
            }
        } catch (IOException stopped) {
            return true;
        }
    }

    private Set<String> inTheLedger() {
        Set<String> entries = new TreeSet<>();
        String next = "";
        do {
            JsonNode page = team.json(team.get("/calls?limit=1000" + next));
            page.get("items").forEach(entry -> entries.add(entry.get("id").asString()));
            next = page.get("next").isNull()
                    ? ""
                    : "&cursor=" + page.get("next").asString();
        } while (!next.isEmpty());
        return entries;
    }
}
