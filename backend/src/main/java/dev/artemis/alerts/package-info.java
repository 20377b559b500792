/**
 * Alerts: which thresholds of which budgets were reached, and telling whoever wants to know.
 *
 * <p>Words: a <em>channel</em> is an e-mail address or a webhook of a team. A <em>delivery</em> is one alert on its way to
 * one channel; it waits, is delivered, or is dead: given up, for somebody to look at.
 *
 * <p>Invariants: budgets raise an alert, and write its deliveries, in the transaction that reaches the threshold, once per
 * window and threshold. A delivery is tried until it succeeds or is dead, never inside a transaction, so it arrives at
 * least once; the alert's id tells a repeat. Webhooks are signed and reach public addresses only.
 *
 * <p>Not here: when to raise an alert (budgets), how a letter travels (mail).
 */
@ApplicationModule(
        allowedDependencies = {
            "shared",
            "persistence",
            "configuration",
            "audit",
            "mail",
            "secrets",
            "outbound",
            "budgets",
            "idempotency",
            "web"
        })
@NullMarked
package dev.artemis.alerts;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
