/**
 * The one door to money: who may spend what, decided before it is spent.
 *
 * <p>Words: a <em>level</em> (tenant, project, API key) may have <em>limits</em> by day and by month. A <em>window</em>
 * is one level's day or month in the tenant's time zone, with what was spent and what is reserved in it. A
 * <em>hold</em> reserves the most that a call or a run can cost until it is settled, released or expires. An
 * <em>admission</em> spends or holds money, or refuses.
 *
 * <p>Invariants: at the commit of an enforced admission, spent plus reserved is within every limit that applies; windows,
 * entry, roll-ups and idempotency record are written in one transaction; the database's clock
 * ({@code artemis.money_now()}) decides the window; all money writes of one tenant happen one after the other under the
 * lock of its till.
 *
 * <p>Not here: what a model costs (prices), what was recorded (ledger), how an alert travels (alerts).
 */
@ApplicationModule(
        allowedDependencies = {
            "shared",
            "persistence",
            "idempotency",
            "audit",
            "notices",
            "ledger",
            "prices",
            "tenants",
            "projects",
            "web"
        })
@NullMarked
package dev.artemis.budgets;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
