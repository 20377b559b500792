package dev.artemis.reconciliation;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * A bill that was held against the ledger.
 *
 * @param layout such as "openai-costs"
 * @param ledger US dollars, of all findings
 * @param billed US dollars; 0 where the file counts tokens only
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
        BigDecimal billed,
        List<Finding> findings) {

    public Reconciliation {
        findings = List.copyOf(findings);
    }
}
