package dev.artemis.budgets;

import dev.artemis.shared.Usd;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A level's limits and where its windows stand, as the API shows them at every level. Amounts in US dollars; null is
 * unlimited.
 */
public record BudgetDocument(
        @Nullable Usd dailyLimit,
        @Nullable Usd monthlyLimit,
        List<BigDecimal> alertThresholds,
        List<BudgetStatus.Window> windows) {

    /** Of one level of those that the status is about. */
    public static BudgetDocument of(Limits limits, BudgetStatus status, LimitScope scope) {
        return new BudgetDocument(
                limits.daily(),
                limits.monthly(),
                limits.alertThresholds(),
                status.windows().stream()
                        .filter(window -> window.scope() == scope)
                        .toList());
    }

    /** Limits as somebody asks for them; without thresholds the usual ones. */
    public record Wanted(
            @Nullable Usd dailyLimit,
            @Nullable Usd monthlyLimit,
            @Nullable List<BigDecimal> alertThresholds) {

        static Wanted of(Limits limits) {
            return new Wanted(limits.daily(), limits.monthly(), limits.alertThresholds());
        }

        /** @throws dev.artemis.shared.Problem 422 naming the field */
        public Limits limits() {
            return new Limits(
                    dailyLimit, monthlyLimit, alertThresholds == null ? Limits.DEFAULT_THRESHOLDS : alertThresholds);
        }
    }

    /** One change of the limits: by whom, from what, to what. */
    public record Changed(Instant at, String actor, Wanted before, Wanted after) {

        /** As the history has it. */
        public static Changed of(LimitChange change) {
            return new Changed(change.at(), change.actor(), Wanted.of(change.before()), Wanted.of(change.after()));
        }
    }

    /**
     * What limits would have done to the month before.
     *
     * @param charged calls and runs of that month
     * @param refused how many of them these limits would have refused
     * @param refusedCost what those cost
     * @param days on how many days that would have happened
     */
    public record Preview(YearMonth month, long charged, long refused, Usd refusedCost, int days) {

        /** As the replay has it. */
        public static Preview of(LimitPreview preview) {
            return new Preview(preview.month(), preview.of(), preview.refused(), preview.refusedCost(), preview.days());
        }
    }
}
