package dev.artemis.schedules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.artemis.OnDatabase;
import dev.artemis.budgets.MovedClock;
import dev.artemis.budgets.TestTeam;
import dev.artemis.db.Database;
import dev.artemis.exports.Exports;
import dev.artemis.exports.StatementText;
import dev.artemis.mail.ScriptedMailServer;
import dev.artemis.shared.Slug;
import dev.artemis.tenants.Tenants;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Letters go through a real SMTP server in this process, and each goes once. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@Tag("slow")
class SendReportsTest {

    private static final GreenMail server = started();
    private static final Instant OCTOBER = Instant.parse("2027-10-20T12:00:00Z");
    private static final Instant NOVEMBER = Instant.parse("2027-11-01T05:00:00Z");

    private final MockMvcTester mvc;
    private final JsonMapper json;
    private final Database database;
    private final SendReports sendReports;
    private final ReportsSection section;
    private final Exports exports;
    private final Tenants tenants;

    SendReportsTest(
            MockMvcTester mvc,
            JsonMapper json,
            Database database,
            SendReports sendReports,
            ReportsSection section,
            Exports exports,
            Tenants tenants) {
        this.section = section;
        this.exports = exports;
        this.tenants = tenants;
        this.mvc = mvc;
        this.json = json;
        this.database = database;
        this.sendReports = sendReports;
    }

    private static GreenMail started() {
        var server = new GreenMail(new ServerSetup(freePort(), "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        return server;
    }

    /** The same after a stop, and below those that the system gives to connections: one of them could have it meanwhile. */
    private static int freePort() {
        for (int port = 20_000 + (int) (ProcessHandle.current().pid() % 10_000); port < 32_000; port++) {
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // the next
            }
        }
        throw new AssertionError("no port is free");
    }

    @DynamicPropertySource
    static void mailServer(DynamicPropertyRegistry registry) {
        registry.add("artemis.mail.host", () -> "127.0.0.1");
        registry.add("artemis.mail.port", () -> server.getSmtp().getPort());
        registry.add("artemis.mail.encryption", () -> "none");
        registry.add("artemis.mail.from", () -> "artemis@example.org");
        registry.add("artemis.mail.timeout", () -> "3s");
        registry.add("artemis.exports.at-once", () -> "1");
        registry.add("artemis.exports.waiting", () -> "1");
        registry.add("artemis.schedules.first-retry", () -> "1m");
        registry.add("artemis.schedules.public-url", () -> "https://artemis.example.org/");
    }

    @BeforeEach
    void emptyMailbox() throws Exception {
        server.purgeEmailFromAllMailboxes();
    }

    @AfterEach
    void leaveNothingDue() throws SQLException {
        asOwner("delete from artemis.saved_reports");
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @Test
    void aMonthlyStatementIsDeliveredOnceHoweverManyLook() throws Exception {
        TestTeam team = TestTeam.fresh(mvc, json);
        try (MovedClock clock = new MovedClock(database)) {
            clock.standAt(OCTOBER);
            team.post("/calls", """
                    {"model": "gpt-4o", "tokens_input": 5000, "tokens_output": 2000, "stage": "development"}""");
            save(team, "pdf", "monthly", "attachment");
            sendReports.sweep();
            assertThat(server.getReceivedMessages()).isEmpty();

            clock.standAt(NOVEMBER);
            sendReports.sweep();
            assertThat(server.getReceivedMessages())
                    .as("the month may still change")
                    .isEmpty();
            assertThat(states(team)).containsExactly("waiting");
            assertThat(deliveries(team).get(0).get("detail").asString()).isEqualTo("The month is not closed yet");
            assertThat(team.admin().post("/admin/tenants/" + team.slug() + "/statements", "{\"month\": \"2027-10\"}"))
                    .hasStatus(201);
            clock.standAt(NOVEMBER.plus(Duration.ofMinutes(11)));
            List<Future<?>> sweeps = new ArrayList<>();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int n = 0; n < 6; n++) {
                    sweeps.add(threads.submit(sendReports::sweep));
                }
                for (Future<?> sweep : sweeps) {
                    sweep.get();
                }
            }
            sendReports.sweep();

            assertThat(server.getReceivedMessages()).hasSize(1);
            MimeMessage letter = server.getReceivedMessages()[0];
            assertThat(letter.getSubject()).isEqualTo("Month: Team, 2027-10-01 to 2027-10-31");
            String whole = GreenMailUtil.getWholeMessage(letter);
            assertThat(whole)
                    .contains("application/pdf")
                    .contains("JVBERi0")
                    .contains("https://artemis.example.org/teams/" + team.slug());
            assertThat(statement(0).beside("Statement number")).hasValue("1");
            assertThat(statement(0).beside("State")).isEmpty();
            assertThat(states(team)).containsExactly("sent");
        }
    }

