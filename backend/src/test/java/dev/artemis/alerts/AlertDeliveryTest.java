package dev.artemis.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import dev.artemis.OnDatabase;
import dev.artemis.budgets.MovedClock;
import dev.artemis.budgets.TestTeam;
import dev.artemis.db.Database;
import dev.artemis.mail.Mail;
import dev.artemis.mail.Readers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Alerts reach a real SMTP server and a real HTTP server in this process; the money clock is moved past each pause. */
@OnDatabase
@TestPropertySource(
        properties = {
            "artemis.alerts.private-targets=true",
            "artemis.alerts.tries=4",
            "artemis.alerts.timeout=8s",
            "artemis.mail.encryption=none",
            "artemis.mail.host=127.0.0.1"
        })
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class AlertDeliveryTest {

    private static final String BIG_CALL = """
            {"model": "gpt-4o", "tokens_input": 5000, "tokens_output": 2000, "stage": "development"}""";

    private static final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    private final MockMvcTester mvc;
    private final JsonMapper json;
    private final Supplier<DeliverAlerts> worker;
    private final Supplier<DeliverAlerts> patient;
    private final Database database;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final LinkedBlockingQueue<String> arrivals = new LinkedBlockingQueue<>();
    private final AtomicInteger answer = new AtomicInteger(204);
    private final HttpServer server;
    private final TestTeam team;

    private record Received(String id, String timestamp, String signature, String body) {}

    AlertDeliveryTest(
            MockMvcTester mvc,
            JsonMapper json,
            Outbox outbox,
            SendWebhook webhook,
            Mail sender,
            Readers readers,
            AlertSettings settings,
            Database database)
            throws IOException {
        this.mvc = mvc;
        this.json = json;
        // the worker's, run by hand
        this.worker = () -> new DeliverAlerts(outbox, webhook, sender, readers, settings);
        this.patient = () -> new DeliverAlerts(
                outbox,
                new SendWebhook(
                        new AlertSettings(
                                settings.firstRetry(),
                                settings.longestRetry(),
                                settings.tries(),
                                Duration.ofMinutes(5),
                                settings.privateTargets()),
                        json,
                        Clock.systemUTC()),
                sender,
                readers,
                settings);
        this.database = database;
        this.team = TestTeam.fresh(mvc, json);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @AfterAll
    static void stopMail() {
        mail.stop();
    }

    @DynamicPropertySource
    static void mailPort(DynamicPropertyRegistry registry) {
        mail.start();
        registry.add("artemis.mail.port", () -> mail.getSmtp().getPort());
    }

    @BeforeEach
    void startReceiver() {
        server.createContext("/", exchange -> {
            var headers = exchange.getRequestHeaders();
            received.add(new Received(
                    headers.getFirst("webhook-id"),
                    headers.getFirst("webhook-timestamp"),
                    headers.getFirst("webhook-signature"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            arrivals.add(headers.getFirst("webhook-id"));
            exchange.sendResponseHeaders(answer.get(), -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stopReceiver() {
        server.stop(0);
    }

    @Test
    void anAlertReachesTheWebhookSignedAndTheMailboxOnce() throws Exception {
        String secret = addWebhook();
        String address = "ada-" + team.slug() + "@example.org";
        add("email", address);

        spendPastTheThreshold();
        deliver();
        deliver();

        assertThat(received).hasSize(1);
        Received hook = received.getFirst();
        JsonNode body = json.readTree(hook.body());
        assertThat(body.get("type").asString()).isEqualTo("budget.threshold_reached");
        assertThat(body.get("id").asString()).isEqualTo(hook.id());
        assertThat(body.get("tenant").asString()).isEqualTo(team.slug());
        assertThat(body.get("scope").asString()).isEqualTo("tenant");
        assertThat(body.get("threshold").decimalValue()).isEqualByComparingTo("80");
        assertThat(body.get("used").asString()).isEqualTo("0.0325");
        assertThat(hook.signature()).isEqualTo(signature(secret, hook));
        assertThat(mail.getReceivedMessagesForDomain(address)).hasSize(1);
        assertThat(mail.getReceivedMessagesForDomain(address)[0].getSubject())
                .isEqualTo("Team: 80 % of the daily limit of the team");
        assertThat(deliveries()).hasSize(2).allSatisfy(one -> {
            assertThat(one.get("status").asString()).isEqualTo("delivered");
            assertThat(one.get("tries").asInt()).isEqualTo(1);
        });
    }

    @Test
    void whatFailsIsTriedAgainLaterAndLaterUnderTheSameIdThenDeadThenRevived() throws Exception {
        addWebhook();
        answer.set(500);

        try (var clock = new MovedClock(database)) {
            Instant start = Clock.systemUTC().instant();
            clock.standAt(start);
            spendPastTheThreshold();
            deliver();
            deliver();
            assertThat(received).as("the first pause is 10 s").hasSize(1);
            clock.standAt(start.plusSeconds(10));
            deliver();
            assertThat(received).hasSize(2);
            clock.standAt(start.plusSeconds(29));
            deliver();
            assertThat(received).as("the second pause is 20 s").hasSize(2);
            clock.standAt(start.plusSeconds(30));
            deliver();
            clock.standAt(start.plusSeconds(70));
            deliver();
            clock.standAt(start.plus(Duration.ofHours(3)));
            deliver();
        }

        assertThat(received)
                .hasSize(4)
                .extracting(Received::id)
                .containsOnly(received.getFirst().id());
        JsonNode dead = deliveries().getFirst();
        assertThat(dead.get("status").asString()).isEqualTo("dead");
        assertThat(dead.get("last_error").asString()).isEqualTo("It answered with 500");
        assertThat(team.admin().get("/admin/health-report"))
                .bodyJson()
                .extractingPath("$.alerts.dead")
                .isEqualTo(1);

        answer.set(200);
        String retry = "/admin/tenants/" + team.slug() + "/alert-deliveries/"
                + dead.get("id").asString() + "/retry";
        assertThat(team.admin().post(retry, "")).hasStatus(202);
        deliver();

        assertThat(received).hasSize(5);
        assertThat(deliveries().getFirst().get("status").asString()).isEqualTo("delivered");
        assertThat(team.admin().post(retry, "")).hasStatus(409);
    }

    @Test
    void twoInstancesAtOnceDeliverEachAlertOnce() throws Exception {
        addWebhook();
        team.limit("""
                {"daily_limit": "0.04", "monthly_limit": "0.04", "alert_thresholds": [10, 20, 30, 40, 50, 60, 70, 80]}""");
        assertThat(team.post("/calls", BIG_CALL)).hasStatus(201);
        var together = new CyclicBarrier(2);

        try (ExecutorService instances = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int n = 0; n < together.getParties(); n++) {
                instances.submit(() -> {
                    together.await();
                    deliver();
                    return true;
                });
            }
        }

        assertThat(received).hasSize(16).extracting(Received::id).doesNotHaveDuplicates();
        assertThat(deliveries())
                .hasSize(16)
                .allSatisfy(one -> assertThat(one.get("tries").asInt()).isEqualTo(1));
    }

    /** Status and headers come at once, the body never ends. */
    @Test
    void aReceiverWhoseAnswerNeverEndsHoldsUpNobodyElse() throws Exception {
        TestTeam other = TestTeam.fresh(mvc, json);
        try (var endless = new EndlessAnswer()) {
            assertThat(other.admin()
                            .post("/admin/tenants/" + other.slug() + "/alert-channels", """
                    {"kind": "webhook", "target": "http://127.0.0.1:%d/"}""".formatted(endless.port())))
                    .hasStatus(201);
            spendPastTheThreshold(other);
            addWebhook();
            spendPastTheThreshold(team);

            assertTimeoutPreemptively(Duration.ofMinutes(2), this::deliver);
        }

        assertThat(received).hasSize(1);
        assertThat(deliveries(other).getFirst().get("status").asString()).isEqualTo("waiting");
    }

    @Test
    void whileAReceiverHangsOthersGetTheirAlertsAndItGetsAFewAtATime() throws Exception {
        TestTeam other = TestTeam.fresh(mvc, json);
        try (DeliverAlerts one = patient.get();
                var hanging = new HangingReceiver()) {
            assertThat(other.admin()
                            .post("/admin/tenants/" + other.slug() + "/alert-channels", """
                    {"kind": "webhook", "target": "http://127.0.0.1:%d/"}""".formatted(hanging.port())))
                    .hasStatus(201);
            other.limit("""
                    {"daily_limit": "0.04", "monthly_limit": "0.04", "alert_thresholds": [10, 20, 30, 40, 50]}""");
            assertThat(other.post("/calls", BIG_CALL)).hasStatus(201);
            one.start();
            assertThat(hanging.awaitCallers(4)).isTrue();

            addWebhook();
            spendPastTheThreshold(team);
            one.start();

            assertThat(arrivals.poll(30, TimeUnit.SECONDS)).isNotNull();
            assertThat(hanging.callers()).as("of ten that are due").isEqualTo(4);
        }
    }

    @Test
    void aRemovedChannelGetsNothingMore() throws Exception {
        addWebhook();
        spendPastTheThreshold();
        String channel = team.json(team.admin().get(channels()))
                .get("items")
                .get(0)
                .get("id")
                .asString();

        assertThat(team.admin().delete(channels() + "/" + channel)).hasStatus(204);
        deliver();

        assertThat(received).isEmpty();
        assertThat(deliveries().getFirst().get("status").asString()).isEqualTo("dead");
        assertThat(team.admin().delete(channels() + "/" + channel)).hasStatus(404);
    }

    @Test
    void aChannelsTargetIsCheckedAndItsSecretShownOnce() {
        assertThat(post("{\"kind\": \"email\", \"target\": \"nobody\"}")).isEqualTo(422);
        assertThat(post("{\"kind\": \"email\", \"target\": \"a@b\\r\\nBcc: c@d\"}"))
                .isEqualTo(422);
        assertThat(post("{\"kind\": \"webhook\", \"target\": \"ftp://example.org\"}"))
                .isEqualTo(422);
        assertThat(post("{\"kind\": \"webhook\", \"target\": \"https://user:pw@example.org\"}"))
                .isEqualTo(422);
        assertThat(post("{\"kind\": \"pigeon\", \"target\": \"x\"}")).isEqualTo(422);
        assertThat(post("{\"kind\": \"email\", \"target\": \"ada@example.org\"}"))
                .isEqualTo(201);
        assertThat(post("{\"kind\": \"email\", \"target\": \"ada@example.org\"}"))
                .isEqualTo(409);

        String body = "{\"kind\": \"webhook\", \"target\": \"https://example.org/hook\"}";
        JsonNode made = team.json(team.admin().post(channels(), "once", body));
        JsonNode again = team.json(team.admin().post(channels(), "once", body));

        assertThat(made.get("secret").asString()).startsWith("whsec_");
        assertThat(again.get("id")).isEqualTo(made.get("id"));
        assertThat(again.get("secret").isNull()).isTrue();
        assertThat(TestTeam.body(team.admin().get(channels()))).doesNotContain("whsec_");
        assertThat(TestTeam.body(team.admin().get("/admin/audit"))).doesNotContain("whsec_");
        assertThat(team.get(channels())).hasStatus(403);
    }

    /** Until nothing is due. */
    private void deliver() {
        int started;
        do {
            try (DeliverAlerts one = worker.get()) {
                started = one.start();
            }
        } while (started > 0);
    }

    private void spendPastTheThreshold() {
        spendPastTheThreshold(team);
    }

    private static void spendPastTheThreshold(TestTeam team) {
        team.limit("{\"daily_limit\": \"0.04\", \"monthly_limit\": null, \"alert_thresholds\": [80]}");
        assertThat(team.post("/calls", BIG_CALL)).hasStatus(201);
    }

    private String addWebhook() {
        return add("webhook", "http://127.0.0.1:" + server.getAddress().getPort() + "/hook")
                .get("secret")
                .asString();
    }

    private JsonNode add(String kind, String target) {
        return team.json(
                team.admin().post(channels(), "{\"kind\": \"%s\", \"target\": \"%s\"}".formatted(kind, target)));
    }

    private int post(String body) {
        return team.admin().post(channels(), body).getResponse().getStatus();
    }

    private String channels() {
        return "/admin/tenants/" + team.slug() + "/alert-channels";
    }

    private List<JsonNode> deliveries() {
        return deliveries(team);
    }

    private static List<JsonNode> deliveries(TestTeam team) {
        return team.json(team.admin().get("/admin/tenants/" + team.slug() + "/alert-deliveries"))
                .get("items")
                .valueStream()
                .toList();
    }

    private static String signature(String secret, Received hook) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
        String signed = hook.id() + "." + hook.timestamp() + "." + hook.body();
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }
}
