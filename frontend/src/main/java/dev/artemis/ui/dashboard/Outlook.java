package dev.artemis.ui.dashboard;

import dev.artemis.budgets.BudgetStatus;
import dev.artemis.shared.Usd;
import java.math.RoundingMode;
import java.time.LocalDate;

/** When a month's limit will be reached if every day costs what days cost lately. */
sealed interface Outlook {

    /** It is reached already; since when, is another matter. */
    record Reached() implements Outlook {}

    /** It will be, on that day of this month, today included. */
    record On(LocalDate day) implements Outlook {}

    /** The month ends before, or nothing is spent. */
    record Kept() implements Outlook {}

    /** Whether what is spent and reserved leaves nothing of a window's limit; an unlimited one is never used up. */
    static boolean isUsedUp(BudgetStatus.Window window) {
        return window.limit() != null && window.spent().plus(window.reserved()).compareTo(window.limit()) >= 0;
    }

    /**
     * What is to be expected.
     *
     * @param used spent and reserved this month
     * @param perDay what a day costs lately
     * @param spentToday counts as a part of today's cost
     */
    static Outlook of(LocalDate today, Usd limit, Usd used, Usd perDay, Usd spentToday) {
        if (used.compareTo(limit) >= 0) {
            return new Reached();
        }
        if (perDay.isZero() || perDay.isNegative()) {
            return new Kept();
        }
        Usd restOfToday = perDay.minus(spentToday).max(Usd.ZERO);
        Usd left = limit.minus(used).minus(restOfToday);
        long days = left.isNegative() || left.isZero()
                ? 0
                : left.amount().divide(perDay.amount(), 0, RoundingMode.CEILING).longValueExact();
        LocalDate last = today.withDayOfMonth(today.lengthOfMonth());
        return days > last.toEpochDay() - today.toEpochDay() ? new Kept() : new On(today.plusDays(days));
    }
}
