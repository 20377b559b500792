package dev.artemis.budgets;

import dev.artemis.shared.EntryId;
import dev.artemis.shared.Problem;
import dev.artemis.shared.Usd;

/**
 * Puts an entry right by a new one of today.
 *
 * @param amount US dollars to add to what was spent; negative takes off
 * @param reason why, 1 to 1000 characters
 */
public record Correction(EntryId entry, Usd amount, String reason) {

    /**
     * Checks amount and reason.
     *
     * @throws Problem 422 naming the field
     */
    public Correction {
        if (amount.isZero() || amount.amount().precision() - amount.amount().scale() > 12) {
            throw Problem.notAllowed("amount", "not 0, below 1000000000000 US dollars either way");
        }
        if (reason.isBlank() || reason.length() > 1000) {
            throw Problem.notAllowed("reason", "1 to 1000 characters");
        }
    }
}
