package dev.artemis.exports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.budgets.TestTeam;
import dev.artemis.reports.Span;
import dev.artemis.shared.Slug;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whoever waits for an export is told how many come first, and how many rows are written. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class ExportsThatWaitTest {

    private static final String CALL = """
            {"model": "gpt-4o", "tokens_input": 5000, "tokens_output": 2000, "stage": "development"}""";

    private final MockMvcTester mvc;
    private final JsonMapper json;
    private final Exports exports;
    private final ExportRegister register;
    private final Tenants tenants;

    ExportsThatWaitTest(MockMvcTester mvc, JsonMapper json, Exports exports, ExportRegister register, Tenants tenants) {
        this.mvc = mvc;
        this.json = json;
        this.exports = exports;
        this.register = register;
        this.tenants = tenants;
    }

    @Test
    void aProgramSeesItsPlaceInTheQueueAndThenTheRows() throws Exception {
        TestTeam team = TestTeam.fresh(mvc, json);
        team.post("/calls", CALL);
        team.post("/calls", CALL.replace("development", "review"));
        Tenant tenant = tenants.named(new Slug(team.slug()));
        var owner = new ExportOwner.Team(tenant.id());
        var first = new ExportProgress();
        var second = new ExportProgress();
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        var headers = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> running = threads.submit(() -> exports.write(export(tenant), first, owner, holding(begun, end)));
            begun.await();
            Future<?> waiting = threads.submit(() -> exports.write(export(tenant), second, owner, told(headers)));
            headers.await();
            register.tellAll();

            assertThat(standing(team, first)).contains("\"state\":\"running\"", "\"before\":0", "\"rows\":2");
            assertThat(standing(team, second)).contains("\"state\":\"waiting\"", "\"before\":1", "\"rows\":0");
            JsonNode all = team.json(team.admin().get(path(team)));
            assertThat(all.get("items")).hasSize(2);

            end.countDown();
            running.get();
            waiting.get();
        }
        assertThat(standing(team, first)).contains("\"state\":\"done\"");
        assertThat(standing(team, second)).contains("\"state\":\"done\"", "\"rows\":2");
    }

    @Test
    void oneThatBreaksOffIsSaidToHaveFailed() {
        TestTeam team = TestTeam.fresh(mvc, json);
        team.post("/calls", CALL);
        Tenant tenant = tenants.named(new Slug(team.slug()));
        var broken = new ExportProgress();
        OutputStream gone = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("the client has gone");
            }
        };

        try {
            exports.write(export(tenant), broken, new ExportOwner.Team(tenant.id()), gone);
        } catch (RuntimeException expected) {
            assertThat(expected).hasMessageContaining("the client has gone");
        }

        assertThat(standing(team, broken)).contains("\"state\":\"failed\"");
    }

    private String standing(TestTeam team, ExportProgress progress) {
        return TestTeam.body(team.admin().get(path(team) + "/" + progress.id()));
    }

    private static String path(TestTeam team) {
        return "/admin/tenants/" + team.slug() + "/reports/exports";
    }

    private static Export export(Tenant tenant) {
        LocalDate today = LocalDate.now(tenant.timeZone());
        return new Export(
                ExportFormat.CSV,
                List.of(new ReportPart(tenant, null, new Span.Days(today.minusDays(1), today.plusDays(1)))));
    }

    /** Says when its first byte came, and keeps its writer until it may go on. */
    private static OutputStream holding(CountDownLatch begun, CountDownLatch end) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                begun.countDown();
                try {
                    end.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        };
    }

    /** Says when what was written so far, an answer's headers, is sent. */
    private static OutputStream told(CountDownLatch headers) {
        return new ByteArrayOutputStream() {
            @Override
            public void flush() {
                headers.countDown();
            }
        };
    }
}
