package dev.artemis.statements;

import dev.artemis.shared.Usd;

/**
 * A closed month, counted anew.
 *
 * @param now the seal that the ledger's lines of the month have now, written as they were when it was closed
 * @param costNow US dollars, what the ledger's roll-ups say now
 */
public record Verification(Statement statement, Statement.Seal now, Usd costNow) {

    /** Whether everything is as it was when the month was closed. */
    public boolean holds() {
        Statement.Seal then = statement.seal();
        return then != null && now.agrees(then) && costNow.equals(statement.cost());
    }
}
