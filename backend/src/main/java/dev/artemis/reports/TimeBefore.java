package dev.artemis.reports;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What each day is held against, or each month, where lines are grouped by them: the day before it, the month before it. See
 * ADR-0058. Pure.
 *
 * @param span the days before
 * @param by what the lines are grouped by
 * @param month under which their costs stand; of days, each stands under the one that follows it
 */
record TimeBefore(Span.Days span, List<Dimension> by, YearMonth month) {

    static boolean isAsked(List<Dimension> by) {
        return by.contains(Dimension.DAY) || by.contains(Dimension.MONTH);
    }

    /**
     * All that is held against a span; days and months that have not begun are held against nothing yet.
     *
     * @param today in the team's zone
     */
    static List<TimeBefore> of(Span.Days span, List<Dimension> by, LocalDate today) {
        List<TimeBefore> all = new ArrayList<>();
        LocalDate end = span.to().isAfter(today) ? today.plusDays(1) : span.to();
        if (!end.isAfter(span.from())) {
            return all;
        }
        if (by.contains(Dimension.DAY)) {
            var days = new Span.Days(span.from().minusDays(1), end.minusDays(1));
            return List.of(new TimeBefore(days, by, YearMonth.from(span.from())));
        }
        YearMonth last = YearMonth.from(end.minusDays(1));
        for (YearMonth month = YearMonth.from(span.from()); !month.isAfter(last); month = month.plusMonths(1)) {
            LocalDate from = later(span.from(), month.atDay(1));
            LocalDate to = earlier(span.to(), month.plusMonths(1).atDay(1));
            all.add(new TimeBefore(monthBefore(new Span.Days(from, to), today), by, month));
        }
        return all;
    }

    /** The same days of the month before: all of it for a whole month, and up to today's for one that runs, as in ADR-0052. */
    private static Span.Days monthBefore(Span.Days days, LocalDate today) {
        LocalDate last = days.to().minusDays(1);
        LocalDate to = days.to().getDayOfMonth() == 1 && !today.isBefore(last)
                ? days.to().minusMonths(1)
                : earlier(last, today).minusMonths(1).plusDays(1);
        return new Span.Days(days.from().minusMonths(1), to);
    }

    /** The group that these costs stand under. */
    Map<Dimension, String> under(CostLine before) {
        Map<Dimension, String> group = new LinkedHashMap<>(before.group());
        if (by.contains(Dimension.DAY)) {
            LocalDate day = LocalDate.parse(Objects.requireNonNull(group.get(Dimension.DAY)))
                    .plusDays(1);
            group.put(Dimension.DAY, day.toString());
            group.computeIfPresent(
                    Dimension.MONTH, (same, of) -> YearMonth.from(day).toString());
        } else {
            group.put(Dimension.MONTH, month.toString());
        }
        return group;
    }

    private static LocalDate earlier(LocalDate one, LocalDate other) {
        return one.isBefore(other) ? one : other;
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }
}
