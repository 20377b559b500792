package dev.artemis.reconciliation;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A bill that was held against the ledger.
 *
 * @param layout such as "openai-costs"
 * @param ledger US dollars, of all findings
 * @param billed US dollars; null: the file counts tokens only
 * @param ledgerTokens input and output, cached or not, of all findings
 * @param billedTokens null: the file has costs only
 * @param findings by day and model
 */
public record Reconciliation(
        UUID id,
        String file,
        String layout,
        LocalDate from,
        LocalDate to,
        Instant at,
        String by,
        BigDecimal ledger,
        @Nullable BigDecimal billed,
        long ledgerTokens,
        @Nullable Long billedTokens,
        List<Finding> findings) {

    public Reconciliation {
        findings = List.copyOf(findings);
    }

    /** Billed less ledger, in US dollars; null: the file counts tokens only. */
    public @Nullable BigDecimal difference() {
        return billed == null ? null : billed.subtract(ledger);
    }

    /** Billed less ledger, in tokens; null: the file has costs only. */
    public @Nullable Long differenceInTokens() {
        return billedTokens == null ? null : billedTokens - ledgerTokens;
    }
}
