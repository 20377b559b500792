package dev.artemis.budgets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.shared.Usd;
import java.time.LocalDate;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReplayLimitsTest {

    private static final YearMonth OCTOBER = YearMonth.of(2026, 10);
    private static final LocalDate FIRST = OCTOBER.atDay(1);

    @Test
    void whatReachesALimitExactlyFits() {
        ReplayLimits replay = replay("2", null);

        replay.spend(FIRST, Usd.of("1"));
        replay.spend(FIRST, Usd.of("1"));

        assertThat(replay.result()).isEqualTo(new LimitPreview(OCTOBER, 2, 0, Usd.ZERO, 0));
    }

    @Test
    void whatIsRefusedIsNotSpentSoThatASmallerOneMayFollow() {
        ReplayLimits replay = replay("2", null);

        replay.spend(FIRST, Usd.of("1.5"));
        replay.spend(FIRST, Usd.of("1"));
        replay.spend(FIRST, Usd.of("0.5"));

        assertThat(replay.result()).isEqualTo(new LimitPreview(OCTOBER, 3, 1, Usd.of("1"), 1));
    }

    @Test
    void eachDayBeginsAnewAndTheMonthDoesNot() {
        ReplayLimits replay = replay("2", "3");

        replay.spend(FIRST, Usd.of("2"));
        replay.spend(FIRST, Usd.of("2"));
        replay.spend(FIRST.plusDays(1), Usd.of("1"));
        replay.spend(FIRST.plusDays(2), Usd.of("1"));

        assertThat(replay.result()).isEqualTo(new LimitPreview(OCTOBER, 4, 2, Usd.of("3"), 2));
    }

    @Test
    void aLimitOfZeroRefusesAllThatCosts() {
        ReplayLimits replay = replay(null, "0");

        replay.spend(FIRST, Usd.of("0.00000075"));
        replay.spend(FIRST, Usd.ZERO);

        assertThat(replay.result().refused()).isEqualTo(1);
    }

    private static ReplayLimits replay(@Nullable String daily, @Nullable String monthly) {
        return new ReplayLimits(
                OCTOBER, Limits.of(daily == null ? null : Usd.of(daily), monthly == null ? null : Usd.of(monthly)));
    }
}
