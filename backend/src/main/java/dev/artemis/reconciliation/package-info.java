/**
 * Holds the ledger against what a provider billed.
 *
 * <p>Words: a <em>bill</em> is a provider's own file of costs or usage; a <em>bill line</em> is one model's day in it; a
 * <em>finding</em> is a model's day in both, with the difference and the likely reasons.
 *
 * <p>Invariants: days are those of UTC, as providers count; models are compared without their date and in any order of
 * their words; the totals of a reconciliation are those of the file and of the ledger; nothing is changed in the ledger.
 * Not here: putting entries right (budgets' corrections).
 */
@ApplicationModule(allowedDependencies = {"shared", "persistence", "audit", "idempotency", "tenants", "web"})
@NullMarked
package dev.artemis.reconciliation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
