package dev.artemis.reports;

import java.time.Instant;
import java.time.LocalDate;

/** From when to when: {@code from} inclusive, {@code to} exclusive. */
public sealed interface Span {

    /** Whole days of the tenant's time zone, answered from roll-ups. */
    record Days(LocalDate from, LocalDate to) implements Span {}

    /** A stretch that does not begin or end at midnight: its entries are read one by one. */
    record Stretch(Instant from, Instant to) implements Span {}
}
