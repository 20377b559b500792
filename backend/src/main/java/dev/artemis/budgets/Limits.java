package dev.artemis.budgets;

import dev.artemis.shared.Problem;
import dev.artemis.shared.Usd;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The limits of one level, in US dollars. Null is unlimited, 0 blocks.
 *
 * @param daily for one day of the tenant's time zone
 * @param monthly for one month of it
 * @param alertThresholds percentages of a limit at which to tell, each above 0 and at most 1000, ascending, at most 20
 */
public record Limits(@Nullable Usd daily, @Nullable Usd monthly, List<BigDecimal> alertThresholds) {

    // before NONE, whose constructor needs them
    private static final Usd MAX = Usd.of("1000000000000");
    private static final BigDecimal MAX_THRESHOLD = BigDecimal.valueOf(1000);

    /** Where nobody named any: 80 %. */
    public static final List<BigDecimal> DEFAULT_THRESHOLDS = List.of(BigDecimal.valueOf(80));

    /** Unlimited. */
    public static final Limits NONE = new Limits(null, null, DEFAULT_THRESHOLDS);

    /**
     * Checks and orders.
     *
     * @throws Problem 422 naming the field
     */
    public Limits {
        List<Problem.FieldFault> faults = new ArrayList<>();
        check(faults, "daily_limit", daily);
        check(faults, "monthly_limit", monthly);
        alertThresholds = alertThresholds.stream()
                .map(threshold -> threshold.signum() == 0 ? BigDecimal.ZERO : threshold.stripTrailingZeros())
                .sorted()
                .distinct()
                .toList();
        if (alertThresholds.size() > 20
                || alertThresholds.stream()
                        .anyMatch(it -> it.signum() <= 0 || it.compareTo(MAX_THRESHOLD) > 0 || it.scale() > 4)) {
            faults.add(new Problem.FieldFault(
                    "alert_thresholds", "at most 20 percentages above 0, at most 1000, with at most 4 places"));
        }
        if (!faults.isEmpty()) {
            throw Problem.notAllowed(faults);
        }
    }

    /** Limits with the default threshold. */
    public static Limits of(@Nullable Usd daily, @Nullable Usd monthly) {
        return new Limits(daily, monthly, DEFAULT_THRESHOLDS);
    }

    @Nullable Usd of(LimitPeriod period) {
        return switch (period) {
            case DAILY -> daily;
            case MONTHLY -> monthly;
        };
    }

    private static void check(Collection<Problem.FieldFault> faults, String field, @Nullable Usd limit) {
        if (limit != null && (limit.isNegative() || limit.compareTo(MAX) > 0)) {
            faults.add(new Problem.FieldFault(field, "0 to " + MAX + " US dollars, or null for no limit"));
        }
    }
}
