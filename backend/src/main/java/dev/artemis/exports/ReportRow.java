package dev.artemis.exports;

import dev.artemis.reports.CostLine;
import dev.artemis.tenants.Tenant;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One line of a file.
 *
 * @param markup US dollars that are charged above the cost, below 0 for a discount, exact; null: not asked for
 */
record ReportRow(Tenant tenant, CostLine line, @Nullable BigDecimal markup) {

    BigDecimal cost() {
        return line.cost().amount();
    }

    BigDecimal charged() {
        return markup == null ? cost() : cost().add(markup);
    }
}
