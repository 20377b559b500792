package dev.artemis.shared;

import java.time.LocalDate;

/** The years that a day, a month or a span may be of: before them nobody counted money by machine, behind them years are no longer four digits. */
public final class Years {

    /** The first. */
    public static final int FIRST = 1970;

    /** The last. */
    public static final int LAST = 9999;

    /** What may be given, as it is told to whoever gave another one. */
    public static final String ALLOWED = "a year from " + FIRST + " to " + LAST;

    private Years() {}

    /** Whether a year is one of them. */
    public static boolean has(int year) {
        return year >= FIRST && year <= LAST;
    }

    /** Whether a day is in one of them. */
    public static boolean has(LocalDate day) {
        return has(day.getYear());
    }
}
