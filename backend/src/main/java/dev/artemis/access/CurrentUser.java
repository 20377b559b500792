package dev.artemis.access;

import dev.artemis.projects.Project;
import dev.artemis.projects.Projects;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Problem;
import dev.artemis.shared.Role;
import dev.artemis.shared.Slug;
import dev.artemis.tenants.Tenants;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Service;

/** For pages: who is signed in, and as whom they act. Asks the database each time, since memberships change. */
@Service
public class CurrentUser {

    private final Users users;
    private final Tenants tenants;
    private final Projects projects;

    CurrentUser(Users users, Tenants tenants, Projects projects) {
        this.users = users;
        this.tenants = tenants;
        this.projects = projects;
    }

    /** The person of the running session; empty where nobody signed in. */
    public Optional<SignedIn> signedIn() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof SignedIn person
                ? Optional.of(person)
                : Optional.empty();
    }

    /**
     * The person of the running session.
     *
     * @throws Problem 401
     */
    public SignedIn required() {
        return signedIn().orElseThrow(() -> Problem.of(401, "unauthenticated", "Nobody is signed in."));
    }

    /** The teams that the person may open, by slug: all of them for the platform's own people. */
    public List<Membership> teams() {
        SignedIn person = required();
        List<Membership> own = users.memberships(person.user());
        if (person.platformRole() == null) {
            return own;
        }
        return tenants.all().stream()
                .map(tenant -> new Membership(
                        tenant.id(),
                        tenant.slug(),
                        tenant.name(),
                        tenant.suspended(),
                        Roles.in(
                                        own.stream()
                                                .filter(each -> each.tenant().equals(tenant.id()))
                                                .map(Membership::role)
                                                .findFirst()
                                                .orElse(null),
                                        person.platformRole())
                                .orElseThrow()
                                .role()))
                .toList();
    }

    /** As whom the person acts in a team; empty where the team does not exist, or is none of theirs. */
    public Optional<Caller.ForTenant> in(Slug team) {
        return in(required(), team);
    }

    /** The same for somebody whose session is not the running one. */
    public Optional<Caller.ForTenant> in(SignedIn person, Slug team) {
        return tenants.find(team).flatMap(tenant -> {
            Role own = users.memberships(person.user()).stream()
                    .filter(each -> each.tenant().equals(tenant.id()))
                    .map(Membership::role)
                    .findFirst()
                    .orElse(null);
            return Roles.in(own, person.platformRole())
                    .map(acting -> tenant.suspended() && !person.isAdmin() ? Roles.whileSuspended(acting) : acting)
                    .map(acting -> new Caller.ForTenant(tenant.id(), person.user(), acting, person.email()));
        });
    }

    /** As whom the person acts for a project; empty where it does not exist, or is none of theirs. */
    public Optional<Caller.ForProject> in(Slug team, Slug project) {
        return in(team).flatMap(member -> projects.all(member.tenant()).stream()
                .filter(each -> each.slug().equals(project))
                .findFirst()
                .map((Project found) -> new Caller.ForProject(
                        member.tenant(),
                        found.id(),
                        null,
                        Objects.requireNonNull(member.user()),
                        Roles.scopesOf(member.role()),
                        member.name())));
    }

    /** As an administrator of the platform; empty where the person is none. */
    public Optional<Caller.Admin> admin() {
        return signedIn().filter(SignedIn::isAdmin).map(person -> new Caller.Admin(person.user(), person.email()));
    }
}
