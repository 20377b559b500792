package dev.artemis.budgets;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeriodsTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
    private static final ZoneId HAVANA = ZoneId.of("America/Havana");
    private static final ZoneId LOS_ANGELES = ZoneId.of("America/Los_Angeles");
    private static final List<ZoneId> ZONES = Stream.of(
                    "Pacific/Kiritimati",
                    "Pacific/Pago_Pago",
                    "Asia/Tokyo",
                    "America/Los_Angeles",
                    "Europe/Berlin",
                    "America/Havana",
                    "Australia/Lord_Howe",
                    "Asia/Kathmandu")
            .map(ZoneId::of)
            .toList();
    private static final int STEPS = 30_000;

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

    @Test
    void theLastDayOfAMonthEndsWithItWhenTheZoneMovedWest() {
        Periods tokyo = Periods.at(Instant.parse("2026-11-15T12:00:00Z"), TOKYO, null);

        Periods last = Periods.at(Instant.parse("2026-11-30T14:59:59Z"), LOS_ANGELES, tokyo);
        Periods first = Periods.at(Instant.parse("2026-11-30T15:00:00Z"), LOS_ANGELES, last);

        assertThat(last.day())
                .isEqualTo(new Periods.Period(
                        LocalDate.parse("2026-11-30"),
                        Instant.parse("2026-11-30T08:00:00Z"),
                        Instant.parse("2026-11-30T15:00:00Z")));
        assertThat(first.month().start()).isEqualTo("2026-12-01");
        assertThat(first.day())
                .isEqualTo(new Periods.Period(
                        LocalDate.parse("2026-12-01"),
                        Instant.parse("2026-11-30T15:00:00Z"),
                        Instant.parse("2026-12-02T08:00:00Z")));
    }

    @Test
    void theLastDayOfAMonthEndsWithItWhenTheZoneMovedEast() {
        Periods berlin = Periods.at(Instant.parse("2026-11-15T12:00:00Z"), BERLIN, null);

        Periods last = Periods.at(Instant.parse("2026-11-30T22:59:59Z"), TOKYO, berlin);
        Periods first = Periods.at(Instant.parse("2026-11-30T23:00:00Z"), TOKYO, last);

        assertThat(last.month().start()).isEqualTo("2026-11-01");
        assertThat(last.day())
                .isEqualTo(new Periods.Period(
                        LocalDate.parse("2026-11-30"),
                        Instant.parse("2026-11-29T15:00:00Z"),
                        Instant.parse("2026-11-30T23:00:00Z")));
        assertThat(first.day())
                .isEqualTo(new Periods.Period(
                        LocalDate.parse("2026-12-01"),
                        Instant.parse("2026-11-30T23:00:00Z"),
                        Instant.parse("2026-12-01T15:00:00Z")));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whateverZonesFollowADayLiesWithinItsMonthAndNoDateComesTwice(long seed) {
        Random random = new Random(seed);
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        ZoneId zone = ZONES.getFirst();
        Periods periods = Periods.at(now, zone, null);
        Set<LocalDate> days = new HashSet<>(Set.of(periods.day().start()));
        Set<LocalDate> months = new HashSet<>(Set.of(periods.month().start()));

        for (int step = 0; step < STEPS; step++) {
            now = now.plus(
                    random.nextInt(50) == 0
                            ? Duration.ofDays(random.nextInt(50))
                            : Duration.ofMinutes(random.nextInt(1_800)));
            zone = random.nextInt(4) == 0 ? ZONES.get(random.nextInt(ZONES.size())) : zone;
            Periods next = Periods.at(now, zone, periods);
            String seen = periods + " then at " + now + " in " + zone + " " + next;

            assertHolds(next.day(), now, seen);
            assertHolds(next.month(), now, seen);
            if (!next.day().start().withDayOfMonth(1).equals(next.month().start())
                    || next.day().startsAt().isBefore(next.month().startsAt())
                    || next.day().endsAt().isAfter(next.month().endsAt())) {
                throw new AssertionError("A day outside of its month: " + seen);
            }
            assertFollows(next.day(), periods.day(), days, seen);
            assertFollows(next.month(), periods.month(), months, seen);
            periods = next;
        }

        assertThat(days).hasSizeGreaterThan(STEPS / 10);
    }

    private static void assertHolds(Periods.Period period, Instant now, String seen) {
        if (now.isBefore(period.startsAt()) || !now.isBefore(period.endsAt())) {
            throw new AssertionError("Now is not within " + period + ": " + seen);
        }
    }

    private static void assertFollows(Periods.Period next, Periods.Period before, Set<LocalDate> dates, String seen) {
        if (next.equals(before)) {
            return;
        }
        if (!next.start().isAfter(before.start())
                || next.startsAt().isBefore(before.endsAt())
                || !dates.add(next.start())) {
            throw new AssertionError("A date twice, or two at once: " + seen);
        }
    }

    /** Tills that were written when a day could outlive its month, or begin before it. */
    @Test
    void aDayThatWasCountedOutsideOfItsMonthComesBackIntoIt() {
        var november = new Periods.Period(
                LocalDate.parse("2026-11-01"),
                Instant.parse("2026-10-31T23:00:00Z"),
                Instant.parse("2026-11-30T23:00:00Z"));
        var december = new Periods.Period(
                LocalDate.parse("2026-12-01"),
                Instant.parse("2026-11-30T15:00:00Z"),
                Instant.parse("2027-01-01T08:00:00Z"));
        var outlived = new Periods.Period(
                LocalDate.parse("2026-11-30"),
                Instant.parse("2026-11-30T08:00:00Z"),
                Instant.parse("2026-12-01T08:00:00Z"));
        var tooShort = new Periods.Period(
                LocalDate.parse("2026-11-30"),
                Instant.parse("2026-11-29T15:00:00Z"),
                Instant.parse("2026-11-30T15:00:00Z"));

        assertThat(Periods.at(Instant.parse("2026-11-30T20:00:00Z"), LOS_ANGELES, new Periods(outlived, december))
                        .day())
                .isEqualTo(new Periods.Period(
                        LocalDate.parse("2026-12-01"),
                        Instant.parse("2026-11-30T15:00:00Z"),
                        Instant.parse("2026-12-02T08:00:00Z")));
        assertThat(Periods.at(Instant.parse("2026-11-30T20:00:00Z"), TOKYO, new Periods(tooShort, november))
                        .day())
                .isEqualTo(new Periods.Period(tooShort.start(), tooShort.startsAt(), november.endsAt()));
    }

    private static Duration length(Periods.Period period) {
        return Duration.between(period.startsAt(), period.endsAt());
    }
}
