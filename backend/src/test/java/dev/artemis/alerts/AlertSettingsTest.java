package dev.artemis.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AlertSettingsTest {

    @Test
    void pausesDoubleUpToTheLongest() {
        var settings =
                new AlertSettings(Duration.ofSeconds(10), Duration.ofMinutes(1), 20, Duration.ofSeconds(1), false);

        assertThat(settings.pauseAfter(1)).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.pauseAfter(2)).isEqualTo(Duration.ofSeconds(20));
        assertThat(settings.pauseAfter(3)).isEqualTo(Duration.ofSeconds(40));
        assertThat(settings.pauseAfter(4)).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.pauseAfter(1000)).isEqualTo(Duration.ofMinutes(1));
    }
}
