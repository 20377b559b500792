package dev.artemis.ui.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.shared.Usd;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutlookTest {

    private static final LocalDate TENTH = LocalDate.of(2026, 11, 10);

    @Test
    void tellsTheDayOnWhichTheRestIsUsedUp() {
        // 10 left; today still costs 2 of its 3, then 3 a day: 2, 5, 8, 11
        assertThat(reached("100", "90", "3", "1")).contains(TENTH.plusDays(3));
    }

    @Test
    void whatIsUsedUpToTheCentIsReachedThatDay() {
        assertThat(reached("100", "90", "5", "5")).contains(TENTH.plusDays(2));
    }

    @Test
    void todayCountsWhereItsRestIsEnough() {
        assertThat(reached("100", "99", "3", "1")).contains(TENTH);
        assertThat(reached("100", "120", "0", "0")).contains(TENTH);
    }

    @Test
    void aLimitThatTheMonthDoesNotReachHasNoDay() {
        assertThat(reached("100", "10", "1", "1")).isEmpty();
        assertThat(reached("100", "10", "0", "0")).isEmpty();
    }

    @Test
    void theMonthsLastDayIsOneOfIt() {
        assertThat(reached("100", "80", "1", "1")).contains(LocalDate.of(2026, 11, 30));
        assertThat(reached("100.01", "80", "1", "1")).isEmpty();
    }

    private static Optional<LocalDate> reached(String limit, String used, String perDay, String spentToday) {
        return Outlook.reached(TENTH, Usd.of(limit), Usd.of(used), Usd.of(perDay), Usd.of(spentToday));
    }
}
