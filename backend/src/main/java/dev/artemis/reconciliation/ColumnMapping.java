package dev.artemis.reconciliation;

import org.jspecify.annotations.Nullable;

/**
 * Where a file of no known layout has what: names of its columns.
 *
 * @param provider whose ledger lines are compared, in small letters or capitals; null: all
 */
public record ColumnMapping(
        String day, String model, String cost, @Nullable String provider) {}
