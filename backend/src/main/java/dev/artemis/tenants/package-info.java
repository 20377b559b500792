/**
 * Teams. A <em>tenant</em> (on pages: a team) has a slug, a name, a time zone in which its days and months begin, and
 * rates for sandbox compute. Not here: members (access), money (budgets), projects.
 */
@ApplicationModule(allowedDependencies = {"shared", "persistence", "configuration", "audit", "idempotency", "web"})
@NullMarked
package dev.artemis.tenants;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
