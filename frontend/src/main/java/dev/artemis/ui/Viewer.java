package dev.artemis.ui;

import dev.artemis.access.CurrentUser;
import dev.artemis.access.Membership;
import dev.artemis.access.PeoplesTongues;
import dev.artemis.access.PlatformRole;
import dev.artemis.access.SignedIn;
import dev.artemis.mail.Tongue;
import dev.artemis.notices.Changes;
import dev.artemis.notices.Topic;
import dev.artemis.notices.Watching;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Problem;
import dev.artemis.shared.Role;
import dev.artemis.shared.Slug;
import dev.artemis.tenants.Tenants;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** The person at the browser. What they may do is looked up each time: it may change while they are here. */
@Component
public class Viewer {

    private final CurrentUser user;
    private final Tenants tenants;
    private final Changes changes;
    private final PeoplesTongues tongues;

    Viewer(CurrentUser user, Tenants tenants, Changes changes, PeoplesTongues tongues) {
        this.tongues = tongues;
        this.user = user;
        this.tenants = tenants;
        this.changes = changes;
    }

    /** The e-mail that they signed in with; empty where nobody did. */
    public String name() {
        return user.signedIn().map(SignedIn::email).orElse("");
    }

    /** Their letters are in that language from now on. */
    void reads(Locale language) {
        user.signedIn().ifPresent(person -> tongues.chosen(person.user(), Tongue.of(language)));
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
        return in(user.required(), team);
    }

    private Optional<TeamScope> in(SignedIn person, Slug team) {
        return user.in(person, team)
                .flatMap(caller -> tenants.find(team)
                        .map(found -> new TeamScope(
                                found, caller.acting(), person.isAdmin(), person.user(), person.email())));
    }

    /**
     * Calls, on a thread of its own, when somebody changed a team's settings, members among them: with whom the viewer acts as
     * from now on; empty where the team is none of theirs any more.
     */
    Watching onSettings(TeamScope opened, Consumer<Optional<TeamScope>> changed) {
        SignedIn person = user.required();
        return changes.watch(
                opened.id(),
                Set.of(Topic.SETTINGS),
                topic -> Thread.ofVirtual()
                        .name("page-settings")
                        .start(() -> changed.accept(in(person, opened.slug()))));
    }

    /**
     * As an administrator of the platform.
     *
     * @throws Problem 403 they are none
     */
    public Caller.Admin admin() {
        return user.admin().orElseThrow(() -> Problem.of(403, "missing-role", "Only an administrator may do that."));
    }

    /**
     * As the platform's finance, or as an administrator, who may all that finance may.
     *
     * @throws Problem 403 they are neither
     */
    public Caller platformFinance() {
        if (isPlatformFinance()) {
            SignedIn person = user.required();
            return new Caller.PlatformFinance(person.user(), person.email());
        }
        return user.admin()
                .orElseThrow(() -> Problem.of(403, "missing-role", "Only the platform's finance may do that."));
    }

    /**
     * As who changes something in a team, with the role they have now, not when the page was opened.
     *
     * @throws Problem 403 none of these roles is theirs any more, or they only read there
     */
    public Caller.ForTenant acting(TeamScope opened, Role... roles) {
        return in(opened.slug())
                .filter(now -> now.mayChange(roles))
                .map(TeamScope::caller)
                .orElseThrow(() -> Problem.of(403, "missing-role", "This role may not do that."));
    }
}
