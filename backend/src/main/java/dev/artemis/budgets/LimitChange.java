package dev.artemis.budgets;

import java.time.Instant;

/**
 * Limits that somebody set.
 *
 * @param actor who, by name
 */
public record LimitChange(Instant at, String actor, Limits before, Limits after) {}
