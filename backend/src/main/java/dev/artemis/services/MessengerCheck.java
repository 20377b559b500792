package dev.artemis.services;

import dev.artemis.configuration.Finding;
import dev.artemis.configuration.StartupCheck;
import dev.artemis.outbound.Answer;
import dev.artemis.outbound.OutboundHttp;
import dev.artemis.services.Wire.Cover;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.env.Environment;

/**
 * The channel by which people are told, {@code artemis.messenger.url}: a mail server must greet and take a greeting (RFC
 * 5321), a webhook's server must speak HTTP, RabbitMQ must open the conversation (AMQP 0-9-1). Nothing is sent to anybody.
 */
class MessengerCheck implements StartupCheck {

    private static final String SUBJECT = "messenger";
    private static final String REMEDY = "Start it, or mend ARTEMIS_MESSENGER_URL; leave it empty where there is none.";
    private static final int SMTP = 25;
    private static final int SMTPS = 465;
    private static final int AMQP = 5672;
    private static final int AMQPS = 5671;
    private static final int METHOD_FRAME = 1;
    private static final int FRAME_HEADER = 7;
    private static final int SERVER_ERROR = 500;

    private final Environment environment;

    MessengerCheck(Environment environment) {
        this.environment = environment;
    }

    @Override
    public List<Finding> findings() {
        String url = environment.getProperty("artemis.messenger.url", "").strip();
        if (url.isEmpty()) {
            return List.of(Finding.pass(SUBJECT, "none is named"));
        }
        Optional<ServiceAddress> address = ServiceAddress.parse(url);
        if (address.isEmpty()) {
            return List.of(Finding.fail(
                    SUBJECT,
                    "ARTEMIS_MESSENGER_URL is no address",
                    "Set it to smtp://, smtps://, https:// or amqp://."));
        }
        try {
            return List.of(spoken(address.get()));
        } catch (IOException e) {
            return List.of(Finding.fail(SUBJECT, address.get() + " does not answer as it should: " + why(e), REMEDY));
        }
    }

    private static Finding spoken(ServiceAddress at) throws IOException {
        return switch (at.scheme()) {
            case "smtp" -> smtp(at, at.portOr(SMTP), Cover.PLAIN);
            case "smtps" -> smtp(at, at.portOr(SMTPS), Cover.TLS);
            case "http", "https" -> webhook(at);
            case "amqp" -> amqp(at, at.portOr(AMQP), Cover.PLAIN);
            case "amqps" -> amqp(at, at.portOr(AMQPS), Cover.TLS);
            default ->
                Finding.fail(
                        SUBJECT,
                        "\"" + at.scheme() + "\" is no messenger that is known",
                        "Set ARTEMIS_MESSENGER_URL to smtp://, smtps://, https:// or amqp://.");
        };
    }

    private static Finding smtp(ServiceAddress at, int port, Cover cover) throws IOException {
        try (Wire wire = Wire.to(at.host(), port, cover)) {
            String greeting = reply(wire);
            if (!greeting.startsWith("220")) {
                return Finding.fail(SUBJECT, at + " is no mail server that takes mail now", REMEDY);
            }
            wire.say("EHLO localhost\r\n");
            String hello = reply(wire);
            wire.say("QUIT\r\n");
            return hello.startsWith("250")
                    ? Finding.pass(SUBJECT, at + " speaks SMTP")
                    : Finding.fail(SUBJECT, at + " does not take our greeting", REMEDY);
        }
    }

    /** The last line of a reply: those before have a hyphen after the number. */
    private static String reply(Wire wire) throws IOException {
        String line = wire.line();
        while (line.length() > 3 && line.charAt(3) == '-') {
            line = wire.line();
        }
        return line;
    }

    private static Finding webhook(ServiceAddress at) {
        OutboundHttp http = new OutboundHttp(Duration.ofMillis(Wire.PATIENCE), OutboundHttp.Reach.ANYWHERE);
        return switch (http.get(at.uri(), Map.of())) {
            case Answer.Answered answered
            when answered.status() < SERVER_ERROR -> Finding.pass(SUBJECT, at + " speaks HTTP");
            case Answer.Answered answered ->
                Finding.warn(SUBJECT, at + " answers with HTTP " + answered.status(), "Look at that server.");
            case Answer.Nobody nobody -> Finding.fail(SUBJECT, at + ": " + nobody.why(), REMEDY);
        };
    }

    /** Its answer to the protocol's header is a method frame on channel 0: connection (10) start (10). */
    private static Finding amqp(ServiceAddress at, int port, Cover cover) throws IOException {
        try (Wire wire = Wire.to(at.host(), port, cover)) {
            wire.say(new byte[] {'A', 'M', 'Q', 'P', 0, 0, 9, 1});
            ByteBuffer header = ByteBuffer.wrap(wire.bytes(FRAME_HEADER));
            int type = header.get();
            if (type == 'A') {
                return Finding.fail(SUBJECT, at + " speaks another version of AMQP than 0-9-1", REMEDY);
            }
            int channel = header.getShort();
            ByteBuffer method = ByteBuffer.wrap(wire.bytes(Integer.BYTES));
            boolean start = type == METHOD_FRAME && channel == 0 && method.getShort() == 10 && method.getShort() == 10;
            return start
                    ? Finding.pass(SUBJECT, at + " speaks AMQP 0-9-1")
                    : Finding.fail(SUBJECT, at + " does not speak AMQP 0-9-1", REMEDY);
        }
    }

    /** Our own words or the system's; never what the other side said. */
    static String why(IOException e) {
        return switch (e) {
            case java.net.UnknownHostException unknown -> "its name is not known";
            case java.net.SocketTimeoutException late -> "nothing came in " + Wire.PATIENCE + " ms";
            case java.net.ConnectException refused -> "the connection is refused";
            case javax.net.ssl.SSLException tls -> "its certificate or its TLS is not good";
            case java.io.EOFException gone -> "it hung up";
            default -> e.getClass().getSimpleName();
        };
    }
}
