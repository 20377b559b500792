package dev.artemis.reconciliation;

import org.jspecify.annotations.Nullable;

/**
 * Where a file of no known layout has what: names of its columns.
 *
 * @param provider whose ledger lines are compared; null: all
 */
public record ColumnMapping(
        String day, String model, String cost, @Nullable String provider) {}
