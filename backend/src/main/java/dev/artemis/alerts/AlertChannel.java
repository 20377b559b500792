package dev.artemis.alerts;

import dev.artemis.outbound.OutboundHttp;
import dev.artemis.outbound.OutboundHttp.Reach;
import dev.artemis.shared.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/** Where a team's alerts go. */
public record AlertChannel(UUID id, Kind kind, String target, Instant createdAt, String createdBy) {

    private static final int MAX_EMAIL = 254;
    private static final int MAX_URL = 2_000;
    private static final Pattern EMAIL = Pattern.compile("[^@\\s\\p{Cntrl}<>,;\"]+@[^@\\s\\p{Cntrl}<>,;\"]+");

    /** How it is reached. */
    public enum Kind {
        EMAIL,
        WEBHOOK;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A target that can be one.
     *
     * @throws Problem 422 naming {@code target}
     */
    static String checked(Kind kind, String target, Reach reach) {
        return switch (kind) {
            case EMAIL -> email(target.strip());
            case WEBHOOK -> url(target.strip(), reach);
        };
    }

    private static String email(String target) {
        if (target.length() > MAX_EMAIL || !EMAIL.matcher(target).matches()) {
            throw Problem.notAllowed("target", "an e-mail address");
        }
        return target;
    }

    private static String url(String target, Reach reach) {
        String allowed = "an https:// URL of at most " + MAX_URL + " characters, without a user's name or a fragment";
        try {
            if (target.length() > MAX_URL
                    || OutboundHttp.fault(new URI(target), reach).isPresent()) {
                throw Problem.notAllowed("target", allowed);
            }
            return target;
        } catch (URISyntaxException e) {
            throw Problem.notAllowed("target", allowed);
        }
    }
}
