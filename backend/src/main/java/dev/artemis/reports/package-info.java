/**
 * What was spent, broken down: for pages, the API and exports. One ledger behind every number.
 *
 * <p>Words: a <em>dimension</em> is what costs are grouped by; a <em>line</em> is one group with its sums; a
 * <em>span</em> is whole days of the tenant's time zone, or a stretch between two instants.
 *
 * <p>Invariants: reads only; totals equal the sum of the ledger's entries to the last digit; what
 * is charged stands beside the cost and never in it (ADR-0025). Not here: deciding, recording, prices.
 */
@ApplicationModule(
        allowedDependencies = {
            "shared",
            "persistence",
            "budgets",
            "chargeback",
            "ledger",
            "prices",
            "tenants",
            "projects",
            "web"
        })
@NullMarked
package dev.artemis.reports;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
