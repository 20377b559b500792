package dev.artemis.reports;

import dev.artemis.shared.Problem;
import dev.artemis.shared.Years;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Reads the API's {@code from} and {@code to}: a date (midnight in the tenant's zone) or a time with offset. Left out,
 * they are the bounds of the current month.
 *
 * @param zone the tenant's
 * @param now which month is current
 */
public record Spans(ZoneId zone, Instant now) {

    private static final Duration LONGEST = Duration.ofDays(3_700);

    /**
     * The span between two texts.
     *
     * @throws Problem 400: neither date nor time; 422: from is not before to, or they are more than ten years apart
     */
    public Span between(@Nullable String from, @Nullable String to) {
        LocalDate month = now.atZone(zone).toLocalDate().withDayOfMonth(1);
        ZonedDateTime start = from == null ? month.atStartOfDay(zone) : read("from", from);
        ZonedDateTime end = to == null ? month.plusMonths(1).atStartOfDay(zone) : read("to", to);
        if (!start.isBefore(end)) {
            throw Problem.notAllowed("from", "before to");
        }
        if (Duration.between(start, end).compareTo(LONGEST) > 0) {
            throw Problem.notAllowed("to", "at most ten years after from");
        }
        return isMidnight(start) && isMidnight(end)
                ? new Span.Days(start.toLocalDate(), end.toLocalDate())
                : new Span.Stretch(start.toInstant(), end.toInstant());
    }

    /** When a span begins and ends. */
    public Span.Stretch stretch(Span span) {
        return switch (span) {
            case Span.Stretch stretch -> stretch;
            case Span.Days(LocalDate from, LocalDate to) ->
                new Span.Stretch(
                        from.atStartOfDay(zone).toInstant(),
                        to.atStartOfDay(zone).toInstant());
        };
    }

    /** Daylight saving may begin a day at one o'clock. */
    private boolean isMidnight(ZonedDateTime time) {
        return time.equals(time.toLocalDate().atStartOfDay(zone));
    }

    private ZonedDateTime read(String field, String text) {
        try {
            ZonedDateTime read = text.length() == 10
                    ? LocalDate.parse(text).atTime(LocalTime.MIN).atZone(zone)
                    : OffsetDateTime.parse(text).atZoneSameInstant(zone);
            if (!Years.has(read.getYear())) {
                throw Problem.notAllowed(field, Years.ALLOWED);
            }
            return read;
        } catch (DateTimeException e) {
            throw Problem.invalidRequest(field, "a date such as 2026-11-23, or a time with offset (RFC 3339)");
        }
    }
}
