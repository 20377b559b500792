package dev.artemis.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.reports.Span;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RhythmTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource({
        // before and after six; the day that daylight saving ends
        "DAILY, 2026-10-25T04:59:59Z, 2026-10-25T05:00:00Z",
        "DAILY, 2026-10-25T05:00:00Z, 2026-10-26T05:00:00Z",
        "DAILY, 2026-10-24T04:00:00Z, 2026-10-25T05:00:00Z",
        "WEEKLY, 2026-11-23T04:00:00Z, 2026-11-23T05:00:00Z",
        "WEEKLY, 2026-11-23T05:00:00Z, 2026-11-30T05:00:00Z",
        "MONTHLY, 2026-10-31T22:30:00Z, 2026-11-01T05:00:00Z",
        "MONTHLY, 2026-10-31T23:30:00Z, 2026-11-01T05:00:00Z",
        "MONTHLY, 2026-11-01T05:00:00Z, 2026-12-01T05:00:00Z",
        "MONTHLY, 2026-12-31T12:00:00Z, 2027-01-01T05:00:00Z"
    })
    void comesAtSixInTheTeamsMorning(Rhythm rhythm, Instant after, Instant next) {
        assertThat(rhythm.dayAfter(after, BERLIN).map(day -> Rhythm.morning(day, BERLIN)))
                .contains(next);
    }

    @Test
    void isAboutTheTimeBefore() {
        LocalDate monday = LocalDate.of(2026, 11, 30);

        assertThat(Rhythm.DAILY.period(monday)).isEqualTo(new Span.Days(monday.minusDays(1), monday));
        assertThat(Rhythm.WEEKLY.period(monday)).isEqualTo(new Span.Days(monday.minusDays(7), monday));
        assertThat(Rhythm.MONTHLY.period(LocalDate.of(2027, 1, 1)))
                .isEqualTo(new Span.Days(LocalDate.of(2026, 12, 1), LocalDate.of(2027, 1, 1)));
        assertThat(Rhythm.NEVER.dayAfter(Instant.EPOCH, BERLIN)).isEmpty();
    }
}
