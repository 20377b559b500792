package dev.artemis.providers;

import dev.artemis.outbound.Answer;
import dev.artemis.outbound.OutboundHttp;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/** Asks a provider for its models with a key, which costs nothing, and reads from the answer how the key stands. */
final class AskProvider {

    private static final int OK = 200;
    private static final int MULTIPLE_CHOICES = 300;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int PAYMENT_REQUIRED = 402;
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY = 429;

    /** How providers say that a key's owner has not paid: OpenAI, Google, Anthropic, Mistral and gateways. */
    private static final List<String> NO_MONEY = List.of(
            "insufficient_quota",
            "billing",
            "credit balance",
            "resource_exhausted",
            "quota exceeded",
            "exceeded your current quota",
            "payment required");

    /** How Google says with 400 what others say with 401. */
    private static final List<String> BAD_KEY = List.of("api_key_invalid", "api key not valid", "invalid api key");

    private final OutboundHttp http;

    AskProvider(OutboundHttp http) {
        this.http = http;
    }

    KeyVerdict about(Provider provider, URI base, String secret) {
        return switch (http.get(provider.models(base), provider.headers(secret))) {
            case Answer.Answered answered -> read(answered.status(), answered.body());
            case Answer.Nobody nobody -> new KeyVerdict(KeyStatus.UNREACHABLE, nobody.why());
        };
    }

    static KeyVerdict read(int status, String body) {
        String words = body.toLowerCase(Locale.ROOT);
        boolean noMoney = NO_MONEY.stream().anyMatch(words::contains);
        if (status == OK) {
            return new KeyVerdict(KeyStatus.ACCEPTED, "the provider accepts it");
        }
        if (status == PAYMENT_REQUIRED || (noMoney && status >= BAD_REQUEST && status <= TOO_MANY)) {
            return new KeyVerdict(KeyStatus.NO_QUOTA, "the provider knows it, but there is no quota or credit left");
        }
        if (status == UNAUTHORIZED
                || status == FORBIDDEN
                || (status == BAD_REQUEST && BAD_KEY.stream().anyMatch(words::contains))) {
            return new KeyVerdict(KeyStatus.REJECTED, "the provider rejects it (HTTP " + status + ")");
        }
        if (status == TOO_MANY) {
            return new KeyVerdict(
                    KeyStatus.UNREACHABLE,
                    "the provider is asked too often (HTTP 429); it does not say how the key stands");
        }
        return status >= MULTIPLE_CHOICES && status < BAD_REQUEST
                ? new KeyVerdict(
                        KeyStatus.UNREACHABLE, "it leads elsewhere (HTTP " + status + "), which is not followed")
                : new KeyVerdict(KeyStatus.UNREACHABLE, "it answers with HTTP " + status);
    }
}
