package dev.artemis.budgets;

import dev.artemis.shared.Usd;
import java.math.BigDecimal;

/**
 * A threshold was reached for the first time in its window. Amounts in US dollars.
 *
 * @param threshold per cent of the limit
 */
public record AlertRaised(LimitScope scope, LimitPeriod period, BigDecimal threshold, Usd used, Usd limit) {}