    @Test
    void aMonthThatNobodyClosesIsSentAfterTenDaysAsItStandsAndOnceMoreWhenSomebodyDoes() throws Exception {
        TestTeam team = TestTeam.fresh(mvc, json);
        try (MovedClock clock = new MovedClock(database)) {
            clock.standAt(OCTOBER);
            save(team, "pdf", "monthly", "attachment");
            sendReports.sweep();
            clock.standAt(NOVEMBER.plus(Duration.ofDays(9)));
            sendReports.sweep();
            assertThat(server.getReceivedMessages()).isEmpty();

            clock.standAt(NOVEMBER.plus(Duration.ofDays(10)));
            sendReports.sweep();
            sendReports.sweep();

            assertThat(server.getReceivedMessages()).hasSize(1);
            assertThat(statement(0).beside("State")).hasValue("Provisional: the month is not closed");
            assertThat(states(team)).containsExactly("sent");
            assertThat(deliveries(team).get(0).get("detail").asString()).isEqualTo("Sent before the month was closed");

            asOwner("update artemis.report_deliveries set state = 'failed', remaining = array['ada@example.org']"
                    + " where tenant_id = (select tenant_id from artemis.tenants where slug = '" + team.slug() + "')");
            clock.standAt(NOVEMBER.plus(Duration.ofDays(14)));
            assertThat(team.admin().post("/admin/tenants/" + team.slug() + "/statements", "{\"month\": \"2027-10\"}"))
                    .hasStatus(201);
            sendReports.sweep();
            sendReports.sweep();
            sendReports.sweep();

            assertThat(server.getReceivedMessages()).hasSize(2);
            assertThat(statement(1).beside("State")).isEmpty();
            assertThat(statement(1).beside("Statement number")).hasValue("1");
            assertThat(server.getReceivedMessages()[1].getMessageID())
                    .isNotEqualTo(server.getReceivedMessages()[0].getMessageID());
            assertThat(states(team)).containsExactly("sent");
            assertThat(deliveries(team).get(0).get("detail").isNull()).isTrue();
        }
    }

    private StatementText statement(int letter) throws Exception {
        var parts = (MimeMultipart) server.getReceivedMessages()[letter].getContent();
        return StatementText.of(
                parts.getBodyPart(parts.getCount() - 1).getInputStream().readAllBytes());
    }

    /** What the link leads to, and for whom, is followed where there are pages: {@code FinancePagesTest}. */
    @Test
    void aLinkNeedsASignInAndCarriesNoFigures() throws Exception {
        TestTeam team = TestTeam.fresh(mvc, json);
        try (MovedClock clock = new MovedClock(database)) {
            clock.standAt(OCTOBER);
            assertThat(team.post("/calls", """
                    {"model": "gpt-4o", "tokens_input": 5000, "tokens_output": 2000, "stage": "a secret stage"}""")).hasStatus(201);
            save(team, "csv", "daily", "link");
            clock.standAt(OCTOBER.plus(Duration.ofDays(1)));

            sendReports.sweep();

            assertThat(server.getReceivedMessages()).hasSize(1);
            MimeMessage letter = server.getReceivedMessages()[0];
            assertThat(letter.getContentType()).as("nothing is attached").startsWith("text/plain");
            String text = letter.getContent().toString();
            assertThat(text + letter.getSubject())
                    .doesNotContain("0.0325", "0,0325", "5000", "a secret stage", "cost_usd");
            String delivery = deliveries(team).get(0).get("id").asString();
            List<String> links = Pattern.compile("https?://\\S+")
                    .matcher(text)
                    .results()
                    .map(MatchResult::group)
                    .toList();
            assertThat(links)
                    .containsExactly(
                            "https://artemis.example.org/teams/" + team.slug() + "/reports?delivery=" + delivery);
        }
    }

