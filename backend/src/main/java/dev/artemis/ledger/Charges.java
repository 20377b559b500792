package dev.artemis.ledger;

import dev.artemis.prices.Cost;
import dev.artemis.shared.Usd;

/**
 * What it cost, by dimension, in US dollars.
 *
 * @param correction what no dimension holds: the amount of a correction
 */
public record Charges(Cost tokens, Usd cpu, Usd gib, Usd correction, Usd total) {

    /** A call's. */
    public static Charges of(Cost cost) {
        return new Charges(cost, Usd.ZERO, Usd.ZERO, Usd.ZERO, cost.total());
    }

    /** A run's. */
    public static Charges ofRun(Usd cpu, Usd gib) {
        return new Charges(Cost.ZERO, cpu, gib, Usd.ZERO, cpu.plus(gib));
    }

    /** A correction's; may be negative. */
    public static Charges ofCorrection(Usd amount) {
        return new Charges(Cost.ZERO, Usd.ZERO, Usd.ZERO, amount, amount);
    }
}
