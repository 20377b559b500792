/**
 * Looks at code before it runs: findings with a rule, a line and a reason, and a verdict.
 *
 * <p>Works on the syntax tree, resolves imports, aliases and assembled names; comments and strings never count. Advice,
 * never the boundary: the sandbox is the boundary. What cannot be parsed is not clean.
 *
 * <p>Not here: which project has which policy (projects), what happens to a blocked run (runs).
 */
@ApplicationModule(allowedDependencies = "shared")
@NullMarked
package dev.artemis.scanning;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
