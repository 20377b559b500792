/**
 * Reports that a team saved, sent by e-mail when their time has come.
 *
 * <p>Words: a <em>saved report</em> is a kind of file under a name; its <em>rhythm</em> says when it is sent and for which
 * period, in the team's days; a <em>delivery</em> is one letter for one period.
 *
 * <p>Invariants: there is one delivery for a report and a period, however many instances look; it is made by whoever claimed it, marked before the
 * mail server is spoken to, and never sent again by itself once it was handed over: what nobody knows is left uncertain, for a
 * person to decide (ADR-0059). A statement of a month is sent when that month is closed; where nobody closes it, ten days after its end, as provisional. Not here: how files are written (exports), how letters travel (mail).
 */
@ApplicationModule(
        allowedDependencies = {
            "shared",
            "persistence",
            "configuration",
            "audit",
            "idempotency",
            "mail",
            "exports",
            "reports",
            "tenants",
            "projects",
            "web"
        })
@NullMarked
package dev.artemis.schedules;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
