/**
 * What a model costs: a dated catalogue, and the exact cost of a usage.
 *
 * <p>Words: a <em>price</em> is what one provider asks for one model during one span of time; it holds <em>rates</em>
 * (US dollars a token, per dimension) for each service tier and each long-context threshold. A <em>usage</em> counts
 * the tokens of one call.
 *
 * <p>Invariants: prices of one model never overlap in time; a price that was ever in force keeps its rates for ever; a
 * model without a price in force is refused, never free; no arithmetic here rounds, except by {@code Usd.rounded}.
 *
 * <p>Not here: budgets and entries (who may spend, what was spent), compute rates of a team (tenants).
 */
@ApplicationModule(allowedDependencies = {"shared", "persistence", "audit", "idempotency"})
@NullMarked
package dev.artemis.prices;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
