/**
 * That something of a team changed, told on every instance to whoever watches: pages that are open, above all.
 *
 * <p>A notice says whose and of what kind, and nothing else: whoever is told reads the database. Settings and runs are told
 * by triggers, in the transaction that changes them. Money is told here, a few times a second at most, whatever its
 * volume: a notice in each of its transactions would make their commits wait for one another.
 *
 * <p>Whatever a person changed is told once more for the platform, under the id of no team: to pages of its administrators.
 *
 * <p>Not here: what changed, and news of a single run (runs).
 */
@ApplicationModule(allowedDependencies = {"shared", "persistence", "configuration"})
@NullMarked
package dev.artemis.notices;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
