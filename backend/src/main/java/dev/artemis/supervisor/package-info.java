/**
 * Finds what got stuck and mends it along the same path as live observations: runs of dead workers, starts that never
 * came, programs that nobody waits for, holds that expired, counters that leaked. Counts what it did, and tells the
 * platform's health.
 *
 * <p>Words: an <em>intervention</em> is a fault found and acted upon; a <em>recovery</em> is an intervention after which
 * the thing was in order. Does not: start runs, decide admission, or spend.
 */
@ApplicationModule(allowedDependencies = {"shared", "persistence", "sandbox", "runs"})
@NullMarked
package dev.artemis.supervisor;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