    @Test
    void whatAMailServerDoesNotTakeIsTriedAgainLaterAndThenSentOnce() throws Exception {
        TestTeam team = TestTeam.fresh(mvc, json);
        try (MovedClock clock = new MovedClock(database)) {
            clock.standAt(OCTOBER);
            save(team, "csv", "monthly", "attachment");
            clock.standAt(NOVEMBER);
            server.stop();
            sendReports.sweep();
            assertThat(states(team)).containsExactly("waiting");
            sendReports.sweep();
            server.start();
            sendReports.sweep();
            assertThat(server.getReceivedMessages()).as("its pause is not over").isEmpty();

            clock.standAt(NOVEMBER.plus(Duration.ofMinutes(2)));
            sendReports.sweep();
            sendReports.sweep();

            assertThat(server.getReceivedMessages()).hasSize(1);
            assertThat(states(team)).containsExactly("sent");
        }
    }

    @Test
    void whatWasBeingSentWhenAProcessDiedIsUncertainAndWaitsForAPerson() throws Exception {
        TestTeam team = TestTeam.fresh(mvc, json);
        try (MovedClock clock = new MovedClock(database)) {
            clock.standAt(OCTOBER);
            save(team, "csv", "monthly", "attachment");
            clock.standAt(NOVEMBER);
            server.stop();
            sendReports.sweep();
            server.start();
            asOwner("update artemis.report_deliveries set state = 'sending' where tenant_id ="
                    + " (select tenant_id from artemis.tenants where slug = '" + team.slug() + "')");

            clock.standAt(NOVEMBER.plus(Duration.ofHours(1)));
            sendReports.sweep();
            sendReports.sweep();

            assertThat(server.getReceivedMessages()).isEmpty();
            assertThat(states(team)).containsExactly("uncertain");
            String delivery = deliveries(team).get(0).get("id").asString();
            String again = path(team) + "/deliveries/" + delivery + "/repetition";
            assertThat(team.admin().post(again, "")).hasStatus(202);
            assertThat(team.admin().post(again, "")).hasStatus(409);
            sendReports.sweep();
            sendReports.sweep();
            assertThat(server.getReceivedMessages()).hasSize(1);
        }
    }

    @Test
    void whatAMailServerDidNotAnswerToIsNotSentAgainByItself() throws Exception {
        TestTeam team = TestTeam.fresh(mvc, json);
        int port = server.getSmtp().getPort();
        server.stop();
        try (MovedClock clock = new MovedClock(database);
                var silent = new ScriptedMailServer(port)) {
            silent.to(ScriptedMailServer.END, ScriptedMailServer.SILENCE);
            clock.standAt(OCTOBER);
            save(team, "csv", "monthly", "attachment");
            clock.standAt(NOVEMBER);
            sendReports.sweep();
            assertThat(states(team)).containsExactly("uncertain");

            clock.standAt(NOVEMBER.plus(Duration.ofHours(2)));
            sendReports.sweep();

            assertThat(silent.letters()).hasSize(1);
            assertThat(states(team)).containsExactly("uncertain");
            assertThat(section.concerns()).anyMatch(concern -> concern.contains("may have arrived"));
            String number = "Message-ID: <" + deliveries(team).get(0).get("id").asString() + "@example.org>";
            assertThat(silent.letters().getFirst()).contains(number);
        } finally {
            server.start();
        }
    }

