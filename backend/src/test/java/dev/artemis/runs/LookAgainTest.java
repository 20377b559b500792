package dev.artemis.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.sandbox.Isolation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LookAgainTest {

    private static final Isolation FULL = new Isolation(Isolation.Strength.FULL, List.of("walls"), List.of());
    private static final Isolation NONE =
            new Isolation(Isolation.Strength.NONE, List.of(), List.of("the cluster does not answer"));

    private long now = -5_000_000_000L;
    private final LookAgain lookAgain = new LookAgain(() -> now, FULL);

    @Test
    void isDueEveryFewMinutes() {
        for (int time = 0; time < 3; time++) {
            assertThat(lookAgain.isDue(FULL)).isFalse();
            passes(Duration.ofMinutes(5).minusNanos(1));
            assertThat(lookAgain.isDue(FULL)).isFalse();
            passes(Duration.ofNanos(1));
            assertThat(lookAgain.isDue(FULL)).isTrue();
            lookAgain.done();
        }
    }

    @Test
    void isDueOnceWhenRunsCanGoThereNoMoreAndOnceWhenTheyCanAgain() {
        assertThat(lookAgain.isDue(NONE)).isTrue();
        lookAgain.done();
        assertThat(lookAgain.isDue(NONE)).isFalse();
        assertThat(lookAgain.isDue(FULL)).isTrue();
        lookAgain.done();
        assertThat(lookAgain.isDue(FULL)).isFalse();
    }

    /** One that waits for a cluster that does not answer would tell for minutes that it does not, after it is there again. */
    @Test
    void whatChangesDuringALookIsLookedAtAfterIt() {
        assertThat(lookAgain.isDue(NONE)).isTrue();

        assertThat(lookAgain.isDue(FULL)).isFalse();
        lookAgain.done();
        assertThat(lookAgain.isDue(FULL)).isTrue();
    }

    private void passes(Duration time) {
        now += time.toNanos();
    }
}
