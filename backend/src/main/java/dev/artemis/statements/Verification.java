package dev.artemis.statements;

import dev.artemis.shared.Usd;

/**
 * A closed month, counted anew.
 *
 * @param now the seal that the ledger's lines of the month have now
 * @param costNow US dollars, what the ledger's roll-ups say now
 */
public record Verification(Statement statement, Statement.Seal now, Usd costNow) {

    /** Whether everything is as it was when the month was closed. */
    public boolean holds() {
        return now.equals(statement.seal()) && costNow.equals(statement.cost());
    }
}
