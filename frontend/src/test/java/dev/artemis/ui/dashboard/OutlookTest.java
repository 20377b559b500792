package dev.artemis.ui.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.shared.Usd;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class OutlookTest {

    private static final LocalDate TENTH = LocalDate.of(2026, 11, 10);

    @Test
    void tellsTheDayOnWhichTheRestIsUsedUp() {
        // 10 left; today still costs 2 of its 3, then 3 a day: 2, 5, 8, 11
        assertThat(reached("100", "90", "3", "1")).isEqualTo(new Outlook.On(TENTH.plusDays(3)));
    }

    @Test
    void whatIsUsedUpToTheCentIsReachedThatDay() {
        assertThat(reached("100", "90", "5", "5")).isEqualTo(new Outlook.On(TENTH.plusDays(2)));
    }

    @Test
    void todayCountsWhereItsRestIsEnough() {
        assertThat(reached("100", "99", "3", "1")).isEqualTo(new Outlook.On(TENTH));
    }

    @Test
    void whatIsUsedUpWasReachedBeforeAndNotToday() {
        assertThat(reached("100", "120", "0", "0")).isEqualTo(new Outlook.Reached());
        assertThat(reached("100", "100", "5", "1")).isEqualTo(new Outlook.Reached());
    }

    @Test
    void aLimitThatTheMonthDoesNotReachHasNoDay() {
        assertThat(reached("100", "10", "1", "1")).isEqualTo(new Outlook.Kept());
        assertThat(reached("100", "10", "0", "0")).isEqualTo(new Outlook.Kept());
    }

    @Test
    void theMonthsLastDayIsOneOfIt() {
        assertThat(reached("100", "80", "1", "1")).isEqualTo(new Outlook.On(LocalDate.of(2026, 11, 30)));
        assertThat(reached("100.01", "80", "1", "1")).isEqualTo(new Outlook.Kept());
    }

    private static Outlook reached(String limit, String used, String perDay, String spentToday) {
        return Outlook.of(TENTH, Usd.of(limit), Usd.of(used), Usd.of(perDay), Usd.of(spentToday));
    }
}
