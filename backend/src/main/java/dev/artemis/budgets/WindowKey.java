package dev.artemis.budgets;

import java.time.LocalDate;
import java.util.UUID;

/**
 * Names one window of a tenant.
 *
 * @param level the tenant's, project's or key's id
 * @param start the day, or the first day of the month
 */
record WindowKey(LimitScope scope, UUID level, LimitPeriod period, LocalDate start) {}
