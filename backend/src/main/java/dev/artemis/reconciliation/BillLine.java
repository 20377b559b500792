package dev.artemis.reconciliation;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a file says of one model on one day.
 *
 * @param day of UTC
 * @param model as the file names it; empty where it names none
 * @param cost US dollars; null: the file counts tokens only
 * @param tokens input and output, cached or not; null: the file has costs only
 */
record BillLine(
        LocalDate day,
        String model,
        @Nullable BigDecimal cost,
        @Nullable Long tokens) {}
