package dev.artemis.budgets;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's running day and month. Each ends at a midnight of the zone that counted when it began, so a new zone counts
 * from the next day and from the next month on. Dates only grow: where a new zone's midnight has not come yet, the new
 * period takes the next date early instead of the old date twice. A day lies within its month, whatever the zones: the
 * last day of a month ends when the month does, sooner or later than its own midnight.
 */
record Periods(Period day, Period month) {

    /**
     * A day or a month.
     *
     * @param start its date, which names it; a month's is its first day
     */
    record Period(LocalDate start, Instant startsAt, Instant endsAt) {}

    /** The periods of {@code now}, which follow those {@code before}; a clock that steps back changes nothing. */
    static Periods at(Instant now, ZoneId zone, @Nullable Periods before) {
        Period month = month(now, zone, before == null ? null : before.month);
        return new Periods(day(now, zone, month, before == null ? null : before.day), month);
    }

    Period of(LimitPeriod period) {
        return switch (period) {
            case DAILY -> day;
            case MONTHLY -> month;
        };
    }

    private static Period day(Instant now, ZoneId zone, Period month, @Nullable Period before) {
        LocalDate today = now.atZone(zone).toLocalDate();
        if (before == null) {
            return new Period(today, midnight(today, zone), midnight(today.plusDays(1), zone));
        }
        Instant ended = before.start.isBefore(month.start) ? min(before.endsAt, month.startsAt) : before.endsAt;
        if (now.isBefore(ended)) {
            return before;
        }
        LocalDate last = month.start.plusMonths(1).minusDays(1);
        LocalDate date = min(max(max(today, before.start.plusDays(1)), month.start), last);
        if (!date.isAfter(before.start)) {
            // was counted before days ended with their months: goes on until the month ends
            return new Period(before.start, before.startsAt, month.endsAt);
        }
        Instant start = date.isAfter(today) ? ended : max(midnight(date, zone), ended);
        Instant end = date.equals(last) ? month.endsAt : min(midnight(date.plusDays(1), zone), month.endsAt);
        return new Period(date, max(start, month.startsAt), end);
    }

    private static Period month(Instant now, ZoneId zone, @Nullable Period before) {
        LocalDate first = now.atZone(zone).toLocalDate().withDayOfMonth(1);
        if (before == null) {
            return new Period(first, midnight(first, zone), midnight(first.plusMonths(1), zone));
        }
        if (now.isBefore(before.endsAt)) {
            return before;
        }
        boolean early = !first.isAfter(before.start);
        LocalDate date = early ? before.start.plusMonths(1) : first;
        Instant start = early ? before.endsAt : max(midnight(date, zone), before.endsAt);
        return new Period(date, start, midnight(date.plusMonths(1), zone));
    }

    /** Midnight, or what follows it where daylight saving skips it. */
    private static Instant midnight(LocalDate date, ZoneId zone) {
        return date.atStartOfDay(zone).toInstant();
    }

    private static <T extends Comparable<? super T>> T min(T one, T other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static <T extends Comparable<? super T>> T max(T one, T other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
