package dev.artemis.ui;

import dev.artemis.access.CurrentUser;
import dev.artemis.access.Membership;
import dev.artemis.access.PlatformRole;
import dev.artemis.access.SignedIn;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Problem;
import dev.artemis.shared.Slug;
import dev.artemis.tenants.Tenants;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The person at the browser. What they may do is looked up each time: it may change while they are here. */
@Component
public class Viewer {

    private final CurrentUser user;
    private final Tenants tenants;

    Viewer(CurrentUser user, Tenants tenants) {
        this.user = user;
        this.tenants = tenants;
    }

    /** The e-mail that they signed in with; empty where nobody did. */
    public String name() {
        return user.signedIn().map(SignedIn::email).orElse("");
    }

    public boolean isAdmin() {
        return user.signedIn().map(SignedIn::isAdmin).orElse(false);
    }

    /** Whether they read all teams' money, and change nothing. */
    public boolean isPlatformFinance() {
        return user.signedIn()
                .map(person -> person.platformRole() == PlatformRole.FINANCE)
                .orElse(false);
    }

    /** The teams they may open, by slug. */
    public List<Membership> teams() {
        return user.signedIn().isPresent() ? user.teams() : List.of();
    }

    /** As whom they act in a team; empty where it does not exist, or is none of theirs. */
    public Optional<TeamScope> in(Slug team) {
        return user.in(team)
                .flatMap(caller -> tenants.find(team)
                        .map(found -> new TeamScope(
                                found, caller.role(), isAdmin(), user.required().user(), name())));
    }

    /**
     * As an administrator of the platform.
     *
     * @throws Problem 403 they are none
     */
    public Caller.Admin admin() {
        return user.admin().orElseThrow(() -> Problem.of(403, "missing-role", "Only an administrator may do that."));
    }
}
