package dev.artemis.shared;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who asks. Made at the edge (REST, pages, background work), handed down as an argument, never looked up. */
public sealed interface Caller {

    /** Words for the audit log: a person's e-mail or a key's id, never a secret. */
    String name();

    /**
     * Acts for one project: a project's key, an admin key acting as a project, or a member on the page.
     *
     * @param key whose budget windows count too, where a key was used
     * @param member who is behind it, where a person is
     */
    record ForProject(
            TenantId tenant,
            ProjectId project,
            @Nullable KeyId key,
            @Nullable UserId member,
            Set<Scope> scopes,
            String name)
            implements Caller {

        public ForProject {
            scopes = Set.copyOf(scopes);
        }
    }

    /**
     * Acts in one team: a member, or an administrator of the platform (who has every role everywhere).
     *
     * @param user who it is; null for an admin key, behind which stands no person
     */
    record ForTenant(TenantId tenant, @Nullable UserId user, Acting acting, String name) implements Caller {

        /** With all that the role may. */
        public ForTenant(TenantId tenant, @Nullable UserId user, Role role, String name) {
            this(tenant, user, Acting.as(role), name);
        }

        public Role role() {
            return acting.role();
        }
    }

    /** An administrator of the platform. */
    record Admin(@Nullable UserId user, String name) implements Caller {}

    /** Reads all teams' money, changes nothing of a team's. Holds providers' bills against all teams' ledgers (ADR-0025). */
    record PlatformFinance(UserId user, String name) implements Caller {}

    /** The platform itself: scheduler, supervisor, demo data. */
    record Platform(String name) implements Caller {}
}
