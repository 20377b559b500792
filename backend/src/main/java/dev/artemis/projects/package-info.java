/**
 * Projects of a team: where calls and runs belong, with the defaults and maxima of a run's limits and the scanner's
 * policy. Not here: money (budgets), keys (access).
 */
@ApplicationModule(
        allowedDependencies = {"shared", "persistence", "audit", "idempotency", "tenants", "scanning", "web"})
@NullMarked
package dev.artemis.projects;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
