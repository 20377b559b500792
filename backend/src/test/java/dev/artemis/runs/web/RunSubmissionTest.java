package dev.artemis.runs.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import dev.artemis.OnDatabase;
import dev.artemis.budgets.Budgets;
import dev.artemis.budgets.Level;
import dev.artemis.budgets.Limits;
import dev.artemis.projects.Project;
import dev.artemis.projects.ProjectChange;
import dev.artemis.projects.Projects;
import dev.artemis.runs.RunsFixture;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Usd;
import dev.artemis.tenants.Tenants;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is refused is named, and leaves nothing behind. */
@OnDatabase
@TestPropertySource(properties = "artemis.runs.max-queued-per-tenant=5")
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class RunSubmissionTest {

    private final MockMvc mvc;
    private final Budgets budgets;
    private final RunsFixture fixture;
    private final Caller.ForProject developer;
    private final String project;
    private final JsonMapper json = JsonMapper.builder().build();

    RunSubmissionTest(MockMvc mvc, Budgets budgets, Tenants tenants, Projects projects) {
        this.mvc = mvc;
        this.budgets = budgets;
        this.fixture = new RunsFixture(tenants, projects);
        this.developer = fixture.aDeveloper();
        this.project = tenants.find(developer.tenant()).orElseThrow().slug() + "/code";
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            limits.cpu             | {"limits": {"cpu": 0}}
            limits.cpu             | {"limits": {"cpu": -1}}
            limits.cpu             | {"limits": {"cpu": 17}}
            limits.cpu             | {"limits": {"cpu": 0.0004}}
            limits.cpu             | {"limits": {"cpu": 1.0004}}
            limits.cpu_seconds     | {"limits": {"cpu_seconds": 0.0104}}
            limits.timeout_seconds | {"limits": {"timeout_seconds": 1.00000000001}}
            limits.memory_mb       | {"limits": {"memory_mb": 0}}
            limits.memory_mb       | {"limits": {"memory_mb": -1}}
            limits.memory_mb       | {"limits": {"memory_mb": 8193}}
            limits.cpu_seconds     | {"limits": {"cpu_seconds": 0}}
            limits.cpu_seconds     | {"limits": {"cpu_seconds": -1}}
            limits.cpu_seconds     | {"limits": {"cpu_seconds": 3601}}
            limits.timeout_seconds | {"limits": {"timeout_seconds": 0}}
            limits.timeout_seconds | {"limits": {"timeout_seconds": -1}}
            limits.timeout_seconds | {"limits": {"timeout_seconds": 7201}}
            limits.file_size_mb    | {"limits": {"file_size_mb": 0}}
            limits.file_size_mb    | {"limits": {"file_size_mb": -1}}
            limits.file_size_mb    | {"limits": {"file_size_mb": 1025}}
            limits.disk_mb         | {"limits": {"disk_mb": 0}}
            limits.disk_mb         | {"limits": {"disk_mb": -1}}
            limits.disk_mb         | {"limits": {"disk_mb": 4097}}
            limits.processes       | {"limits": {"processes": 0}}
            limits.processes       | {"limits": {"processes": -1}}
            limits.processes       | {"limits": {"processes": 1025}}
            limits.open_files      | {"limits": {"open_files": 0}}
            limits.open_files      | {"limits": {"open_files": -1}}
            limits.open_files      | {"limits": {"open_files": 4097}}
            limits.output_bytes    | {"limits": {"output_bytes": 0}}
            limits.output_bytes    | {"limits": {"output_bytes": -1}}
            limits.output_bytes    | {"limits": {"output_bytes": 16777217}}
            limits.open_files      | {"limits": {"open_files": 15}}
            limits.memory_mb       | {"limits": {"memory_mb": 9223372036854775807}}
            language               | {"language": "cobol"}
            language               | {"language": null}
            code                   | {"code": null}
            code                   | {"code": "print(1)\\u0000"}
            files[0].path          | {"files": [{"path": "../up", "content_base64": ""}]}
            files[0].path          | {"files": [{"path": "/etc/passwd", "content_base64": ""}]}
            files[0].path          | {"files": [{"path": "a\\u0000b", "content_base64": ""}]}
            files[0].content_base64| {"files": [{"path": "a", "content_base64": "?"}]}
            files[0].path          | {"files": [{"path": "a/../../b", "content_base64": ""}]}
            files[0].path          | {"files": [{"path": "", "content_base64": ""}]}
            files[0].path          | {"files": [{"path": ".tmp", "content_base64": ""}]}
            files[0].path          | {"files": [{"path": ".tmp/a", "content_base64": ""}]}
            files[0]               | {"files": [{"path": "a"}]}
            files                  | {"files": [{"path": "a", "content_base64": ""}, {"path": "a", "content_base64": ""}]}
            files                  | {"files": [{"path": "main.py", "content_base64": ""}]}
            env                    | {"env": {"A B": "c"}}
            env                    | {"env": {"A=B": "c"}}
            env                    | {"env": {"1A": "c"}}
            env                    | {"env": {"": "c"}}
            env                    | {"env": {"A\\u0000": "c"}}
            env                    | {"env": {"A": "c\\u0000d"}}
            env                    | {"env": {"ARTEMIS_A": "c"}}
            files[0].path          | {"files": [{"path": "a//b", "content_base64": ""}]}
            files[0].path          | {"files": [{"path": "a/", "content_base64": ""}]}
            files[0].path          | {"files": [{"path": "./a", "content_base64": ""}]}
            files[0].path          | {"files": [{"path": "a\\nb", "content_base64": ""}]}
            files[1].path          | {"files": [{"path": "a", "content_base64": ""}, {"path": "..", "content_base64": ""}]}
            files                  | {"files": [{"path": "a", "content_base64": ""}, {"path": "a/b", "content_base64": ""}]}
            priority               | {"priority": 11}
            scan                   | {"scan": false}
            stage                  | {"stage": ""}
            """)
    void whatIsNotAllowedIsNamedAndNothingIsQueued(String field, String change) throws Exception {
        MockHttpServletResponse answer = submit(with(change));

        assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(422);
        assertThat(tree(answer)
                        .get("errors")
                        .valueStream()
                        .map(error -> error.get("field").asString()))
                .contains(field);
        assertNothingIsQueued();
    }

    @Test
    void textThatIsNoUnicodeAndNumbersBeyondAllMeasureAreRefused() throws Exception {
        assertThat(submit("{\"language\": \"shell\", \"code\": \"echo \\ud800\"}")
                        .getStatus())
                .isEqualTo(422);
        assertThat(submit("""
                                {"language": "shell", "code": "true", "limits": {"cpu_seconds": 1e999999}}""").getStatus()).isBetween(400, 422);
        assertThat(submit("""
                                {"language": "shell", "code": "true", "limits": {"cpu_seconds": 1e-999999}}""").getStatus()).isBetween(400, 422);
        assertNothingIsQueued();
    }

    /** Whatever severities block: what cannot be parsed was not looked at. */
    @Test
    void codeThatIsNotItsLanguageIsBlockedAndSaysWhyAndWhere() throws Exception {
        for (List<String> block : List.of(List.of("high"), List.<String>of())) {
            fixture.change(
                    developer,
                    new ProjectChange(null, null, new Project.ScanPolicy(block, List.of()), null, null, null));

            JsonNode run = tree(call(get("/api/v1/runs/" + id(submit("""
                    {"language": "python", "code": "x = 1\\ndef f(:"}""")))));

            assertThat(run.get("status").asString()).isEqualTo("BLOCKED");
            assertThat(run.get("started_at").isNull()).isTrue();
            assertThat(run.get("findings")).hasSize(1);
            JsonNode finding = run.get("findings").get(0);
            assertThat(finding.get("rule").asString()).isEqualTo("code-unparsable");
            assertThat(finding.get("severity").asString()).isEqualTo("high");
            assertThat(finding.get("line").asInt()).isEqualTo(2);
            assertThat(finding.get("message").asString()).isEqualTo("Is not Python: a bracket is not closed.");
        }
    }

    @Test
    void everyFaultIsToldAtOnce() throws Exception {
        JsonNode problem =
                tree(submit("{\"language\": \"cobol\", \"code\": \"x\", \"limits\": {\"cpu\": 0, \"processes\": 0}}"));

        assertThat(problem.get("errors")
                        .valueStream()
                        .map(error -> error.get("field").asString()))
                .containsExactlyInAnyOrder("language", "limits.cpu", "limits.processes");
    }

    @Test
    void unknownFieldsAndWrongTypesAreNotWellFormed() throws Exception {
        for (String change : List.of(
                "{\"colour\": \"red\"}",
                "{\"limits\": {\"colour\": 1}}",
                "{\"code\": 7}",
                "{\"limits\": {\"memory_mb\": \"much\"}}",
                "{\"limits\": {\"processes\": 1.5}}",
                "{\"limits\": 5}",
                "{\"stdin\": 7}",
                "{\"env\": {\"A\": 1}}",
                "{\"env\": []}",
                "{\"scan\": \"no\"}",
                "{\"files\": [{\"path\": \"a\", \"content_base64\": \"\", \"mode\": 7}]}",
                "{\"files\": \"none\"}",
                "{\"priority\": \"high\"}")) {
            MockHttpServletResponse answer = submit(with(change));
            assertThat(answer.getStatus()).as(change).isEqualTo(400);
            assertThat(tree(answer).get("code").asString()).isEqualTo("invalid-request");
        }
        assertNothingIsQueued();
    }

    @Test
    void tooMuchCodeOrTooManyFilesAreRefused() throws Exception {
        MockHttpServletResponse code =
                submit(json.writeValueAsString(Map.of("language", "shell", "code", "#".repeat(1024 * 1024 + 1))));
        List<Map<String, String>> files = IntStream.range(0, 257)
                .mapToObj(i -> Map.of("path", "f" + i, "content_base64", ""))
                .toList();
        MockHttpServletResponse many =
                submit(json.writeValueAsString(Map.of("language", "shell", "code", "true", "files", files)));

        String large = Base64.getEncoder().encodeToString(new byte[3 << 20]);
        MockHttpServletResponse heavy = submit(json.writeValueAsString(Map.of(
                "language",
                "shell",
                "code",
                "true",
                "files",
                List.of(
                        Map.of("path", "a", "content_base64", large),
                        Map.of("path", "b", "content_base64", large),
                        Map.of("path", "c", "content_base64", large)))));

        assertThat(List.of(code.getStatus(), many.getStatus(), heavy.getStatus()))
                .containsOnly(422);
        assertThat(tree(heavy).get("errors").get(0).get("field").asString()).isEqualTo("files");
        assertThat(tree(code).get("errors").get(0).get("field").asString()).isEqualTo("code");
        assertThat(tree(many).get("errors").get(0).get("field").asString()).isEqualTo("files");
        assertNothingIsQueued();
    }

    @ParameterizedTest
    @CsvSource({
        "2097152, 1, 4, files",
        "2097152, 4, 1, files",
        "1048576, 1, 4, files",
        "1044480, 1, 4, ''",
        "2097152, 4, 2, ''",
    })
    void filesThatTheRunsOwnLimitsLeaveNoRoomForAreRefused(int bytes, int disk, int fileSize, String field)
            throws Exception {
        String content = Base64.getEncoder().encodeToString(new byte[bytes]);

        MockHttpServletResponse answer = submit(with("""
                {"limits": {"disk_mb": %d, "file_size_mb": %d}, "files": [{"path": "a", "content_base64": "%s"}]}""".formatted(disk, fileSize, content)));

        assertThat(answer.getStatus()).isEqualTo(field.isEmpty() ? 202 : 422);
        if (!field.isEmpty()) {
            assertThat(tree(answer).get("errors").get(0).get("field").asString())
                    .isEqualTo(field);
            assertNothingIsQueued();
        }
    }

    @Test
    void thePartOfAnInputThatIsTooLargeIsNamed() throws Exception {
        MockHttpServletResponse stdin = submit(
                json.writeValueAsString(Map.of("language", "shell", "code", "cat", "stdin", "a".repeat(9 << 20))));

        assertThat(stdin.getStatus()).isEqualTo(422);
        assertThat(tree(stdin).get("errors").get(0).get("field").asString()).isEqualTo("stdin");
        assertNothingIsQueued();
    }

    @Test
    void whatIsTooLongTooDeepOrTooManyIsNamedAndTheMostThereMayBeIsNot() throws Exception {
        String name = "n".repeat(255);
        String path = String.join("/", name, name, name, name);
        String deep = "d/".repeat(15);
        for (String tooLong : List.of(path + "/a", "n" + name, "d/" + deep + "a")) {
            assertRefused(withFile(tooLong), "files[0].path");
        }
        for (String tooMuch : List.of(
                withEnv(129, "A", "v"),
                withEnv(1, "A".repeat(128), "v"),
                withEnv(1, "A", "v".repeat(32 * 1024 + 1)),
                withEnv(1, "A", "\u20ac".repeat(32 * 1024 / 3 + 1)))) {
            assertRefused(tooMuch, "env");
        }
        assertNothingIsQueued();

        for (String most : List.of(
                withFile(path),
                withFile(deep + "a"),
                withEnv(128, "A", "v"),
                withEnv(1, "A".repeat(127), "v".repeat(32 * 1024)),
                "{\"limits\": {\"cpu\": 0.125, \"cpu_seconds\": 0.0150}}")) {
            MockHttpServletResponse answer = submit(with(most));

            assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(202);
        }
    }

    private void assertRefused(String change, String field) throws Exception {
        MockHttpServletResponse answer = submit(with(change));

        assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(422);
        assertThat(tree(answer).get("errors").get(0).get("field").asString()).isEqualTo(field);
    }

    private String withFile(String path) {
        return json.writeValueAsString(Map.of("files", List.of(Map.of("path", path, "content_base64", ""))));
    }

    /** Names begin with those letters, behind which stands a number. */
    private String withEnv(int count, String name, String value) {
        return json.writeValueAsString(Map.of(
                "env", IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> name + i, i -> value))));
    }

    @Test
    void aLimitThatIsFinerThanItIsMeasuredSaysItsStep() throws Exception {
        MockHttpServletResponse answer = submit(with("{\"limits\": {\"cpu\": 1.0004}}"));

        assertThat(tree(answer).get("errors").get(0).get("message").asString()).isEqualTo("at most 3 decimals");
    }

    @Test
    void theProjectsMaximaHold() throws Exception {
        fixture.change(
                developer, new ProjectChange(null, null, null, null, Map.of("memory_mb", new BigDecimal(256)), null));

        assertThat(submit(with("{\"limits\": {\"memory_mb\": 257}}")).getStatus())
                .isEqualTo(422);
        assertThat(submit(with("{\"limits\": {\"memory_mb\": 256}}")).getStatus())
                .isEqualTo(202);
        assertThat(submit(with("{}")).getStatus())
                .as("a default above the maximum is cut to it")
                .isEqualTo(202);
    }

    @Test
    void aRunWhoseMostDoesNotFitABudgetIsRefusedWithTheLimit() throws Exception {
        budgets.setLimits(
                developer.tenant(),
                new Level.OfProject(developer.project()),
                new Limits(Usd.of("0.003"), null, List.of()));

        MockHttpServletResponse answer = submit(with("{}"));

        assertThat(answer.getStatus()).isEqualTo(402);
        JsonNode problem = tree(answer);
        assertThat(problem.get("code").asString()).isEqualTo("budget-exceeded");
        assertThat(problem.get("scope").asString()).isEqualTo("project");
        assertThat(problem.get("period").asString()).isEqualTo("daily");
        assertThat(problem.get("limit").asString()).isEqualTo("0.003");
        assertThat(problem.get("requested").asString())
                .as("300 CPU-seconds and 300 GiB-seconds")
                .isEqualTo("0.00405");
        assertNothingIsQueued();
        assertThat(submit(with("{\"limits\": {\"cpu_seconds\": 10, \"timeout_seconds\": 10}}"))
                        .getStatus())
                .isEqualTo(202);
    }

    @Test
    void aFullQueueSaysWhenToComeBack() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(submit(with("{}")).getStatus()).isEqualTo(202);
        }

        MockHttpServletResponse answer = submit(with("{}"));

        assertThat(answer.getStatus()).isEqualTo(429);
        assertThat(answer.getHeader("Retry-After")).isEqualTo("10");
        assertThat(tree(answer).get("code").asString()).isEqualTo("queue-full");
    }

    @Test
    void manyAtOnceDoNotOverfillAQueue() throws Exception {
        List<Callable<Integer>> submissions =
                Collections.nCopies(40, () -> submit(with("{}")).getStatus());

        List<Integer> answers = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(16)) {
            for (Future<Integer> answer : threads.invokeAll(submissions)) {
                answers.add(answer.get());
            }
        }

        assertThat(answers.stream().filter(answer -> answer == 202)).hasSize(5);
        assertThat(answers.stream().filter(answer -> answer == 429)).hasSize(35);
    }

    @Test
    void listsNewestFirstPageByPageAndByFilter() throws Exception {
        String first = id(submit(with("{\"stage\": \"review\"}")));
        String second = id(submit(with("{\"stage\": \"testing\", \"card_id\": \"A-1\"}")));
        String third = id(submit(with("{\"stage\": \"testing\"}")));

        JsonNode page = tree(call(get("/api/v1/runs").param("limit", "2")));
        JsonNode rest = tree(call(get("/api/v1/runs")
                .param("limit", "2")
                .param("cursor", page.get("next").asString())));

        assertThat(ids(page)).containsExactly(third, second);
        assertThat(ids(rest)).containsExactly(first);
        assertThat(rest.get("next").isNull()).isTrue();
        assertThat(ids(tree(call(get("/api/v1/runs").param("stage", "testing")))))
                .containsExactly(third, second);
        assertThat(ids(tree(call(get("/api/v1/runs").param("card_id", "A-1"))))).containsExactly(second);
        assertThat(ids(tree(call(get("/api/v1/runs").param("status", "SUCCEEDED", "FAILED")))))
                .isEmpty();
        assertThat(ids(tree(call(get("/api/v1/runs").param("status", "QUEUED")))))
                .hasSize(3);
        assertThat(call(get("/api/v1/runs").param("status", "ASLEEP")).getStatus())
                .isEqualTo(422);
    }

    /** No worker is alive here. */
    @Test
    void aQueuedRunSaysWhatItWaitsFor() throws Exception {
        JsonNode run = tree(call(get("/api/v1/runs/" + id(submit(with("{}"))))));

        assertThat(run.get("status").asString()).isEqualTo("QUEUED");
        assertThat(run.get("waiting_for").asString()).isEqualTo("SANDBOX");
    }

    @Test
    void aRunOfAnotherTeamDoesNotExist() throws Exception {
        String mine = id(submit(with("{}")));
        Caller.ForProject other = fixture.aDeveloper();
        assertThat(other.tenant()).isNotEqualTo(developer.tenant());

        for (String path : List.of(mine, UUID.randomUUID().toString(), "no-id")) {
            MockHttpServletResponse answer = mvc.perform(get("/api/v1/runs/" + path)
                            .header("Authorization", "Bearer " + OnDatabase.ADMIN_KEY)
                            .header("Artemis-Project", slugOf(other)))
                    .andReturn()
                    .getResponse();
            assertThat(answer.getStatus()).isEqualTo(404);
        }
    }

    private String slugOf(Caller.ForProject caller) {
        return fixture.slugOf(caller) + "/code";
    }

    private void assertNothingIsQueued() throws Exception {
        assertThat(tree(call(get("/api/v1/runs"))).get("items")).isEmpty();
    }

    /** A harmless request, changed. */
    private String with(String change) {
        var body = json.createObjectNode().put("language", "python").put("code", "print('hello')");
        json.readTree(change).properties().forEach(entry -> body.set(entry.getKey(), entry.getValue()));
        return body.toString();
    }

    private MockHttpServletResponse submit(String body) throws Exception {
        return call(post("/api/v1/runs").contentType(MediaType.APPLICATION_JSON).content(body));
    }

    private String id(MockHttpServletResponse answer) throws Exception {
        return tree(answer).get("id").asString();
    }

    private static List<String> ids(JsonNode page) {
        return page.get("items")
                .valueStream()
                .map(item -> item.get("id").asString())
                .toList();
    }

    private JsonNode tree(MockHttpServletResponse answer) throws Exception {
        return json.readTree(answer.getContentAsString());
    }

    private MockHttpServletResponse call(MockHttpServletRequestBuilder request) throws Exception {
        return mvc.perform(request.header("Authorization", "Bearer " + OnDatabase.ADMIN_KEY)
                        .header("Artemis-Project", project))
                .andReturn()
                .getResponse();
    }
}
