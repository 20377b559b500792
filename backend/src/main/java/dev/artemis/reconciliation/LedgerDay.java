package dev.artemis.reconciliation;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * What the ledger says of one model on one day.
 *
 * @param day of UTC
 * @param cost US dollars, corrections included
 * @param corrections how many entries put calls of that day right
 */
record LedgerDay(LocalDate day, String model, BigDecimal cost, long tokens, long corrections) {}
