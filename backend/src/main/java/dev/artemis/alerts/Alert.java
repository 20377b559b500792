package dev.artemis.alerts;

import dev.artemis.budgets.LimitPeriod;
import dev.artemis.budgets.LimitScope;
import dev.artemis.shared.Usd;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * A threshold that was reached. Amounts in US dollars.
 *
 * @param level the tenant's, project's or key's id
 * @param periodStart the day, or the first day of the month
 * @param threshold per cent of the limit
 */
public record Alert(
        UUID id,
        LimitScope scope,
        UUID level,
        LimitPeriod period,
        LocalDate periodStart,
        BigDecimal threshold,
        Usd used,
        Usd limit,
        Instant raisedAt) {}
