package dev.artemis.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PausesTest {

    @Test
    void eachIsTwiceTheOneBeforeUpToTheLongest() {
        Pauses pauses = new Pauses(Duration.ofMillis(10), Duration.ofMillis(35));

        assertThat(pauses.next()).hasMillis(10);
        assertThat(pauses.next()).hasMillis(20);
        assertThat(pauses.next()).hasMillis(35);
        assertThat(pauses.next()).hasMillis(35);
        pauses.over();
        assertThat(pauses.next()).hasMillis(10);
    }
}
