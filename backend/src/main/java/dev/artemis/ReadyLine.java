package dev.artemis;

import dev.artemis.access.FirstStart;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.Locale;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Says that the server is ready, where, and after how long; and at the first start, once, how to get in. */
@Component
class ReadyLine {

    private final FirstStart firstStart;
    private final Environment environment;
    private final Clock clock;

    ReadyLine(FirstStart firstStart, Environment environment, Clock clock) {
        this.firstStart = firstStart;
        this.environment = environment;
        this.clock = clock;
    }

    @EventListener
    void on(ApplicationReadyEvent ready) {
        if (ready.getApplicationContext() instanceof WebServerApplicationContext server
                && server.getWebServer() != null) {
            System.out.println(line(server.getWebServer().getPort()));
            firstStart.handOut().ifPresent(made -> System.out.println(secrets(made)));
            System.out.flush();
        }
    }

    private String line(int port) {
        long started = ManagementFactory.getRuntimeMXBean().getStartTime();
        double seconds = (clock.millis() - started) / 1000.0;
        String host = environment.getProperty("server.address", "127.0.0.1");
        String scheme =
                environment.getProperty("artemis.web.tls-certificate", "").isBlank() ? "http" : "https";
        return String.format(
                Locale.ROOT,
                "Artemis is ready: %s://%s:%d (%.1f s)",
                scheme,
                host.contains(":") ? "[" + host + "]" : host,
                port,
                seconds);
    }

    private static String secrets(FirstStart.Made made) {
        StringBuilder text = new StringBuilder("This is the first start. Keep these, they are shown this once:");
        if (made.email() != null) {
            text.append("\n  sign in as   ").append(made.email());
            text.append("\n  password     ").append(made.password() == null ? "(as given)" : made.password());
        }
        text.append("\n  admin key    ").append(made.key() == null ? "(as given)" : made.key());
        return text.toString();
    }
}
