package dev.artemis.supervisor;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the supervisor looks.
 *
 * @param sweep between two looks
 * @param longestWait a run that waits longer while workers are alive makes the platform's health DEGRADED
 */
@ConfigurationProperties("artemis.supervisor")
record SupervisorSettings(
        @DefaultValue("5s") Duration sweep,
        @DefaultValue("10m") Duration longestWait) {

    SupervisorSettings {
        if (sweep.toMillis() < 10) {
            throw new IllegalArgumentException("artemis.supervisor.sweep: at least 10ms");
        }
    }
}
