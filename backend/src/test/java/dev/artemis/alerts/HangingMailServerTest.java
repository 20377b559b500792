package dev.artemis.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.artemis.OnDatabase;
import dev.artemis.budgets.TestTeam;
import dev.artemis.mail.Mail;
import dev.artemis.mail.Readers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import tools.jackson.databind.json.JsonMapper;

/** The one mail server takes every connection and answers none. */
@OnDatabase
@TestPropertySource(
        properties = {
            "artemis.alerts.private-targets=true",
            "artemis.mail.encryption=none",
            "artemis.mail.host=127.0.0.1",
            "artemis.mail.timeout=5m"
        })
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class HangingMailServerTest {

    private static final int HALF_THE_PLACES = 100;
    private static final int CHANNELS = 20;
    private static final String BIG_CALL = """
            {"model": "gpt-4o", "tokens_input": 5000, "tokens_output": 2000, "stage": "development"}""";
    private static final HangingReceiver mailServer = hanging();

    private final MockMvcTester mvc;
    private final JsonMapper json;
    private final DeliverAlerts worker;
    private final LinkedBlockingQueue<String> arrivals = new LinkedBlockingQueue<>();

    HangingMailServerTest(
            MockMvcTester mvc,
            JsonMapper json,
            Outbox outbox,
            SendWebhook webhook,
            Mail sender,
            Readers readers,
            AlertSettings settings) {
        this.mvc = mvc;
        this.json = json;
        this.worker = new DeliverAlerts(outbox, webhook, sender, readers, settings);
    }

    @DynamicPropertySource
    static void mailPort(DynamicPropertyRegistry registry) {
        registry.add("artemis.mail.port", mailServer::port);
    }

    @AfterAll
    static void closeMailServer() throws IOException {
        mailServer.close();
    }

    @Test
    void lettersTakeHalfThePlacesAndWebhooksGoOn() throws Exception {
        for (int team = 0; team < 2; team++) {
            aTeamWithManyLettersDue();
        }
        try (DeliverAlerts deliver = worker) {
            deliver.start();
            assertThat(mailServer.awaitCallers(HALF_THE_PLACES)).isTrue();

            HttpServer receiver = receiver();
            try {
                TestTeam other = TestTeam.fresh(mvc, json);
                add(
                        other,
                        "webhook",
                        "http://127.0.0.1:" + receiver.getAddress().getPort() + "/");
                spendPastThresholds(other);
                deliver.start();

                assertThat(arrivals.poll(30, TimeUnit.SECONDS)).isNotNull();
                assertThat(mailServer.callers())
                        .as("of 160 that may go at once, by their channels")
                        .isEqualTo(HALF_THE_PLACES);
            } finally {
                receiver.stop(0);
                mailServer.close();
            }
        }
    }

    private void aTeamWithManyLettersDue() {
        TestTeam team = TestTeam.fresh(mvc, json);
        for (int channel = 0; channel < CHANNELS; channel++) {
            add(team, "email", "reader-%d-%s@example.org".formatted(channel, team.slug()));
        }
        spendPastThresholds(team);
    }

    private static void spendPastThresholds(TestTeam team) {
        team.limit("""
                {"daily_limit": "0.04", "monthly_limit": null, "alert_thresholds": [10, 20, 30, 40]}""");
        assertThat(team.post("/calls", BIG_CALL)).hasStatus(201);
    }

    private static void add(TestTeam team, String kind, String target) {
        assertThat(team.admin()
                        .post(
                                "/admin/tenants/" + team.slug() + "/alert-channels",
                                "{\"kind\": \"%s\", \"target\": \"%s\"}".formatted(kind, target)))
                .hasStatus(201);
    }

    private HttpServer receiver() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            arrivals.add(exchange.getRequestHeaders().getFirst("webhook-id"));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static HangingReceiver hanging() {
        try {
            return new HangingReceiver();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
