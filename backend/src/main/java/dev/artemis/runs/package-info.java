/**
 * Runs: code submitted, queued fairly, started once, ended once, billed once.
 *
 * <p>Words: a <em>run</em> is one request to execute code; an <em>attempt</em> is one try at it, begun by a
 * <em>claim</em> that gives it a number and a <em>fencing token</em>; a <em>worker</em> is a process with a sandbox and a
 * number of slots; its <em>lease</em> says, on the database's clock, until when its attempts count as alive.
 *
 * <p>Invariants: a run ends once; only its current attempt with its current token can end it; money is held before a run
 * waits and settled in the transaction that ends it, never above what was held; a blocked run never starts. Locks are
 * taken in one order: the run's row, the budget windows, the queue's counters.
 *
 * <p>Does not: execute anything (sandbox), judge code (scanning), decide what money is left (budgets), or repair what
 * got stuck (supervisor).
 */
@ApplicationModule(
        allowedDependencies = {
            "shared",
            "configuration",
            "persistence",
            "audit",
            "idempotency",
            "tenants",
            "projects",
            "budgets",
            "scanning",
            "sandbox"
        })
@NullMarked
package dev.artemis.runs;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
