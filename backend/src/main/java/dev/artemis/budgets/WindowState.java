package dev.artemis.budgets;

import dev.artemis.shared.Usd;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One window while its till is locked: what the database says, and what this batch changes. Amounts in US dollars. */
final class WindowState {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final WindowKey key;
    private final Instant startsAt;
    private final Instant endsAt;
    private final boolean fresh;
    private final @Nullable BigDecimal limit;
    private final List<BigDecimal> thresholds;
    private final TreeSet<BigDecimal> alerted;
    private BigDecimal spent;
    private BigDecimal reserved;
    private boolean changed;

    /** A window as it was read. */
    WindowState(WindowRow row, Limits limits) {
        this(row.key(), row.startsAt(), row.endsAt(), limits, row.spent(), row.reserved(), row.alerted(), false);
    }

    /** The first of its period. */
    static WindowState fresh(WindowKey key, Periods.Period period, Limits limits) {
        return new WindowState(
                key, period.startsAt(), period.endsAt(), limits, BigDecimal.ZERO, BigDecimal.ZERO, List.of(), true);
    }

    private WindowState(
            WindowKey key,
            Instant startsAt,
            Instant endsAt,
            Limits limits,
            BigDecimal spent,
            BigDecimal reserved,
            Collection<BigDecimal> alerted,
            boolean fresh) {
        Usd allowed = limits.of(key.period());
        this.key = key;
        this.startsAt = startsAt;
        this.endsAt = endsAt;
        this.limit = allowed == null ? null : allowed.amount();
        this.thresholds = limits.alertThresholds();
        this.spent = spent;
        this.reserved = reserved;
        this.alerted = new TreeSet<>(alerted);
        this.fresh = fresh;
    }

    /** Whether an enforced admission of that amount must be refused. A limit of 0 blocks even what costs nothing. */
    boolean refuses(BigDecimal amount) {
        return limit != null
                && (limit.signum() == 0 || spent.add(reserved).add(amount).compareTo(limit) > 0);
    }

    boolean isOver() {
        return limit != null && spent.add(reserved).compareTo(limit) > 0;
    }

    void spend(BigDecimal amount) {
        spent = spent.add(amount);
        changed = true;
    }

    void reserve(BigDecimal amount) {
        reserved = reserved.add(amount);
        changed = true;
    }

    void free(BigDecimal amount) {
        reserved = reserved.subtract(amount);
        changed = true;
    }

    /**
     * Thresholds that are reached and were not told before; they count as told from now on. Of a limit of 0 all are reached
     * as soon as anything is spent.
     */
    List<AlertRaised> newAlerts() {
        if (limit == null || spent.signum() <= 0 || thresholds.isEmpty()) {
            return List.of();
        }
        List<AlertRaised> raised = List.of();
        for (BigDecimal threshold : thresholds) {
            boolean reached = spent.multiply(HUNDRED).compareTo(limit.multiply(threshold)) >= 0;
            if (reached && alerted.add(threshold)) {
                changed = true;
                raised = raised.isEmpty() ? new ArrayList<>() : raised;
                raised.add(new AlertRaised(key.scope(), key.period(), threshold, spent(), new Usd(limit)));
            }
        }
        return raised;
    }

    /** Its limit and where it stands; null when it has none. */
    @Nullable LimitState limitState() {
        if (limit == null) {
            return null;
        }
        return new LimitState(
                key.scope(),
                key.period(),
                new Usd(limit),
                spent(),
                new Usd(reserved),
                new Usd(limit.subtract(spent).subtract(reserved)),
                endsAt);
    }

    BudgetStatus.Window status() {
        return new BudgetStatus.Window(
                key.scope(),
                key.period(),
                key.start(),
                limit == null ? null : new Usd(limit),
                spent(),
                new Usd(reserved),
                limit == null ? null : new Usd(limit.subtract(spent).subtract(reserved)),
                endsAt);
    }

    WindowKey key() {
        return key;
    }

    Usd spent() {
        return new Usd(spent);
    }

    boolean isFresh() {
        return fresh;
    }

    boolean isChanged() {
        return changed;
    }

    WindowRow row() {
        return new WindowRow(key, startsAt, endsAt, spent, reserved, List.copyOf(alerted));
    }
}
