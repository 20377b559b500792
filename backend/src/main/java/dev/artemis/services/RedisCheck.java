package dev.artemis.services;

import dev.artemis.configuration.Finding;
import dev.artemis.configuration.StartupCheck;
import dev.artemis.services.Wire.Cover;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.springframework.core.env.Environment;

/** A Redis, {@code artemis.redis.url}: it must answer PING with PONG, after AUTH where a password is named (RESP2). */
class RedisCheck implements StartupCheck {

    private static final String SUBJECT = "Redis";
    private static final String REMEDY = "Start it, or mend ARTEMIS_REDIS_URL; leave it empty where there is none.";
    private static final int PORT = 6379;

    private final Environment environment;

    RedisCheck(Environment environment) {
        this.environment = environment;
    }

    @Override
    public List<Finding> findings() {
        String url = environment.getProperty("artemis.redis.url", "").strip();
        if (url.isEmpty()) {
            return List.of(Finding.pass(SUBJECT, "none is named"));
        }
        Optional<ServiceAddress> address = ServiceAddress.parse(url)
                .filter(it -> it.scheme().equals("redis") || it.scheme().equals("rediss"));
        if (address.isEmpty()) {
            return List.of(Finding.fail(
                    SUBJECT, "ARTEMIS_REDIS_URL is no address", "Set it to redis://host:6379 or rediss://host:6379."));
        }
        try {
            return List.of(ping(address.get()));
        } catch (IOException e) {
            return List.of(Finding.fail(SUBJECT, address.get() + " does not answer: " + MessengerCheck.why(e), REMEDY));
        }
    }

    private static Finding ping(ServiceAddress at) throws IOException {
        Cover cover = at.scheme().equals("rediss") ? Cover.TLS : Cover.PLAIN;
        try (Wire wire = Wire.to(at.host(), at.portOr(PORT), cover)) {
            if (at.password() != null) {
                wire.say(
                        at.user() == null || at.user().isEmpty()
                                ? command("AUTH", at.password())
                                : command("AUTH", at.user(), at.password()));
                if (!wire.line().equals("+OK")) {
                    return Finding.fail(
                            SUBJECT, at + " refuses the login", "Mend user and password in ARTEMIS_REDIS_URL.");
                }
            }
            wire.say(command("PING"));
            String answer = wire.line();
            if (answer.startsWith("-NOAUTH")) {
                return Finding.fail(SUBJECT, at + " wants a password", "Name it: redis://:password@host:6379.");
            }
            return answer.equals("+PONG")
                    ? Finding.pass(SUBJECT, at + " answers PING")
                    : Finding.fail(SUBJECT, at + " does not speak Redis's protocol", REMEDY);
        }
    }

    private static String command(String... words) {
        StringBuilder command = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            command.append('$')
                    .append(word.getBytes(StandardCharsets.UTF_8).length)
                    .append("\r\n")
                    .append(word)
                    .append("\r\n");
        }
        return command.toString();
    }
}
