package dev.artemis.ui.costs;

import dev.artemis.budgets.BudgetStatus;
import dev.artemis.budgets.LimitPeriod;
import dev.artemis.reports.Dimension;
import dev.artemis.reports.Span;
import dev.artemis.shared.Years;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whole days of a team's zone.
 *
 * @param from the first day
 * @param to the day after the last
 */
public record CostPeriod(LocalDate from, LocalDate to) {

    /** Above this a chart shows months. */
    private static final long MOST_DAYS = 93;

    private static final long LONGEST_DAYS = 3_700;

    public CostPeriod {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("a period has at least one day");
        }
    }

    /** Whether it is one that somebody may ask for: at least a day, at most ten years, none that the API would refuse. */
    static boolean isOne(LocalDate from, LocalDate to) {
        return from.isBefore(to)
                && Years.has(from)
                && Years.has(to)
                && ChronoUnit.DAYS.between(from, to) <= LONGEST_DAYS;
    }

    /** The month of that day, up to its end. */
    public static CostPeriod monthOf(LocalDate day) {
        return new CostPeriod(day.withDayOfMonth(1), day.withDayOfMonth(1).plusMonths(1));
    }

    /** So many days, of which the given one is the last. */
    public static CostPeriod lastDays(int days, LocalDate today) {
        return new CostPeriod(today.minusDays(days - 1L), today.plusDays(1));
    }

    /** The team's day or month that a budget counts by, in which that day lies. */
    public static CostPeriod of(LimitPeriod period, LocalDate day) {
        return switch (period) {
            case DAILY -> lastDays(1, day);
            case MONTHLY -> monthOf(day);
        };
    }

    /** That of a budget's window, in whatever zone it was opened. */
    public static CostPeriod of(BudgetStatus.Window window) {
        return of(window.period(), window.startsOn());
    }

    /** For an address. */
    public String query() {
        return "from=" + from + "&to=" + to;
    }

    /** The twelve months of which the given day's is the last. */
    public static CostPeriod lastYear(LocalDate today) {
        LocalDate end = today.withDayOfMonth(1).plusMonths(1);
        return new CostPeriod(end.minusMonths(12), end);
    }

    public Span.Days span() {
        return new Span.Days(from, to);
    }

    /** The stretch of the same length before; for a whole month the month before. */
    public CostPeriod before() {
        return of(span().before());
    }

    /** What this is compared with, as everywhere. See ADR-0052. */
    CostPeriod earlier(LocalDate today) {
        return of(span().earlier(today));
    }

    private static CostPeriod of(Span.Days days) {
        return new CostPeriod(days.from(), days.to());
    }

    /** The days that two have in common; empty for none. */
    Optional<CostPeriod> within(CostPeriod other) {
        LocalDate first = from.isAfter(other.from) ? from : other.from;
        LocalDate end = to.isBefore(other.to) ? to : other.to;
        return first.isBefore(end) ? Optional.of(new CostPeriod(first, end)) : Optional.empty();
    }

    /** The day or month that a breakdown calls so, such as 2026-11-26 or 2026-11. */
    static CostPeriod named(Dimension grain, String key) {
        return grain == Dimension.MONTH ? monthOf(YearMonth.parse(key).atDay(1)) : lastDays(1, LocalDate.parse(key));
    }

    /** The day, or month, that stands at that place of a chart over it; empty for none. */
    public Optional<CostPeriod> at(int place) {
        if (place < 0 || place >= keys().size()) {
            return Optional.empty();
        }
        return Optional.of(named(grain(), keys().get(place)));
    }

    /** By what a chart over it goes: days, or months where it is long. */
    public Dimension grain() {
        return days() > MOST_DAYS ? Dimension.MONTH : Dimension.DAY;
    }

    /** All days or months in it, as breakdowns name them. */
    List<String> keys() {
        if (grain() == Dimension.DAY) {
            return from.datesUntil(to).map(LocalDate::toString).toList();
        }
        return Stream.iterate(YearMonth.from(from), month -> month.atDay(1).isBefore(to), month -> month.plusMonths(1))
                .map(YearMonth::toString)
                .toList();
    }

    private long days() {
        return ChronoUnit.DAYS.between(from, to);
    }
}
