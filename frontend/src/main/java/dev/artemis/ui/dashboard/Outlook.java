package dev.artemis.ui.dashboard;

import dev.artemis.shared.Usd;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Optional;

/** When a month's limit will be reached if every day costs what days cost lately. */
final class Outlook {

    private Outlook() {}

    /**
     * The day on which it is reached, today included; empty where the month ends before, or nothing is spent.
     *
     * @param used spent and reserved this month
     * @param perDay what a day costs lately
     * @param spentToday counts as a part of today's cost
     */
    static Optional<LocalDate> reached(LocalDate today, Usd limit, Usd used, Usd perDay, Usd spentToday) {
        if (used.compareTo(limit) >= 0) {
            return Optional.of(today);
        }
        if (perDay.isZero() || perDay.isNegative()) {
            return Optional.empty();
        }
        Usd restOfToday = perDay.minus(spentToday).max(Usd.ZERO);
        Usd left = limit.minus(used).minus(restOfToday);
        long days = left.isNegative() || left.isZero()
                ? 0
                : left.amount().divide(perDay.amount(), 0, RoundingMode.CEILING).longValueExact();
        LocalDate last = today.withDayOfMonth(today.lengthOfMonth());
        return days > last.toEpochDay() - today.toEpochDay() ? Optional.empty() : Optional.of(today.plusDays(days));
    }
}
