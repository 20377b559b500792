/**
 * Finds what got stuck and mends it along the same path as live observations: runs of dead workers, starts that never
 * came, programs that nobody waits for, counters that leaked. Counts what it did, and tells the platform's health.
 *
 * <p>Words: a <em>sweep</em> compares what the database and the sandbox say; what may still be on its way is a
 * <em>suspect</em> until a second sweep sees it too; an <em>intervention</em> is a fault acted upon; a
 * <em>recovery</em> is an intervention after which the thing was in order. Does not: start runs, decide admission, or
 * spend; expired holds are freed by budgets themselves, and counted here.
 */
@ApplicationModule(
        allowedDependencies = {
            "shared",
            "persistence",
            "configuration",
            "prices",
            "sandbox",
            "budgets",
            "runs",
            "statements",
            "reports"
        })
@NullMarked
package dev.artemis.supervisor;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
