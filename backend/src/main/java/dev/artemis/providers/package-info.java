/**
 * Teams' keys for providers of models: checked for their form at once, against the provider when asked and on a schedule,
 * sealed at rest. Invariants: a secret comes in and never goes out, but to its provider; only its last four characters are
 * ever shown. Not here: calling a model.
 */
@ApplicationModule(
        allowedDependencies = {
            "shared",
            "persistence",
            "configuration",
            "audit",
            "idempotency",
            "outbound",
            "secrets",
            "tenants",
            "web"
        })
@NullMarked
package dev.artemis.providers;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
