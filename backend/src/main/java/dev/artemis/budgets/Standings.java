package dev.artemis.budgets;

import dev.artemis.ledger.Payer;
import dev.artemis.shared.Usd;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a project and the limits that apply to a payer stand. */
final class Standings {

    private Standings() {}

    static Admission.Standing of(OpenTill till, Payer payer) {
        List<WindowState> windows = till.current(payer);
        List<LimitState> limits = new ArrayList<>(windows.size());
        Usd dailyUsage = Usd.ZERO;
        Usd monthlyUsage = Usd.ZERO;
        Usd dailyRemaining = null;
        Usd monthlyRemaining = null;
        for (WindowState window : windows) {
            LimitState limit = window.limitState();
            if (limit != null) {
                limits.add(limit);
            }
            boolean isProject = window.key().scope() == LimitScope.PROJECT;
            switch (window.key().period()) {
                case DAILY -> {
                    dailyUsage = isProject ? window.spent() : dailyUsage;
                    dailyRemaining = least(dailyRemaining, limit);
                }
                case MONTHLY -> {
                    monthlyUsage = isProject ? window.spent() : monthlyUsage;
                    monthlyRemaining = least(monthlyRemaining, limit);
                }
            }
        }
        return new Admission.Standing(dailyUsage, monthlyUsage, dailyRemaining, monthlyRemaining, limits);
    }

    private static @Nullable Usd least(@Nullable Usd one, @Nullable LimitState other) {
        if (other == null) {
            return one;
        }
        return one == null ? other.remaining() : one.min(other.remaining());
    }
}
