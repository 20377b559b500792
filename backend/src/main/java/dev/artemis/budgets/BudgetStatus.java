package dev.artemis.budgets;

import dev.artemis.shared.Usd;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the windows of some levels stand now: each level by day and by month, whether limited or not.
 *
 * @param windows tenant before project before key, day before month
 */
public record BudgetStatus(List<Window> windows) {

    public BudgetStatus {
        windows = List.copyOf(windows);
    }

    /**
     * One level's day or month. Amounts in US dollars.
     *
     * @param limit null: unlimited
     * @param remaining limit less spent less reserved; null where unlimited
     * @param startsOn its day, or the first of its month
     * @param resetsAt when the day or month ends
     */
    public record Window(
            LimitScope scope,
            LimitPeriod period,
            LocalDate startsOn,
            @Nullable Usd limit,
            Usd spent,
            Usd reserved,
            @Nullable Usd remaining,
            Instant resetsAt) {}

    /**
     * The window of that scope and period.
     *
     * @throws IllegalArgumentException it was not asked for
     */
    public Window window(LimitScope scope, LimitPeriod period) {
        return windows.stream()
                .filter(window -> window.scope() == scope && window.period() == period)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No window of " + scope + " and " + period));
    }

    /** The least left of all limits of that period; null where none limits. */
    public @Nullable Usd remaining(LimitPeriod period) {
        Usd least = null;
        for (Window window : windows) {
            Usd remaining = window.remaining();
            if (window.period() == period && remaining != null) {
                least = least == null ? remaining : least.min(remaining);
            }
        }
        return least;
    }
}
