package dev.artemis.reports;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** From when to when: {@code from} inclusive, {@code to} exclusive. */
public sealed interface Span {

    /** As long a time that ends where this begins; as many months before where these are whole months. */
    Span before();

    /** Whole days of the tenant's time zone, answered from roll-ups. */
    record Days(LocalDate from, LocalDate to) implements Span {

        @Override
        public Span before() {
            return from.getDayOfMonth() == 1 && to.getDayOfMonth() == 1
                    ? new Days(from.minusMonths(ChronoUnit.MONTHS.between(from, to)), from)
                    : new Days(from.minusDays(ChronoUnit.DAYS.between(from, to)), from);
        }
    }

    /** A stretch that does not begin or end at midnight: its entries are read one by one. */
    record Stretch(Instant from, Instant to) implements Span {

        @Override
        public Span before() {
            return new Stretch(from.minus(Duration.between(from, to)), from);
        }
    }
}
