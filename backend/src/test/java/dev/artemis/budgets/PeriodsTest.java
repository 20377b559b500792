package dev.artemis.budgets;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class PeriodsTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
    private static final ZoneId HAVANA = ZoneId.of("America/Havana");

    @Test
    void aDayIsThatOfTheTenantsZone() {
        Periods periods = Periods.at(Instant.parse("2026-11-22T15:00:00Z"), TOKYO, null);

        assertThat(periods.day())
                .isEqualTo(new Periods.Period(
                        LocalDate.parse("2026-11-23"),
                        Instant.parse("2026-11-22T15:00:00Z"),
                        Instant.parse("2026-11-23T15:00:00Z")));
        assertThat(periods.month().startsAt()).isEqualTo("2026-10-31T15:00:00Z");
        assertThat(periods.month().endsAt()).isEqualTo("2026-11-30T15:00:00Z");
    }

    @Test
    void aDayHas23HoursInSpringAnd25InAutumn() {
        assertThat(length(Periods.at(Instant.parse("2026-03-29T10:00:00Z"), BERLIN, null)
                        .day()))
                .isEqualTo(Duration.ofHours(23));
        assertThat(length(Periods.at(Instant.parse("2026-10-25T10:00:00Z"), BERLIN, null)
                        .day()))
                .isEqualTo(Duration.ofHours(25));
    }

    @Test
    void aDayWhoseMidnightIsSkippedBeginsAtOne() {
        Periods.Period day =
                Periods.at(Instant.parse("2026-03-08T12:00:00Z"), HAVANA, null).day();

        assertThat(day.start()).isEqualTo("2026-03-08");
        assertThat(day.startsAt()).isEqualTo("2026-03-08T05:00:00Z");
        assertThat(length(day)).isEqualTo(Duration.ofHours(23));
    }

    @Test
    void theYearsLastInstantBelongsToTheOldDayMonthAndYear() {
        Periods old = Periods.at(Instant.parse("2026-12-31T22:59:59.999999Z"), BERLIN, null);
        Periods fresh = Periods.at(Instant.parse("2026-12-31T23:00:00Z"), BERLIN, old);

        assertThat(old.day().start()).isEqualTo("2026-12-31");
        assertThat(old.month().start()).isEqualTo("2026-12-01");
        assertThat(fresh.day().start()).isEqualTo("2027-01-01");
        assertThat(fresh.month().start()).isEqualTo("2027-01-01");
        assertThat(fresh.day().startsAt()).isEqualTo(old.day().endsAt());
    }

    @Test
    void aNewZoneCountsFromTheNextDayAndTheNextMonthOn() {
        Periods before = Periods.at(Instant.parse("2026-11-23T12:00:00Z"), BERLIN, null);

        Periods sameDay = Periods.at(Instant.parse("2026-11-23T22:59:59Z"), TOKYO, before);
        Periods nextDay = Periods.at(Instant.parse("2026-11-23T23:00:00Z"), TOKYO, sameDay);

        assertThat(sameDay).isEqualTo(before);
        assertThat(nextDay.day())
                .isEqualTo(new Periods.Period(
                        LocalDate.parse("2026-11-24"),
                        Instant.parse("2026-11-23T23:00:00Z"),
                        Instant.parse("2026-11-24T15:00:00Z")));
        assertThat(nextDay.month()).isEqualTo(before.month());
        assertThat(Periods.at(Instant.parse("2026-11-30T23:00:00Z"), TOKYO, nextDay)
                        .month())
                .isEqualTo(new Periods.Period(
                        LocalDate.parse("2026-12-01"),
                        Instant.parse("2026-11-30T23:00:00Z"),
                        Instant.parse("2026-12-31T15:00:00Z")));
    }

    /** Tokyo's midnight is Berlin's afternoon of the day before: that date must not come twice. */
    @Test
    void aZoneFurtherWestMakesTheNextDayLongerAndNeverRepeatsADate() {
        Periods tokyo = Periods.at(Instant.parse("2026-11-30T12:00:00Z"), TOKYO, null);
        Periods berlin = Periods.at(Instant.parse("2026-11-30T15:00:00Z"), BERLIN, tokyo);

        assertThat(tokyo.day().start()).isEqualTo("2026-11-30");
        assertThat(berlin.day())
                .isEqualTo(new Periods.Period(
                        LocalDate.parse("2026-12-01"),
                        Instant.parse("2026-11-30T15:00:00Z"),
                        Instant.parse("2026-12-01T23:00:00Z")));
        assertThat(berlin.month())
                .isEqualTo(new Periods.Period(
                        LocalDate.parse("2026-12-01"),
                        Instant.parse("2026-11-30T15:00:00Z"),
                        Instant.parse("2026-12-31T23:00:00Z")));
    }

    @Test
    void aClockThatStepsBackOpensNoOldWindow() {
        Periods today = Periods.at(Instant.parse("2026-11-23T23:30:00Z"), BERLIN, null);

        assertThat(Periods.at(Instant.parse("2026-11-23T22:30:00Z"), BERLIN, today))
                .isEqualTo(today);
    }

    private static Duration length(Periods.Period period) {
        return Duration.between(period.startsAt(), period.endsAt());
    }
}
