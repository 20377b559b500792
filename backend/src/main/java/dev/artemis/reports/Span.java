package dev.artemis.reports;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/** From when to when: {@code from} inclusive, {@code to} exclusive. */
public sealed interface Span {

    /** As long a time that ends where this begins; as many months before where these are whole months. */
    Span before();

    /**
     * What it is compared with: the time before, and of a span that runs only as long a part of it as there has been. See
     * ADR-0052.
     *
     * @param now in the tenant's zone
     */
    Span earlier(ZonedDateTime now);

    /** Whole days of the tenant's time zone, answered from roll-ups. */
    record Days(LocalDate from, LocalDate to) implements Span {

        @Override
        public Days before() {
            return from.getDayOfMonth() == 1 && to.getDayOfMonth() == 1
                    ? new Days(from.minusMonths(ChronoUnit.MONTHS.between(from, to)), from)
                    : new Days(from.minusDays(ChronoUnit.DAYS.between(from, to)), from);
        }

        @Override
        public Days earlier(ZonedDateTime now) {
            return earlier(now.toLocalDate());
        }

        /** Today counts as a day that has been: a month that runs is held against the same days of the month before. */
        public Days earlier(LocalDate today) {
            if (today.isBefore(from) || !today.plusDays(1).isBefore(to)) {
                return before();
            }
            LocalDate sameDay = from.getDayOfMonth() == 1 && to.getDayOfMonth() == 1
                    ? today.minusMonths(ChronoUnit.MONTHS.between(from, to))
                    : today.minusDays(ChronoUnit.DAYS.between(from, to));
            return new Days(before().from(), sameDay.plusDays(1));
        }
    }

    /** A stretch that does not begin or end at midnight: its entries are read one by one. */
    record Stretch(Instant from, Instant to) implements Span {

        @Override
        public Stretch before() {
            return new Stretch(from.minus(Duration.between(from, to)), from);
        }

        @Override
        public Stretch earlier(ZonedDateTime now) {
            Instant at = now.toInstant();
            return at.isAfter(from) && at.isBefore(to)
                    ? new Stretch(before().from(), at.minus(Duration.between(from, to)))
                    : before();
        }
    }
}
