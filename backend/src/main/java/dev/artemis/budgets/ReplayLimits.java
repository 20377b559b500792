package dev.artemis.budgets;

import dev.artemis.shared.Usd;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Spends a month's money once more, in the same order, under other limits: what does not fit is refused, and not spent. */
final class ReplayLimits {

    private final YearMonth month;
    private final Limits limits;
    private final Set<LocalDate> days = new HashSet<>();
    private @Nullable LocalDate day;
    private Usd spentThatDay = Usd.ZERO;
    private Usd spent = Usd.ZERO;
    private Usd refusedCost = Usd.ZERO;
    private long refused;
    private long of;

    ReplayLimits(YearMonth month, Limits limits) {
        this.month = month;
        this.limits = limits;
    }

    /** The next that was charged. */
    void spend(LocalDate on, Usd cost) {
        if (!on.equals(day)) {
            day = on;
            spentThatDay = Usd.ZERO;
        }
        of++;
        if (fits(spentThatDay.plus(cost), limits.daily()) && fits(spent.plus(cost), limits.monthly())) {
            spentThatDay = spentThatDay.plus(cost);
            spent = spent.plus(cost);
        } else {
            refused++;
            refusedCost = refusedCost.plus(cost);
            days.add(on);
        }
    }

    LimitPreview result() {
        return new LimitPreview(month, of, refused, refusedCost, days.size());
    }

    private static boolean fits(Usd sum, @Nullable Usd limit) {
        return limit == null || sum.compareTo(limit) <= 0;
    }
}
