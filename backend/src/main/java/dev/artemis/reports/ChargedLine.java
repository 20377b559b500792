package dev.artemis.reports;

import java.math.BigDecimal;

/**
 * One group of a breakdown, and what is charged for it.
 *
 * @param markup US dollars above the cost, below 0 for a discount; exact
 */
public record ChargedLine(CostLine line, BigDecimal markup) {

    /** Cost and mark-up, in US dollars. */
    public BigDecimal charged() {
        return line.cost().amount().add(markup);
    }

    ChargedLine plus(ChargedLine other) {
        return new ChargedLine(line.plus(other.line), markup.add(other.markup));
    }
}