    @Test
    void whoIsRefusedIsNamedAndStopsNobodyElse() throws Exception {
        TestTeam team = TestTeam.fresh(mvc, json);
        int port = server.getSmtp().getPort();
        server.stop();
        try (MovedClock clock = new MovedClock(database);
                var choosy = new ScriptedMailServer(port)) {
            choosy.to("RCPT TO:<bob", "550 unknown").to("RCPT TO:<carl", "451 later");
            clock.standAt(OCTOBER);
            assertThat(team.admin().post(path(team), """
                    {"name": "Month", "rhythm": "monthly",
                     "recipients": ["ada@example.org", "ada@EXAMPLE.org", "bob@example.org", "carl@example.org"]}""")).hasStatus(201);
            clock.standAt(NOVEMBER);
            sendReports.sweep();
            assertThat(choosy.letters()).hasSize(1);
            assertThat(states(team)).containsExactly("waiting");

            choosy.usual();
            choosy.to("RCPT TO:<bob", "550 unknown");
            clock.standAt(NOVEMBER.plus(Duration.ofHours(1)));
            sendReports.sweep();

            assertThat(choosy.letters()).hasSize(2);
            assertThat(choosy.said())
                    .filteredOn(line -> line.startsWith("RCPT TO:<ada"))
                    .hasSize(1);
            JsonNode delivery = deliveries(team).get(0);
            assertThat(delivery.get("state").asString()).isEqualTo("failed");
            assertThat(delivery.get("detail").asString())
                    .contains("bob@example.org")
                    .contains("550");
            assertThat(delivery.get("remaining").toString()).isEqualTo("[\"bob@example.org\"]");
            assertThat(section.concerns()).anyMatch(concern -> concern.contains("given up"));

            choosy.usual();
            assertThat(team.admin()
                            .post(
                                    path(team) + "/deliveries/"
                                            + delivery.get("id").asString() + "/repetition",
                                    ""))
                    .hasStatus(202);
            sendReports.sweep();
            assertThat(choosy.letters()).hasSize(3);
            assertThat(choosy.said())
                    .filteredOn(line -> line.startsWith("RCPT TO:<carl"))
                    .hasSize(2);
            assertThat(states(team)).containsExactly("sent");
        } finally {
            server.start();
        }
    }

    /** One export runs at once here, and one may wait. */
    @Test
    void whileALetterIsMadeNoMailServerIsSpokenToAndWhoeverTookOverSendsIt() throws Exception {
        TestTeam team = TestTeam.fresh(mvc, json);
        try (MovedClock clock = new MovedClock(database);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            clock.standAt(OCTOBER);
            save(team, "csv", "monthly", "attachment");
            clock.standAt(NOVEMBER);
            Future<?> sweep;
            try (var running = HeldExports.of(1, exports, tenants.named(new Slug(team.slug())))) {
                sweep = threads.submit(sendReports::sweep);
                await().untilAsserted(() -> assertThat(deliveries(team))
                        .hasSize(1)
                        .allSatisfy(delivery -> {
                            assertThat(delivery.get("state").asString()).isEqualTo("waiting");
                            assertThat(delivery.get("detail").asString()).isEqualTo("It is being made");
                        }));
                sendReports.sweep();
                assertThat(deliveries(team).get(0).get("attempts").asInt())
                        .as("nobody else makes it")
                        .isEqualTo(1);
                asOwner("update artemis.report_deliveries set claim = claim + 1 where tenant_id ="
                        + " (select tenant_id from artemis.tenants where slug = '" + team.slug() + "')");
            }
            sweep.get();
            assertThat(server.getReceivedMessages()).as("it is in other hands").isEmpty();

            clock.standAt(NOVEMBER.plus(Duration.ofMinutes(16)));
            sendReports.sweep();

            assertThat(server.getReceivedMessages()).hasSize(1);
            assertThat(states(team)).containsExactly("sent");
        }
    }

