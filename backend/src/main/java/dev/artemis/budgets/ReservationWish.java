package dev.artemis.budgets;

import dev.artemis.prices.ModelRef;
import dev.artemis.prices.ServiceTier;
import dev.artemis.prices.Usage;
import dev.artemis.shared.Problem;
import java.time.Duration;

/**
 * A wish to hold the most that a call can cost.
 *
 * @param most with the most output tokens that it may answer
 * @param timeToLive 1 second to 24 hours; then the hold expires
 */
public record ReservationWish(ModelRef model, Usage most, ServiceTier tier, CallLabels labels, Duration timeToLive) {

    /** How long a hold lives where nobody says otherwise. */
    public static final Duration DEFAULT_TIME_TO_LIVE = Duration.ofSeconds(600);

    private static final Duration MAX_TIME_TO_LIVE = Duration.ofSeconds(86_400);

    /**
     * Checks the time to live.
     *
     * @throws Problem 422 {@code ttl_seconds}
     */
    public ReservationWish {
        if (timeToLive.toSeconds() < 1 || timeToLive.compareTo(MAX_TIME_TO_LIVE) > 0) {
            throw Problem.notAllowed("ttl_seconds", "1 to 86400");
        }
    }
}
