package dev.artemis.budgets;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An observer that sees nothing would prove nothing. */
class LimitsWatchTest {

    private final LimitsWatch watch = new LimitsWatch();

    @Test
    void whatIsWithinItsLimitIsFine() {
        assertThat(crossed("9", "0")).isEmpty();
        assertThat(crossed("10", "0")).isEmpty();
    }

    @Test
    void theSmallestFractionAboveIsSeen() {
        assertThat(crossed("10.000000000000000001", "0")).hasSize(1);
    }

    @Test
    void whatWasToldMayStandAboveByWhatItCost() {
        assertThat(crossed("10", "0")).isEmpty();
        assertThat(crossed("11", "1")).isEmpty();
        assertThat(crossed("11", "1")).isEmpty();
    }

    @Test
    void anAdmissionAboveIsSeenAlsoWhereTheTruthStandsAboveAlready() {
        assertThat(crossed("11", "1")).isEmpty();
        assertThat(crossed("11.5", "1")).hasSize(1);
    }

    @Test
    void whatWasToldLongAgoExcusesNothing() {
        assertThat(crossed("11", "1")).isEmpty();
        assertThat(crossed("8", "1")).isEmpty();
        assertThat(crossed("10.5", "1")).hasSize(1);
    }

    private List<String> crossed(String used, String told) {
        return watch.crossed(List.of(
                new LimitsWatch.Seen("tenant daily", BigDecimal.TEN, new BigDecimal(used), new BigDecimal(told))));
    }
}
