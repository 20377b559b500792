package dev.artemis.schedules;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.artemis.reports.Span;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Optional;

/** How often a report is sent, at six in the morning of the team's zone, and for which days. */
public enum Rhythm {
    /** On the page only; of the month so far. */
    NEVER,
    /** Each day, of the day before. */
    DAILY,
    /** On Mondays, of the week before. */
    WEEKLY,
    /** On the first of a month, of the month before. */
    MONTHLY;

    private static final LocalTime MORNING = LocalTime.of(6, 0);

    /**
     * Reads the API's name.
     *
     * @throws IllegalArgumentException there is none of that name
     */
    @JsonCreator
    public static Rhythm of(String name) {
        for (Rhythm rhythm : values()) {
            if (rhythm.toString().equals(name)) {
                return rhythm;
            }
        }
        throw new IllegalArgumentException("one of never, daily, weekly, monthly");
    }

    /** The first day whose morning is after a moment; empty for {@link #NEVER}. */
    Optional<LocalDate> dayAfter(Instant moment, ZoneId zone) {
        LocalDate day = moment.atZone(zone).toLocalDate();
        return switch (this) {
            case NEVER -> Optional.empty();
            case DAILY, WEEKLY, MONTHLY -> {
                LocalDate candidate = onOrAfter(day);
                yield Optional.of(morning(candidate, zone).isAfter(moment) ? candidate : dayAfter(day));
            }
        };
    }

    /** The day after one of its days. */
    LocalDate dayAfter(LocalDate day) {
        return onOrAfter(day.plusDays(1));
    }

    /** When it is sent on a day. */
    static Instant morning(LocalDate day, ZoneId zone) {
        return day.atTime(MORNING).atZone(zone).toInstant();
    }

    /** The days that a report of that day is about. */
    public Span.Days period(LocalDate day) {
        return switch (this) {
            case NEVER ->
                new Span.Days(day.withDayOfMonth(1), day.withDayOfMonth(1).plusMonths(1));
            case DAILY -> new Span.Days(day.minusDays(1), day);
            case WEEKLY -> {
                LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                yield new Span.Days(monday.minusWeeks(1), monday);
            }
            case MONTHLY -> new Span.Days(day.withDayOfMonth(1).minusMonths(1), day.withDayOfMonth(1));
        };
    }

    private LocalDate onOrAfter(LocalDate day) {
        return switch (this) {
            case NEVER, DAILY -> day;
            case WEEKLY -> day.with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY));
            case MONTHLY -> day.getDayOfMonth() == 1 ? day : day.with(TemporalAdjusters.firstDayOfNextMonth());
        };
    }

    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