    @Test
    void whereTooManyExportsWaitNoTryIsUsedUp() throws Exception {
        TestTeam team = TestTeam.fresh(mvc, json);
        try (MovedClock clock = new MovedClock(database)) {
            clock.standAt(OCTOBER);
            save(team, "csv", "monthly", "attachment");
            clock.standAt(NOVEMBER);
            try (var held = HeldExports.of(2, exports, tenants.named(new Slug(team.slug())))) {
                sendReports.sweep();
            }
            assertThat(deliveries(team).get(0).get("detail").asString()).isEqualTo("Too many exports wait already");
            assertThat(deliveries(team).get(0).get("attempts").asInt()).isZero();

            clock.standAt(NOVEMBER.plus(Duration.ofMinutes(2)));
            sendReports.sweep();

            assertThat(states(team)).containsExactly("sent");
        }
    }

    @Test
    void aReportThatALaterRuleRefusesStopsNoOther() throws Exception {
        TestTeam refused = TestTeam.fresh(mvc, json);
        TestTeam team = TestTeam.fresh(mvc, json);
        try (MovedClock clock = new MovedClock(database)) {
            clock.standAt(OCTOBER);
            save(refused, "csv", "monthly", "attachment");
            save(refused, "pdf", "monthly", "attachment");
            save(team, "csv", "monthly", "attachment");
            String reports =
                    " where tenant_id = (select tenant_id from artemis.tenants where slug = '" + refused.slug() + "')";
            asOwner("update artemis.saved_reports set next_due_at = next_due_at - interval '1 hour'" + reports);
            asOwner("update artemis.saved_reports set rhythm = 'weekly'" + reports + " and format = 'pdf'");
            assertThat(team.json(team.admin().get(path(refused))).get("items"))
                    .as("it can be seen")
                    .hasSize(2);
            asOwner("update artemis.saved_reports set format = 'papyrus'" + reports + " and format = 'csv'");
            clock.standAt(NOVEMBER);

            sendReports.sweep();

            assertThat(states(team)).containsExactly("sent");
        }
    }

    @Test
    void noDayIsLostOrSentTooEarlyWhenATeamMoves() throws Exception {
        TestTeam team = TestTeam.fresh(mvc, json, "America/Los_Angeles");
        try (MovedClock clock = new MovedClock(database)) {
            clock.standAt(OCTOBER);
            save(team, "csv", "daily", "link");
            clock.standAt(Instant.parse("2027-10-20T13:00:00Z"));
            sendReports.sweep();
            move(team, "Pacific/Kiritimati");
            for (String at : List.of("2027-10-21T13:00:00Z", "2027-10-21T16:00:00Z")) {
                clock.standAt(Instant.parse(at));
                sendReports.sweep();
            }
            assertThat(days(team)).containsExactly("2027-10-21", "2027-10-20", "2027-10-19");

            move(team, "America/Los_Angeles");
            clock.standAt(Instant.parse("2027-10-22T16:00:00Z"));
            sendReports.sweep();
            assertThat(days(team)).as("the 22nd is not over there").hasSize(3);
            clock.standAt(Instant.parse("2027-10-23T13:00:00Z"));
            sendReports.sweep();

            assertThat(days(team)).containsExactly("2027-10-22", "2027-10-21", "2027-10-20", "2027-10-19");
        }
    }

    private void move(TestTeam team, String zone) throws SQLException {
        asOwner("update artemis.tenants set time_zone = '" + zone + "' where slug = '" + team.slug() + "'");
    }

    private List<String> days(TestTeam team) {
        List<String> days = new ArrayList<>();
        deliveries(team).forEach(delivery -> days.add(delivery.get("from").asString()));
        return days;
    }

