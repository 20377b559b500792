package dev.artemis.alerts;

import dev.artemis.outbound.Answer;
import dev.artemis.outbound.OutboundHttp;
import dev.artemis.outbound.OutboundHttp.Reach;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Posts a message to a webhook, signed. A team names the address, so it is not trusted: see {@link OutboundHttp}. */
@Component
class SendWebhook {

    private static final int GONE = 410;
    private static final int SUCCESS = 2;

    private final OutboundHttp http;
    private final JsonMapper json;
    private final Clock clock;

    SendWebhook(AlertSettings settings, JsonMapper json, Clock clock) {
        this.http = new OutboundHttp(settings.timeout(), reach(settings));
        this.json = json;
        this.clock = clock;
    }

    /** Where webhooks may be. */
    static Reach reach(AlertSettings settings) {
        return settings.privateTargets() ? Reach.ANYWHERE : Reach.PUBLIC;
    }

    Attempt send(String target, String secret, Message message) {
        String id = message.id().toString();
        Instant now = clock.instant();
        String body = json.writeValueAsString(message);
        Map<String, String> headers = Map.of(
                "webhook-id",
                id,
                "webhook-timestamp",
                Long.toString(now.getEpochSecond()),
                "webhook-signature",
                WebhookSignature.of(secret, id, now, body));
        return switch (http.post(URI.create(target), headers, body)) {
            case Answer.Answered(int status, String ignored) ->
                status / 100 == SUCCESS
                        ? new Attempt.Arrived()
                        : new Attempt.Failed("It answered with " + status, status == GONE);
            case Answer.Unreachable(String why) -> new Attempt.Failed("It could not be reached: " + why, false);
            case Answer.Forbidden(String why) -> new Attempt.Failed("It may not be reached: " + why, true);
        };
    }
}
