package dev.artemis.mail;

import java.time.Duration;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where letters go out.
 *
 * @param host of the SMTP server; empty: no letter is sent
 * @param encryption how the connection is protected
 * @param username empty: no sign-in
 * @param from the sender's address
 * @param timeout for the connection, and for each answer of the server
 */
@ConfigurationProperties("artemis.mail")
record MailSettings(
        String host, int port, Encryption encryption, String username, String password, String from, Duration timeout) {

    /** What stands between us and whoever listens. */
    enum Encryption {
        /** Begins in clear and insists on the change to TLS. */
        STARTTLS,
        /** TLS from the first byte. */
        TLS,
        /** In clear: for a server on the same machine. */
        NONE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    boolean isConfigured() {
        return !host.isBlank();
    }

    /** The same with less patience. */
    MailSettings within(Duration patience) {
        return new MailSettings(host, port, encryption, username, password, from, patience);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "%s:%d (%s)".formatted(host, port, encryption);
    }
}
