package dev.artemis.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.artemis.configuration.Finding;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;

/** Letters go through a real SMTP server in this process. */
class MailTest {

    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void sendsTextHtmlAndAnAttachment() throws Exception {
        var letter = new Letter(
                UUID.randomUUID(),
                List.of("ada@example.org", "bob@example.org"),
                "80 % of the daily limit – Ärger",
                "Text für Ada",
                "<p>HTML für Ada</p>",
                List.of(new Letter.Attachment(
                        "costs.csv",
                        "text/csv",
                        new ByteArrayResource("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8)))));

        Delivery delivery = mail(MailSettings.Encryption.NONE).send(letter);

        assertThat(delivery).isEqualTo(new Delivery.Sent());
        assertThat(server.getReceivedMessages()).hasSize(2);
        MimeMessage received = server.getReceivedMessages()[0];
        assertThat(received.getSubject()).isEqualTo("80 % of the daily limit – Ärger");
        assertThat(received.getFrom()).extracting(Object::toString).containsExactly("artemis@example.org");
        assertThat(received.getAllRecipients())
                .extracting(Object::toString)
                .containsExactly("ada@example.org", "bob@example.org");
        assertThat(received.getSentDate()).isEqualTo(NOON);
        String whole = GreenMailUtil.getWholeMessage(received);
        assertThat(whole)
                .contains("Text f=C3=BCr Ada")
                .contains("<p>HTML f=C3=BCr Ada</p>")
                .contains("filename=costs.csv")
                .contains("text/csv");
    }

    @Test
    void aSubjectCannotBringHeadersOfItsOwn() throws Exception {
        mail(MailSettings.Encryption.NONE)
                .send(Letter.of("ada@example.org", "harmless\r\nBcc: eve@example.org", "text"));

        assertThat(server.getReceivedMessages()).hasSize(1);
        assertThat(server.getReceivedMessages()[0].getHeader("Bcc")).isNull();
    }

    @Test
    void saysThatNoServerIsNamed() {
        var mail = new Mail(settings("", 587, MailSettings.Encryption.STARTTLS), Clock.systemUTC());

        assertThat(mail.isConfigured()).isFalse();
        assertThat(mail.send(Letter.of("ada@example.org", "subject", "text"))).isEqualTo(new Delivery.NotConfigured());
    }

    @Test
    void aServerThatIsGoneMayComeBack() {
        int port = server.getSmtp().getPort();
        server.stop();

        Delivery delivery = new Mail(settings("127.0.0.1", port, MailSettings.Encryption.NONE), Clock.systemUTC())
                .send(Letter.of("ada@example.org", "subject", "text"));

        assertThat(delivery)
                .isInstanceOfSatisfying(
                        Delivery.Failed.class,
                        failed -> assertThat(failed.forGood()).isFalse());
    }

    @Test
    void anAddressThatIsNoneIsRefusedForGood() {
        Delivery delivery =
                mail(MailSettings.Encryption.NONE).send(Letter.of("ada@example.org\r\nBcc: eve@x", "subject", "text"));

        assertThat(delivery)
                .isInstanceOfSatisfying(
                        Delivery.Failed.class,
                        failed -> assertThat(failed.forGood()).isTrue());
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void nothingIsSentInClearWhereTlsIsWanted() {
        Delivery delivery =
                mail(MailSettings.Encryption.STARTTLS).send(Letter.of("ada@example.org", "subject", "text"));

        assertThat(delivery).isInstanceOf(Delivery.Failed.class);
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void theStartTellsWhetherTheServerAnswers() {
        int port = server.getSmtp().getPort();

        assertThat(findings(Map.of("artemis.mail.host", "")))
                .singleElement()
                .satisfies(found -> assertThat(found.detail()).contains("no mail server is named"));
        assertThat(findings(named(port)))
                .singleElement()
                .satisfies(found -> assertThat(found.verdict()).isEqualTo(Finding.Verdict.PASS));
        server.stop();
        assertThat(findings(named(port)))
                .singleElement()
                .satisfies(found -> assertThat(found.verdict()).isEqualTo(Finding.Verdict.WARN));
    }

    private static Map<String, Object> named(int port) {
        return Map.of(
                "artemis.mail.host", "127.0.0.1",
                "artemis.mail.port", port,
                "artemis.mail.encryption", "none",
                "artemis.mail.username", "",
                "artemis.mail.password", "",
                "artemis.mail.from", "artemis@example.org",
                "artemis.mail.timeout", "10s");
    }

    private static List<Finding> findings(Map<String, Object> settings) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", settings));
        return new MailCheck(environment).findings();
    }

    private Mail mail(MailSettings.Encryption encryption) {
        return new Mail(
                settings("127.0.0.1", server.getSmtp().getPort(), encryption), Clock.fixed(NOON, ZoneOffset.UTC));
    }

    private static MailSettings settings(String host, int port, MailSettings.Encryption encryption) {
        return new MailSettings(host, port, encryption, "", "", "artemis@example.org", Duration.ofSeconds(30));
    }
}
