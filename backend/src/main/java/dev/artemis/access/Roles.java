package dev.artemis.access;

import dev.artemis.shared.Acting;
import dev.artemis.shared.Role;
import dev.artemis.shared.Scope;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a role is in the words of a key's scopes, and as what somebody acts in a team. What a role may change there: {@link
 * dev.artemis.shared.Right}.
 */
public final class Roles {

    private Roles() {}

    /** What a member may do in the team's projects, in the words of a key's scopes. */
    public static Set<Scope> scopesOf(Role role) {
        return switch (role) {
            case OWNER, DEVELOPER -> EnumSet.allOf(Scope.class);
            case FINANCE -> EnumSet.of(Scope.COSTS_READ);
            case VIEWER -> EnumSet.of(Scope.COSTS_READ, Scope.RUNS_READ);
        };
    }

    /** What is left of a role while the team is suspended: reading. */
    static Acting whileSuspended(Acting acting) {
        return Acting.reading(
                switch (acting.role()) {
                    case OWNER, DEVELOPER, VIEWER -> Role.VIEWER;
                    case FINANCE -> Role.FINANCE;
                });
    }

    /**
     * As what somebody acts in a team. The platform's own people have a role in every team: an administrator owns it,
     * finance reads its money. Who is a member besides acts as that.
     *
     * @param own the person's membership; null where there is none
     */
    public static Optional<Acting> in(@Nullable Role own, @Nullable PlatformRole platform) {
        return switch (platform) {
            case ADMIN -> Optional.of(Acting.as(Role.OWNER));
            case FINANCE -> Optional.of(own == null ? Acting.reading(Role.FINANCE) : Acting.as(own));
            case null -> Optional.ofNullable(own).map(Acting::as);
        };
    }
}
