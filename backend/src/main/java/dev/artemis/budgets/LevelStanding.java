package dev.artemis.budgets;

/**
 * Where a level stands.
 *
 * @param status its windows, after those of the tenant
 * @param limits {@link Limits#NONE} where none were set
 */
public record LevelStanding(BudgetStatus status, Limits limits) {}
