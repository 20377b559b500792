package dev.artemis.shared;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What may be done in a team, and by which roles: the one table. Façades hold a caller against it before they do anything; calls
 * of programs name their right, and are refused earlier by the same table. What everybody of a team may do has no right.
 */
public enum Right {
    CHANGE_MEMBERS(Role.OWNER),
    CHANGE_PROJECTS(Role.OWNER),
    CHANGE_PROJECT_BUDGETS(Role.OWNER),
    CHANGE_PROJECT_RUN_QUOTAS(Role.OWNER),
    SEE_KEYS(Role.OWNER, Role.DEVELOPER),
    CHANGE_KEYS(Role.OWNER),
    SEE_PROVIDER_KEYS(Role.OWNER, Role.DEVELOPER),
    CHANGE_PROVIDER_KEYS(Role.OWNER),
    /** Where alerts go, and letting them be tried again. */
    CHANGE_ALERTS(Role.OWNER),
    /** Saved reports, statements, reconciliations, the rates of chargeback; what is charged stands beside costs for all who see these. */
    SEE_FINANCE(Role.OWNER, Role.FINANCE),
    CHANGE_FINANCE(Role.OWNER, Role.FINANCE),
    /** As a role's scopes say it for a project. */
    SEE_RUNS(Role.OWNER, Role.DEVELOPER, Role.VIEWER),
    SEE_AUDIT(Role.OWNER),
    EXPORT_TEAM(Role.OWNER);

    private final Set<Role> roles;

    Right(Role... roles) {
        this.roles = EnumSet.copyOf(List.of(roles));
    }

    /** Whose it is. */
    public Set<Role> roles() {
        return Set.copyOf(roles);
    }

    /** Whether it changes something: whoever only reads in a team has not this right, whatever the role. */
    public boolean changes() {
        return switch (this) {
            case SEE_KEYS, SEE_PROVIDER_KEYS, SEE_FINANCE, SEE_RUNS, SEE_AUDIT, EXPORT_TEAM -> false;
            case CHANGE_MEMBERS,
                    CHANGE_PROJECTS,
                    CHANGE_PROJECT_BUDGETS,
                    CHANGE_PROJECT_RUN_QUOTAS,
                    CHANGE_KEYS,
                    CHANGE_PROVIDER_KEYS,
                    CHANGE_ALERTS,
                    CHANGE_FINANCE -> true;
        };
    }

    /**
     * Refuses whoever has not this right in that team. Administrators, and the platform itself, have every right everywhere.
     *
     * @throws Problem 403 {@code missing-role}; 404 for somebody of another team
     */
    public void require(Caller by, TenantId tenant) {
        switch (by) {
            case Caller.Admin admin -> {}
            case Caller.Platform platform -> {}
            case Caller.ForTenant member -> {
                if (!member.tenant().equals(tenant)) {
                    throw Problem.notFound("The team");
                }
                if (!roles.contains(member.role())) {
                    throw missing("A member of the role " + member.role() + " may not do that.");
                }
                if (changes() && !member.acting().changes()) {
                    throw missing("Who only reads in a team changes nothing there.");
                }
            }
            case Caller.ForProject program -> throw missing("A project's key may not do that.");
            case Caller.PlatformFinance finance -> throw missing("The platform's finance reads, and changes nothing.");
        }
    }

    /**
     * Whether this right is with somebody's role in that team: what it lets be seen is shown also to who only reads there.
     */
    public boolean isOf(Caller by, TenantId tenant) {
        return switch (by) {
            case Caller.Admin admin -> true;
            case Caller.Platform platform -> true;
            case Caller.ForTenant member -> member.tenant().equals(tenant) && roles.contains(member.role());
            case Caller.ForProject program -> false;
            case Caller.PlatformFinance finance -> false;
        };
    }

    /**
     * Refuses whoever is no administrator of the platform, nor the platform itself.
     *
     * @throws Problem 403 {@code missing-role}
     */
    public static void requirePlatform(Caller by) {
        if (!(by instanceof Caller.Admin || by instanceof Caller.Platform)) {
            throw missing("Only an administrator of the platform may do that.");
        }
    }

    private static Problem missing(String why) {
        return Problem.of(403, "missing-role", why);
    }
}
