/**
 * What teams are charged: their cost, marked up or discounted by dated rates.
 *
 * <p>Words: a <em>rate</em> is a percentage of the cost that holds from a day on, above 0 a mark-up, below a discount; a
 * <em>mark-up</em> is the amount that a rate makes of a cost.
 *
 * <p>Invariants: cost is never touched, the mark-up stands beside it; amounts are exact, nothing is rounded; rates of a
 * closed month do not change. Not here: what things cost (ledger, reports), how it is printed (exports).
 */
@ApplicationModule(allowedDependencies = {"shared", "persistence", "audit", "idempotency", "tenants", "web"})
@NullMarked
package dev.artemis.chargeback;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
