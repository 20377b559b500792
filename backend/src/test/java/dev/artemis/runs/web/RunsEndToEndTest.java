package dev.artemis.runs.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import dev.artemis.OnDatabase;
import dev.artemis.projects.ProjectChange;
import dev.artemis.projects.Projects;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Scope;
import dev.artemis.shared.Slug;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs through the REST API into the real local sandbox and back. */
@OnDatabase
@TestPropertySource(properties = {"artemis.roles=api,worker", "artemis.runs.slots=4", "artemis.instance=end-to-end"})
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class RunsEndToEndTest {

    private static final AtomicInteger count = new AtomicInteger();

    private final MockMvc mvc;
    private final Projects projects;
    private final RunOutputController controller;
    private final JsonMapper json = JsonMapper.builder().build();
    private final Tenant team;
    private final String project;

    RunsEndToEndTest(MockMvc mvc, Tenants tenants, Projects projects, RunOutputController controller) {
        this.mvc = mvc;
        this.projects = projects;
        this.controller = controller;
        this.team = tenants.create(new Slug("runs-e2e-" + count.incrementAndGet()), "Runs", ZoneId.of("Europe/Berlin"));
        projects.create(team.id(), new Slug("code"), "Code");
        this.project = team.slug() + "/code";
    }

    @Test
    void helloSucceedsAndCostsWhatItUsed() throws Exception {
        JsonNode run =
                ended(submitted("{\"language\": \"python\", \"code\": \"print('hello')\", \"stage\": \"testing\"}"));

        assertThat(run.get("status").asString()).isEqualTo("SUCCEEDED");
        assertThat(run.get("success").asBoolean()).isTrue();
        assertThat(run.get("stdout").asString()).isEqualTo("hello\n");
        assertThat(run.get("stderr").asString()).isEmpty();
        assertThat(run.get("truncated")).isEqualTo(json.readTree("{\"stdout\": false, \"stderr\": false}"));
        assertThat(run.get("exit_code").asInt()).isZero();
        assertThat(run.get("signal").isNull()).isTrue();
        assertThat(run.get("killed").asBoolean()).isFalse();
        assertThat(run.get("kill_reason").isNull()).isTrue();
        assertThat(run.get("backend").asString()).isEqualTo("local");
        assertThat(run.get("attempt").asInt()).isEqualTo(1);
        assertThat(run.get("findings")).isEmpty();
        assertThat(run.get("execution_time").decimalValue()).isPositive();
        assertThat(run.get("cpu_time").decimalValue()).isPositive();
        assertThat(run.get("max_memory_bytes").asLong()).isPositive();
        assertThat(run.get("max_disk_bytes").isNumber()).isTrue();
        assertThat(run.get("max_inodes").isNumber()).isTrue();
        assertThat(run.get("inodes_allowed").asLong())
                .isEqualTo(run.get("limits").get("disk_mb").asLong() * 256);
        assertThat(run.get("max_file_bytes").asLong()).isEqualTo("print('hello')".length());
        assertThat(run.get("findings_left_out").asInt()).isZero();
        assertThat(run.has("max_processes")).isTrue();
        assertThat(run.get("memory_kills").isNull() || run.get("memory_kills").asLong() == 0)
                .isTrue();
        assertThat(new BigDecimal(run.get("cost").asString())).isPositive();
        assertThat(run.get("started_at").asString())
                .isLessThanOrEqualTo(run.get("finished_at").asString());
    }

    @Test
    void aFileThatMeetsItsLimitStandsBesideIt() throws Exception {
        JsonNode large = ended(submitted("{\"language\": \"shell\", \"code\": \"head -c 700000 /dev/zero > large\"}"));
        JsonNode killed = ended(submitted("{\"language\": \"shell\", \"code\": \"head -c 2000000 /dev/zero > large\","
                + " \"limits\": {\"file_size_mb\": 1}}"));

        assertThat(large.get("status").asString()).isEqualTo("SUCCEEDED");
        assertThat(large.get("max_file_bytes").asLong()).isEqualTo(700_000);
        assertThat(killed.get("kill_reason").asString()).isEqualTo("FILE_SIZE");
        assertThat(killed.get("max_file_bytes").asLong()).isEqualTo(1 << 20);
        assertThat(killed.get("limits").get("file_size_mb").asLong()).isEqualTo(1);
    }

    @Test
    void filesAndFoldersStandBesideHowManyThereMayBe() throws Exception {
        JsonNode few = ended(submitted("{\"language\": \"shell\", \"code\": \"touch a b c; sleep 1; rm a b c\"}"));
        JsonNode killed = ended(submitted(
                "{\"language\": \"shell\", \"code\": \"mkdir a; cd a; for ((i = 0; i < 1200; i++)); do : > $i; done;"
                        + " sleep 9\", \"limits\": {\"disk_mb\": 1, \"file_size_mb\": 1}}"));

        assertThat(few.get("max_inodes").asLong()).isEqualTo(3);
        assertThat(killed.get("kill_reason").asString()).isEqualTo("DISK_LIMIT");
        assertThat(killed.get("inodes_allowed").asLong()).isEqualTo(1_024);
        assertThat(killed.get("max_inodes").asLong()).isGreaterThan(1_024);
    }

    @Test
    void aBlockedRunSaysHowManyFindingsAreLeftOut() throws Exception {
        JsonNode run = submitted("{\"language\": \"python\", \"code\": \"" + "eval(1)\\n".repeat(1_234) + "\"}");

        assertThat(run.get("status").asString()).isEqualTo("BLOCKED");
        assertThat(run.get("findings")).hasSize(1_000);
        assertThat(run.get("findings_left_out").asInt()).isEqualTo(234);
    }

    @Test
    void anExitCodeOfItsOwnIsFailed() throws Exception {
        JsonNode run = ended(submitted("{\"language\": \"python\", \"code\": \"import sys; sys.exit(3)\"}"));

        assertThat(run.get("status").asString()).isEqualTo("FAILED");
        assertThat(run.get("exit_code").asInt()).isEqualTo(3);
        assertThat(run.get("killed").asBoolean()).isFalse();
    }

    @Test
    void aTimeOutIsKilledForThatReason() throws Exception {
        JsonNode run = ended(submitted("""
                {"language": "shell", "code": "echo before; sleep 30", "limits": {"timeout_seconds": 3}}"""));

        assertThat(run.get("status").asString()).isEqualTo("KILLED");
        assertThat(run.get("kill_reason").asString()).isEqualTo("WALL_TIMEOUT");
        assertThat(run.get("killed").asBoolean()).isTrue();
        assertThat(run.get("exit_code").isNull()).isTrue();
        assertThat(run.get("stdout").asString()).isEqualTo("before\n");
        assertThat(run.get("execution_time").decimalValue())
                .as("what was used beside what was allowed")
                .isGreaterThanOrEqualTo(run.get("limits").get("timeout_seconds").decimalValue());
        assertThat(run.get("limits").toString())
                .isEqualTo("{\"cpu\":1,\"memory_mb\":512,\"cpu_seconds\":300,\"timeout_seconds\":3,\"file_size_mb\":64,"
                        + "\"disk_mb\":256,\"processes\":64,\"open_files\":256,\"output_bytes\":1048576}");
    }

    @Test
    void codeThatTheScannerRefusesNeverStartsAndIsCounted() throws Exception {
        JsonNode run = submitted("{\"language\": \"python\", \"code\": \"eval(input())\"}");

        assertThat(run.get("status").asString()).isEqualTo("BLOCKED");
        assertThat(run.get("findings")).isNotEmpty();
        assertThat(run.get("findings").get(0).get("line").asInt()).isEqualTo(1);
        assertThat(run.get("cost").asString()).isEqualTo("0");
        assertThat(run.get("started_at").isNull()).isTrue();
    }

    @Test
    void whereTheOwnerAllowsItCodeRunsUnscanned() throws Exception {
        projects.change(
                team.id(),
                projects.named(team.id(), new Slug("code")).id(),
                new ProjectChange(null, true, null, null, null, null));

        JsonNode scanned = submitted("{\"language\": \"python\", \"code\": \"print(eval('6 * 7'))\"}");
        JsonNode run =
                ended(submitted("{\"language\": \"python\", \"code\": \"print(eval('6 * 7'))\", \"scan\": false}"));

        assertThat(scanned.get("status").asString()).isEqualTo("BLOCKED");
        assertThat(run.get("status").asString()).isEqualTo("SUCCEEDED");
        assertThat(run.get("stdout").asString()).isEqualTo("42\n");
        assertThat(run.get("findings")).isEmpty();
    }

    /** The middle of three: now and then a busy machine keeps us waiting. */
    @Test
    void aRunningProgramIsCancelledWithinTwoSeconds() throws Exception {
        List<Duration> took = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            JsonNode run = submitted("{\"language\": \"shell\", \"code\": \"echo up; sleep 60\"}");
            awaitStatus(run, "RUNNING");

            long asked = System.nanoTime();
            MockHttpServletResponse answer = call(post("/api/v1/runs/" + id(run) + "/cancellation"));
            JsonNode ended = ended(run);

            took.add(Duration.ofNanos(System.nanoTime() - asked));
            assertThat(answer.getStatus()).isEqualTo(202);
            assertThat(ended.get("status").asString()).isEqualTo("CANCELLED");
            assertThat(ended.get("killed").asBoolean()).isTrue();
            assertThat(ended.get("kill_reason").asString()).isEqualTo("CANCELLED");
        }
        assertThat(took.stream().sorted().toList().get(1)).as("of %s", took).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void whatWaitsIsCancelledAtOnceAndIsFree() throws Exception {
        projects.change(
                team.id(),
                projects.named(team.id(), new Slug("code")).id(),
                new ProjectChange(null, null, null, null, null, new ProjectChange.RunsAtOnce(0)));
        JsonNode run = submitted("{\"language\": \"shell\", \"code\": \"echo never\"}");

        JsonNode cancelled = tree(call(post("/api/v1/runs/" + id(run) + "/cancellation")));

        assertThat(cancelled.get("status").asString()).isEqualTo("CANCELLED");
        assertThat(cancelled.get("killed").asBoolean()).isFalse();
        assertThat(cancelled.get("cost").asString()).isEqualTo("0");
    }

    @Test
    void filesStdinAndEnvironmentReachTheProgramAndBytesComeBackUnchanged() throws Exception {
        JsonNode run = ended(submitted("""
                {"language": "python", "stdin": "two\\n", "env": {"THREE": "three"},
                 "files": [{"path": "data/one.txt", "content_base64": "b25l"}],
                 "code": "import os, sys\\nprint(open('data/one.txt').read(), input(), os.environ['THREE'])\\nsys.stdout.buffer.write(b'\\\\x00\\\\xff<b>')"}"""));

        assertThat(run.get("stdout").asString()).isEqualTo("one two three\n\0\ufffd<b>");
        MockHttpServletResponse raw = call(get("/api/v1/runs/" + id(run) + "/output/stdout"));
        assertThat(raw.getContentAsByteArray())
                .isEqualTo("one two three\n\0\u00ff<b>".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(raw.getContentType()).isEqualTo("application/octet-stream");
        assertThat(raw.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    /** What a program printed is never shown as a page, whichever stream it printed it to. */
    @Test
    void bothStreamsAreDownloadsThatNothingIsMadeOf() throws Exception {
        JsonNode run = ended(submitted("""
                {"language": "shell", "code": "echo '<script>out</script>'; echo '<script>err</script>' >&2"}"""));

        for (String stream : List.of("stdout", "stderr")) {
            MockHttpServletResponse raw = call(get("/api/v1/runs/" + id(run) + "/output/" + stream));

            assertThat(raw.getContentAsString()).isEqualTo("<script>" + stream.substring(3) + "</script>\n");
            assertThat(raw.getContentType()).isEqualTo("application/octet-stream");
            assertThat(raw.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(raw.getHeader("Content-Disposition"))
                    .isEqualTo("attachment; filename=\"" + id(run) + "." + stream + "\"");
            assertThat(raw.getHeaders("Content-Security-Policy"))
                    .containsExactly("sandbox; default-src 'none'; frame-ancestors 'none'");
        }
    }

    @Test
    void outputAboveTheCapIsCutAndSaysSo() throws Exception {
        JsonNode run = ended(submitted("""
                {"language": "python", "code": "print('a' * 5000 + 'z' * 5000, end='')", "limits": {"output_bytes": 1000}}"""));

        assertThat(run.get("status").asString()).isEqualTo("SUCCEEDED");
        assertThat(run.get("stdout").asString()).isEqualTo("a".repeat(500) + "z".repeat(500));
        assertThat(run.get("truncated").get("stdout").asBoolean()).isTrue();
        assertThat(run.get("total_bytes").get("stdout").asLong()).isEqualTo(10_000);
        assertThat(run.get("dropped_bytes").get("stdout").asLong()).isEqualTo(9_000);
        assertThat(run.get("dropped_bytes").get("stderr").asLong()).isZero();
    }

    @Test
    void eventsTellStatusOutputAndEndAndResume() throws Exception {
        JsonNode run = submitted("{\"language\": \"shell\", \"code\": \"echo out; echo err >&2\"}");

        String events = call(get("/api/v1/runs/" + id(run) + "/events")).getContentAsString();

        assertThat(events)
                .contains("event: status\ndata: {\"status\":\"QUEUED\"")
                .contains("event: stdout\ndata: {\"attempt\":1,\"offset\":0,\"bytes\":4,\"text\":\"out\\n\"}")
                .contains("event: stderr\ndata: {\"attempt\":1,\"offset\":0,\"bytes\":4,\"text\":\"err\\n\"}")
                .contains("\"status\":\"SUCCEEDED\"");
        assertThat(events.substring(events.lastIndexOf("event: "))).startsWith("event: end\n");
        String rest = call(get("/api/v1/runs/" + id(run) + "/events").header("Last-Event-ID", "2"))
                .getContentAsString();
        assertThat(rest).doesNotContain("id: 1\n", "id: 2\n").contains("id: 3\n", "event: end");
    }

    @Test
    void eventsComeWhileTheRunGoesOnAndResumeInItsMidst() throws Exception {
        JsonNode run = submitted("""
                {"language": "shell", "code": "for n in $(seq 100 139); do echo $n; sleep 0.1; done"}""");
        var seen = new StringBuilder();
        long last = 0;

        try (var first = new LiveEvents(controller, caller(), id(run), null)) {
            while (seen.isEmpty()) {
                LiveEvents.Event event = first.next();
                assertThat(event.name()).isNotEqualTo("end");
                assertThat(event.number()).isGreaterThan(last);
                last = event.number();
                seen.append(printed(event));
            }
            assertThat(tree(call(get("/api/v1/runs/" + id(run)))).get("status").asString())
                    .isEqualTo("RUNNING");
        }
        assertThat(seen.toString()).startsWith("100\n").doesNotContain("139");

        List<String> names = new ArrayList<>();
        try (var second = new LiveEvents(controller, caller(), id(run), Long.toString(last))) {
            while (!names.contains("end")) {
                LiveEvents.Event event = second.next();
                names.add(event.name());
                if (!event.name().equals("end")) {
                    assertThat(event.number()).isGreaterThan(last);
                    last = event.number();
                }
                seen.append(printed(event));
            }
        }
        assertThat(seen.toString())
                .isEqualTo(IntStream.range(100, 140).mapToObj(n -> n + "\n").collect(Collectors.joining()));
        assertThat(names.stream().filter("stdout"::equals).count())
                .as("%s", names)
                .isGreaterThan(1);
    }

    @Test
    void eventsEndWithTheKeyThatTheyWereAskedForWith() throws Exception {
        JsonNode run = submitted("""
                {"language": "shell", "code": "echo first; sleep 60; echo late", "limits": {"timeout_seconds": 90}}""");
        var good = new AtomicBoolean(true);

        try (var events = new LiveEvents(controller, caller(), good::get, id(run), null)) {
            while (!events.next().name().equals("stdout")) {}
            good.set(false);

            assertThatThrownBy(events::next).isInstanceOf(IOException.class).hasMessage("the stream ended");
        }
        assertThat(tree(call(get("/api/v1/runs/" + id(run)))).get("status").asString())
                .isEqualTo("RUNNING");
        call(post("/api/v1/runs/" + id(run) + "/cancellation"));
    }

    private String printed(LiveEvents.Event event) {
        return event.name().equals("stdout")
                ? json.readTree(event.data()).get("text").asString()
                : "";
    }

    private Caller.ForProject caller() {
        return new Caller.ForProject(
                team.id(),
                projects.named(team.id(), new Slug("code")).id(),
                null,
                null,
                EnumSet.allOf(Scope.class),
                "developer@example.org");
    }

    /** Most of them: one may meet a moment in which the machine does something else. Who only looks each second starts half so late. */
    @Test
    void anIdleWorkerStartsARunAtOnce() throws Exception {
        List<Duration> waited = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            JsonNode run = ended(submitted("{\"language\": \"shell\", \"code\": \"true\"}"));
            waited.add(Duration.between(
                    java.time.Instant.parse(run.get("created_at").asString()),
                    java.time.Instant.parse(run.get("started_at").asString())));
        }

        assertThat(waited.stream().sorted().toList().get(3)).as("%s", waited).isLessThan(Duration.ofMillis(500));
    }

    @Test
    void theSameIdempotencyKeyQueuesOnce() throws Exception {
        String body = "{\"language\": \"shell\", \"code\": \"echo once\"}";
        MockHttpServletResponse first = call(post("/api/v1/runs")
                .header("Idempotency-Key", "once")
                .contentType(MediaType.APPLICATION_JSON)
                .content(body));
        MockHttpServletResponse second = call(post("/api/v1/runs")
                .header("Idempotency-Key", "once")
                .contentType(MediaType.APPLICATION_JSON)
                .content(body));

        assertThat(first.getStatus()).isEqualTo(202);
        assertThat(second.getStatus()).isEqualTo(202);
        assertThat(second.getHeader("Idempotency-Replayed")).isEqualTo("true");
        assertThat(second.getHeader("Location")).isEqualTo(first.getHeader("Location"));
        assertThat(tree(call(get("/api/v1/runs"))).get("items")).hasSize(1);
    }

    private JsonNode submitted(String body) throws Exception {
        MockHttpServletResponse answer = call(
                post("/api/v1/runs").contentType(MediaType.APPLICATION_JSON).content(body));
        assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(202);
        JsonNode run = tree(answer);
        assertThat(answer.getHeader("Location")).endsWith("/runs/" + id(run));
        return run;
    }

    private JsonNode ended(JsonNode run) throws Exception {
        JsonNode now;
        int waits = 0;
        do {
            now = tree(call(get("/api/v1/runs/" + id(run)).param("wait_seconds", "20")));
        } while (now.get("finished_at").isNull() && ++waits < 4);
        return now;
    }

    private void awaitStatus(JsonNode run, String status) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        String now;
        do {
            now = tree(call(get("/api/v1/runs/" + id(run)))).get("status").asString();
            Thread.onSpinWait();
        } while (!now.equals(status) && System.nanoTime() < deadline);
        assertThat(now).isEqualTo(status);
    }

    private static String id(JsonNode run) {
        return run.get("id").asString();
    }

    private JsonNode tree(MockHttpServletResponse answer) throws Exception {
        return json.readTree(answer.getContentAsString(StandardCharsets.UTF_8));
    }

    private MockHttpServletResponse call(MockHttpServletRequestBuilder request) throws Exception {
        return mvc.perform(request.header("Authorization", "Bearer " + OnDatabase.ADMIN_KEY)
                        .header("Artemis-Project", project))
                .andReturn()
                .getResponse();
    }
}
