package dev.artemis.access;

import dev.artemis.shared.Caller;
import dev.artemis.shared.Problem;
import dev.artemis.shared.Role;
import dev.artemis.shared.Slug;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.UserId;
import dev.artemis.tenants.Tenants;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Service;

/**
 * People who come from the company's directory by OpenID Connect. The directory's word counts for what is mapped: memberships
 * and standing follow its groups at each sign-in. What the directory gave and is mapped no more ends at the next one; what
 * people gave here, in teams that are not mapped, is left alone.
 */
@Service
public class SingleSignOn {

    /** Of the one directory there is; part of the address that it sends people back to. */
    public static final String REGISTRATION = "directory";

    private static final Logger log = LoggerFactory.getLogger(SingleSignOn.class);
    private static final Caller DIRECTORY = new Caller.Platform("single sign-on");

    private final OidcSettings settings;
    private final PublicAddressSettings address;
    private final GroupMapping mapping;
    private final Users users;
    private final People people;
    private final Members members;
    private final Tenants tenants;
    private final SignInSteps steps;

    SingleSignOn(
            OidcSettings settings,
            PublicAddressSettings address,
            Users users,
            People people,
            Members members,
            Tenants tenants,
            SignInSteps steps) {
        this.settings = settings;
        this.address = address;
        this.mapping = GroupMapping.parse(settings.teams());
        this.users = users;
        this.people = people;
        this.members = members;
        this.tenants = tenants;
        this.steps = steps;
    }

    /** What the button says; empty where there is no single sign-on. */
    public Optional<String> button() {
        return settings.on() ? Optional.of(settings.name()) : Optional.empty();
    }

    /**
     * The directory, as it describes itself. It is asked when the first person comes: a start does not wait for it. None is there
     * while it does not answer.
     */
    public ClientRegistrationRepository directories() {
        return new Directory();
    }

    /**
     * Lets somebody in whom the directory proved, as what its groups say.
     *
     * @return empty where the e-mail is missing, is none or is not verified, or the person is disabled here
     */
    public Optional<Authentication> signIn(OidcUser proven) {
        String email = proven.getEmail();
        if (email == null || !isVerified(proven)) {
            log.info("Single sign-on refused, the e-mail is missing or not verified, subject={}", proven.getSubject());
            steps.refused(SignInLog.Way.DIRECTORY);
            return Optional.empty();
        }
        UserId person;
        try {
            person = users.addOrFind(DIRECTORY, email);
        } catch (Problem noEmail) {
            log.info("Single sign-on refused, the e-mail is none, subject={}", proven.getSubject());
            steps.refused(SignInLog.Way.DIRECTORY);
            return Optional.empty();
        }
        List<String> groups = groups(proven);
        standing(person, mapping.standingOf(groups).orElse(null));
        Map<String, Role> roles = mapping.rolesOf(groups);
        Set<TenantId> mapped = new HashSet<>();
        for (Slug team : mapping.mapped()) {
            tenants.find(team).ifPresent(found -> {
                mapped.add(found.id());
                follow(found.id(), person, roles.get(team.value()));
            });
        }
        members.byDirectory(person).stream()
                .filter(team -> !mapped.contains(team))
                .forEach(team -> follow(team, person, null));
        return steps.of(person, SignInLog.Way.DIRECTORY);
    }

    /** A directory that does not say is believed only where an operator says that it knows its people's addresses. */
    private boolean isVerified(OidcUser proven) {
        Boolean verified = proven.getEmailVerified();
        return verified == null ? settings.trustEmail() : verified;
    }

    private void follow(TenantId team, UserId person, @Nullable Role wanted) {
        Optional<Role> now = members.all(team).stream()
                .filter(member -> member.user().equals(person))
                .map(Member::role)
                .findFirst();
        try {
            if (wanted != null && !now.equals(Optional.of(wanted))) {
                members.put(DIRECTORY, team, person, wanted, GivenBy.DIRECTORY);
            } else if (wanted == null && now.isPresent()) {
                members.remove(DIRECTORY, team, person);
            }
        } catch (Problem lastOwner) {
            log.warn("The directory would take a team's last owner away; they stay, team={}", team);
        }
    }

    private void standing(UserId person, @Nullable PlatformRole wanted) {
        UserRow before = users.byId(person).orElseThrow();
        boolean decides = !mapping.platform().isEmpty() || before.standingGivenBy() == GivenBy.DIRECTORY;
        if (decides && before.platformRole() != wanted) {
            try {
                people.put(DIRECTORY, before, new People.Standing(wanted, before.disabled()), GivenBy.DIRECTORY);
            } catch (Problem lastAdmin) {
                log.warn("The directory would take the last administrator away; they stay");
            }
        }
    }

    private List<String> groups(OidcUser proven) {
        return switch (proven.getClaims().get(settings.claim())) {
            case Collection<?> many -> many.stream().map(String::valueOf).toList();
            case String one -> List.of(one.split("[,\\s]+"));
            case null, default -> List.of();
        };
    }

    private final class Directory implements ClientRegistrationRepository {

        private volatile @Nullable ClientRegistration known;

        @Override
        public @Nullable ClientRegistration findByRegistrationId(String id) {
            if (!id.equals(REGISTRATION)) {
                return null;
            }
            ClientRegistration found = known;
            if (found == null) {
                try {
                    found = described();
                } catch (RuntimeException unreachable) {
                    log.warn("The directory does not describe itself, issuer={}", settings.issuer(), unreachable);
                    return null;
                }
                known = found;
            }
            return found;
        }

        /** People come back to the address that we are known by, whatever a request says of its host. */
        private ClientRegistration described() {
            return ClientRegistrations.fromIssuerLocation(settings.issuer())
                    .registrationId(REGISTRATION)
                    .clientId(settings.clientId())
                    .clientSecret(settings.clientSecret())
                    .clientName(settings.name())
                    .redirectUri(address.under("login/oauth2/code/" + REGISTRATION))
                    .scope("openid", "email", "profile")
                    .build();
        }
    }
}
