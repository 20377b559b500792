package dev.artemis.access.web;

import static dev.artemis.access.web.RestClient.body;
import static dev.artemis.access.web.RestClient.code;
import static dev.artemis.access.web.RestClient.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;

@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class IdempotentAdministrationTest {

    private final RestClient admin;

    IdempotentAdministrationTest(MockMvcTester mvc) {
        this.admin = RestClient.admin(mvc);
    }

    @Test
    void aRepeatGetsTheFirstAnswerAndChangesNothing() {
        String team = admin.newTeam();
        RestClient retrying = admin.retrying("p1");

        MvcTestResult first = retrying.post("admin/tenants/" + team + "/projects", project("shop"));
        MvcTestResult repeat = retrying.post("admin/tenants/" + team + "/projects", project("shop"));

        assertThat(first).hasStatus(201).doesNotContainHeader("Idempotency-Replayed");
        assertThat(repeat).hasStatus(201).hasHeader("Idempotency-Replayed", "true");
        assertThat(body(repeat)).isEqualTo(body(first));
        assertThat(repeat.getResponse().getHeader("Location"))
                .isEqualTo(first.getResponse().getHeader("Location"));
    }

    @Test
    void aTeamIsMadeOnceToo() {
        String slug = admin.newTeam() + "-again";
        String team = """
            {"slug": "%s", "name": "Acme", "time_zone": "UTC"}\
            """.formatted(slug);

        JsonNode first = expect(201, admin.retrying(slug).post("admin/tenants", team));
        MvcTestResult repeat = admin.retrying(slug).post("admin/tenants", team);

        assertThat(expect(201, repeat)).isEqualTo(first);
        assertThat(repeat).hasHeader("Idempotency-Replayed", "true");
    }

    @Test
    void theSameKeyWithAnotherBodyIsAConflict() {
        String team = admin.newTeam();
        RestClient retrying = admin.retrying("p1");
        expect(201, retrying.post("admin/tenants/" + team + "/projects", project("shop")));

        assertThat(code(422, retrying.post("admin/tenants/" + team + "/projects", project("other"))))
                .isEqualTo("idempotency-conflict");
    }

    @Test
    void theSameKeyOnAnotherPathIsAnotherRequest() {
        RestClient retrying = admin.retrying("p1");

        expect(201, retrying.post("admin/tenants/" + admin.newTeam() + "/projects", project("shop")));
        expect(201, retrying.post("admin/tenants/" + admin.newTeam() + "/projects", project("shop")));
    }

    @Test
    void aRefusalIsNotKept() {
        String team = admin.newTeam();
        RestClient retrying = admin.retrying("k1");
        String keys = "admin/tenants/" + team + "/projects/later/keys";
        String body = """
            {"name": "ci", "scopes": ["calls:write"]}\
            """;
        assertThat(code(404, retrying.post(keys, body))).isEqualTo("not-found");
        assertThat(code(409, retrying.post("admin/tenants/" + team + "/projects", project("web"))))
                .isEqualTo("slug-taken");

        expect(201, admin.post("admin/tenants/" + team + "/projects", project("later")));

        assertThat(retrying.post(keys, body)).hasStatus(201).doesNotContainHeader("Idempotency-Replayed");
        expect(201, retrying.post("admin/tenants/" + team + "/projects", project("yet-another")));
    }

    @Test
    void aRepeatedKeyCreationOrRotationDoesNotKnowTheSecretAnyMore() {
        String keys = "admin/tenants/" + admin.newTeam() + "/projects/web/keys";
        String body = """
            {"name": "ci", "scopes": ["calls:write", "costs:read"]}\
            """;
        JsonNode made = expect(201, admin.retrying("k1").post(keys, body));
        JsonNode madeAgain = expect(201, admin.retrying("k1").post(keys, body));
        String rotation = keys + "/" + made.get("id").asString() + "/rotation";

        JsonNode rotated = expect(200, admin.retrying("r1").post(rotation, "{\"grace_seconds\": 0}"));
        JsonNode rotatedAgain = expect(200, admin.retrying("r1").post(rotation, "{\"grace_seconds\": 0}"));

        assertThat(madeAgain.get("id")).isEqualTo(made.get("id"));
        assertThat(madeAgain.get("key").isNull()).isTrue();
        assertThat(rotatedAgain.get("key").isNull()).isTrue();
        expect(200, admin.with(rotated.get("key").asString()).get("probe"));
        assertThat(expect(200, admin.get(keys)).get("items").size()).isEqualTo(1);
    }

    @Test
    void ofRepeatsAtTheSameTimeOneWorksAndTheOthersWait() throws Exception {
        String team = admin.newTeam();
        RestClient retrying = admin.retrying("p1");
        int many = 8;
        CyclicBarrier together = new CyclicBarrier(many);
        Callable<MvcTestResult> repeat = () -> {
            together.await();
            return retrying.post("admin/tenants/" + team + "/projects/web/keys", """
                {"name": "ci", "scopes": ["calls:write"]}\
                """);
        };

        try (var threads = Executors.newFixedThreadPool(many)) {
            List<Future<MvcTestResult>> answers = threads.invokeAll(
                    IntStream.range(0, many).mapToObj(i -> repeat).toList());
            long first = 0;
            for (Future<MvcTestResult> answer : answers) {
                JsonNode key = expect(201, answer.get());
                first += key.get("key").isNull() ? 0 : 1;
            }
            assertThat(first).isEqualTo(1);
        }
        assertThat(expect(200, admin.get("admin/tenants/" + team + "/projects/web/keys"))
                        .get("items")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void refusesAKeyThatIsNone() {
        String projects = "admin/tenants/" + admin.newTeam() + "/projects";

        assertThat(code(400, admin.retrying("x".repeat(256)).post(projects, project("a"))))
                .isEqualTo("invalid-request");
        assertThat(code(400, admin.retrying("ümläut").post(projects, project("a"))))
                .isEqualTo("invalid-request");
    }

    private static String project(String slug) {
        return """
            {"slug": "%s", "name": "Shop"}\
            """.formatted(slug);
    }
}
