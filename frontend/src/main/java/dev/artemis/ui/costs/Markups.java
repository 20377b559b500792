package dev.artemis.ui.costs;

import dev.artemis.exports.ChargebackColumns;
import dev.artemis.reports.ChargedCosts;
import dev.artemis.reports.ChargedLine;
import dev.artemis.reports.CostLine;
import dev.artemis.reports.Dimension;
import java.math.BigDecimal;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What chargeback rates make of the lines of a breakdown: beside what they cost, never in it (ADR-0025). Amounts in US
 * dollars.
 *
 * @param columns left out where no team has a rate
 */
record Markups(ChargebackColumns columns, Map<Map<Dimension, String>, BigDecimal> byGroup, BigDecimal total) {

    /** Where nobody has a rate. */
    static final Markups NONE = new Markups(ChargebackColumns.LEFT_OUT, Map.of(), BigDecimal.ZERO);

    Markups {
        byGroup = Map.copyOf(byGroup);
    }

    static Markups of(ChargedCosts.Charged charged) {
        return charged.rated()
                        && charged.items().stream()
                                .anyMatch(item -> item.markup().signum() != 0)
                ? new Markups(
                        ChargebackColumns.SHOWN,
                        charged.items().stream()
                                .collect(Collectors.toMap(item -> item.line().group(), ChargedLine::markup)),
                        charged.markup())
                : NONE;
    }

    boolean areShown() {
        return columns == ChargebackColumns.SHOWN;
    }

    /** Of a line of the breakdown; 0 for one that only the time before had. */
    BigDecimal of(CostLine line) {
        return byGroup.getOrDefault(line.group(), BigDecimal.ZERO);
    }
}
