package dev.artemis.budgets;

import dev.artemis.shared.Usd;
import java.time.Instant;

/**
 * Where one limit stands. Amounts in US dollars.
 *
 * @param used spent, without what is reserved
 * @param remaining limit less used less reserved; negative when truth-telling writes went above it
 * @param resetsAt when the day or month ends
 */
public record LimitState(
        LimitScope scope, LimitPeriod period, Usd limit, Usd used, Usd reserved, Usd remaining, Instant resetsAt) {}
