package dev.artemis.budgets;

/**
 * Holds whose time was up gave their money back. Published once the transaction that freed them has committed, so that a
 * crash in between can leave it unsaid.
 *
 * @param count at least 1
 */
public record HoldsExpired(int count) {}
