/**
 * Months that are closed: finance's word that a month's figures are final.
 *
 * <p>Words: to <em>close</em> a month is to say that nothing is dated into it any more; its <em>statement</em> says who
 * closed it and when, with a number, its figures, and a <em>seal</em>: the SHA-256 of the month's lines as the CSV export
 * writes them.
 *
 * <p>Invariants: months are closed in order, each once, when they are over by the database's clock; a statement's figures
 * are written in the transaction that closes; its seal comes after that, and where whoever closed died before, a sweep
 * counts it; what comes late is a correction of the day it came (ADR-0022). Not here:
 * how late money is booked (budgets), how files are written (exports).
 */
@ApplicationModule(
        allowedDependencies = {
            "shared",
            "persistence",
            "configuration",
            "audit",
            "idempotency",
            "budgets",
            "reports",
            "exports",
            "chargeback",
            "tenants",
            "web"
        })
@NullMarked
package dev.artemis.statements;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