    @Test
    void aSavedReportIsGroupedByWhatIsAskedFor() throws Exception {
        TestTeam team = TestTeam.fresh(mvc, json);
        try (MovedClock clock = new MovedClock(database)) {
            clock.standAt(OCTOBER);
            for (String stage : List.of("review", "development", "review")) {
                team.post("/calls", """
                        {"model": "gpt-4o", "tokens_input": 5000, "tokens_output": 2000, "stage": "%s"}""".formatted(stage));
            }
            assertThat(team.admin().post(path(team), """
                    {"name": "Stages", "format": "csv", "group_by": ["stage", "month"], "rhythm": "monthly",
                     "delivery": "attachment", "recipients": ["ada@example.org"]}"""))
                    .hasStatus(201)
                    .bodyJson()
                    .isLenientlyEqualTo("{\"group_by\": [\"stage\", \"month\"]}");
            clock.standAt(NOVEMBER);

            sendReports.sweep();

            var parts = (MimeMultipart) server.getReceivedMessages()[0].getContent();
            String file = new String(
                    parts.getBodyPart(parts.getCount() - 1).getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(file.lines())
                    .containsExactly(
                            "stage,tenant,month,calls,tokens_input,tokens_cache_read,tokens_cache_write,tokens_output,"
                                    + "runs,cpu_seconds,gib_seconds,cost_usd",
                            "development," + team.slug() + ",2027-10,1,5000,0,0,2000,0,0,0,0.0325",
                            "review," + team.slug() + ",2027-10,2,10000,0,0,4000,0,0,0,0.065");
        }
    }

    @Test
    void whatCannotBeSavedIsRefused() {
        TestTeam team = TestTeam.fresh(mvc, json);

        for (String body : List.of(
                "{\"name\": \"\"}",
                "{\"name\": \"x\", \"rhythm\": \"monthly\"}",
                "{\"name\": \"x\", \"rhythm\": \"monthly\", \"recipients\": [\"not an address\"]}",
                "{\"name\": \"x\", \"rhythm\": \"daily\", \"format\": \"pdf\", \"recipients\": [\"a@b.c\"]}",
                "{\"name\": \"x\", \"format\": \"docx\"}",
                "{\"name\": \"x\", \"group_by\": [\"colour\"]}",
                "{\"name\": \"x\", \"group_by\": [\"tenant\"]}",
                "{\"name\": \"x\", \"format\": \"focus\", \"group_by\": [\"stage\"]}",
                "{\"name\": \"x\\r\\nBcc: eve@example.org\"}")) {
            assertThat(team.admin().post(path(team), body)).as(body).hasStatus(422);
        }
        assertThat(team.admin().post(path(team), "{\"name\": \"x\", \"rhythm\": \"hourly\"}"))
                .hasStatus4xxClientError();
        assertThat(team.admin().post(path(team), "{\"name\": \"x\", \"project\": \"nowhere\"}"))
                .hasStatus(404);
        assertThat(team.admin().post(path(team), "{\"name\": \"x\"}")).hasStatus(201);
    }

    private void save(TestTeam team, String format, String rhythm, String delivery) {
        assertThat(team.admin().post(path(team), """
                {"name": "Month", "format": "%s", "rhythm": "%s", "delivery": "%s",
                 "recipients": ["ada@example.org"]}""".formatted(format, rhythm, delivery)))
                .hasStatus(201);
    }

    private static String path(TestTeam team) {
        return "/admin/tenants/" + team.slug() + "/saved-reports";
    }

    private JsonNode deliveries(TestTeam team) {
        String id = team.json(team.admin().get(path(team)))
                .get("items")
                .get(0)
                .get("id")
                .asString();
        return team.json(team.admin().get(path(team) + "/" + id + "/deliveries"))
                .get("items");
    }

    private List<String> states(TestTeam team) {
        List<String> states = new ArrayList<>();
        deliveries(team).forEach(delivery -> states.add(delivery.get("state").asString()));
        return states;
    }

    private void asOwner(String sql) throws SQLException {
        try (var owner = DriverManager.getConnection(
                        database.owner().url(),
                        database.owner().username(),
                        database.owner().password());
                var statement = owner.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
