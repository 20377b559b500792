/**
 * Who may come in, and as whom: people and their passwords, memberships, platform API keys.
 *
 * <p>Words: a <em>project's key</em> acts for one project with scopes; a <em>personal key</em> acts as its member; an
 * <em>admin key</em> may do everything. A key's id is stable, its secret rotates. Invariants: a secret is shown once and
 * kept as a hash; a key that is revoked is refused here at once and elsewhere within a second; a team never loses its
 * last owner, nor the platform its last administrator. The edge turns a credential into a {@link dev.artemis.shared.Caller}, which handlers take as an argument.
 * Not here: what a caller then does.
 */
@ApplicationModule(
        allowedDependencies = {
            "shared",
            "persistence",
            "configuration",
            "audit",
            "idempotency",
            "secrets",
            "mail",
            "tenants",
            "projects",
            "budgets",
            "web"
        })
@NullMarked
package dev.artemis.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
