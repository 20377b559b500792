package dev.artemis.alerts;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Posts a message to a webhook, signed. A team names the address, so it is not trusted: no redirect is followed, no
 * answer's body is read, and what is not a public address is not reached.
 */
@Component
class SendWebhook {

    private static final int GONE = 410;
    private static final int SUCCESS = 2;

    private final HttpClient http;
    private final AlertSettings settings;
    private final JsonMapper json;
    private final Clock clock;

    SendWebhook(AlertSettings settings, JsonMapper json, Clock clock) {
        this.http = HttpClient.newBuilder()
                .connectTimeout(settings.timeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        this.settings = settings;
        this.json = json;
        this.clock = clock;
    }

    Attempt send(String target, String secret, Message message) {
        URI url = URI.create(target);
        if (!settings.privateTargets()) {
            try {
                if (!PublicAddresses.areAll(InetAddress.getAllByName(url.getHost()))) {
                    return new Attempt.Failed(url.getHost() + " is not a public address", true);
                }
            } catch (UnknownHostException e) {
                return new Attempt.Failed(url.getHost() + " is not known", false);
            }
        }
        return post(url, secret, message);
    }

    private Attempt post(URI url, String secret, Message message) {
        String id = message.id().toString();
        Instant now = clock.instant();
        String body = json.writeValueAsString(message);
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(settings.timeout())
                .header("Content-Type", "application/json")
                .header("User-Agent", "Artemis")
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
                .header("webhook-signature", WebhookSignature.of(secret, id, now, body))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            int status =
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status / 100 == SUCCESS
                    ? new Attempt.Arrived()
                    : new Attempt.Failed("It answered with " + status, status == GONE);
        } catch (IOException e) {
            return new Attempt.Failed("It could not be reached: " + e.getClass().getSimpleName(), false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Attempt.Failed("The server stopped while it was sent", false);
        }
    }
}
