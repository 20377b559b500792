package dev.artemis.reconciliation;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model's day, in the ledger and in the bill.
 *
 * @param day of UTC
 * @param model as the ledger names it, else as the bill does; empty where the bill names none
 * @param ledger US dollars
 * @param billed US dollars; null: the file counts tokens only
 * @param ledgerTokens input and output, cached or not
 * @param billedTokens null: the file has costs only
 * @param difference billed less ledger, in US dollars; in tokens where the file counts tokens only
 * @param reasons the likeliest first; empty where nothing differs
 */
public record Finding(
        LocalDate day,
        String model,
        BigDecimal ledger,
        @Nullable BigDecimal billed,
        long ledgerTokens,
        @Nullable Long billedTokens,
        BigDecimal difference,
        List<Reason> reasons) {

    public Finding {
        reasons = List.copyOf(reasons);
    }
}
