package dev.artemis.alerts;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How alerts are delivered.
 *
 * @param firstRetry after the first failure; doubles with each
 * @param longestRetry the pause doubles no further
 * @param tries then a delivery is dead
 * @param timeout for a webhook's whole answer
 * @param privateTargets whether webhooks may reach addresses of this machine and of private networks, and without TLS
 */
@ConfigurationProperties("artemis.alerts")
record AlertSettings(Duration firstRetry, Duration longestRetry, int tries, Duration timeout, boolean privateTargets) {

    AlertSettings {
        if (tries < 1 || !firstRetry.isPositive() || longestRetry.compareTo(firstRetry) < 0 || !timeout.isPositive()) {
            throw new IllegalArgumentException(
                    "artemis.alerts: tries from 1; first-retry and timeout above 0s; longest-retry from first-retry");
        }
    }

    /** How long to wait after so many failures in a row. */
    Duration pauseAfter(int failures) {
        Duration pause = firstRetry;
        for (int n = 1; n < failures && pause.compareTo(longestRetry) < 0; n++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(longestRetry) > 0 ? longestRetry : pause;
    }
}
