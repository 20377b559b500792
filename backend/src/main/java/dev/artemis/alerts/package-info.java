/**
 * Alerts: which thresholds of which budgets were reached. They are raised by budgets in the transaction that reaches
 * them, once per window and threshold; here they are read. Not here: when to raise one.
 */
@ApplicationModule(allowedDependencies = {"shared", "persistence", "budgets"})
@NullMarked
package dev.artemis.alerts;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
