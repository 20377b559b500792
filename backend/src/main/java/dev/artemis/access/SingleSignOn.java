package dev.artemis.access;

import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Problem;
import dev.artemis.shared.Role;
import dev.artemis.shared.Slug;
import dev.artemis.shared.UserId;
import dev.artemis.tenants.Tenants;
import java.sql.Types;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Service;

/**
 * People who come from the company's directory by OpenID Connect. The directory's word counts for the teams that are mapped:
 * memberships there follow its groups at each sign-in; other teams are left alone.
 */
@Service
public class SingleSignOn {

    /** Of the one directory there is; part of the address that it sends people back to. */
    public static final String REGISTRATION = "directory";

    private static final Logger log = LoggerFactory.getLogger(SingleSignOn.class);
    private static final Caller DIRECTORY = new Caller.Platform("single sign-on");

    private final OidcSettings settings;
    private final GroupMapping mapping;
    private final Users users;
    private final Members members;
    private final Tenants tenants;
    private final SignInSteps steps;
    private final JdbcClient jdbc;
    private final TenantTransactions transactions;
    private final Clock clock;

    SingleSignOn(
            OidcSettings settings,
            Users users,
            Members members,
            Tenants tenants,
            SignInSteps steps,
            JdbcClient jdbc,
            TenantTransactions transactions,
            Clock clock) {
        this.settings = settings;
        this.mapping = GroupMapping.parse(settings.teams());
        this.users = users;
        this.members = members;
        this.tenants = tenants;
        this.steps = steps;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** What the button says; empty where there is no single sign-on. */
    public Optional<String> button() {
        return settings.on() ? Optional.of(settings.name()) : Optional.empty();
    }

    /** The directory, as it describes itself. It is asked when the first person comes: a start does not wait for it. */
    public ClientRegistrationRepository directories() {
        return new Directory();
    }

    /**
     * Lets somebody in whom the directory proved, as what its groups say.
     *
     * @return empty where the e-mail is missing or not verified, or the person is disabled here
     */
    public Optional<Authentication> signIn(OidcUser proven) {
        String email = proven.getEmail();
        if (email == null || Boolean.FALSE.equals(proven.getEmailVerified())) {
            log.info("Single sign-on refused, the e-mail is missing or not verified, subject={}", proven.getSubject());
            return Optional.empty();
        }
        List<String> groups = groups(proven);
        UserId person = users.addOrFind(DIRECTORY, email);
        if (!mapping.platform().isEmpty()) {
            standing(person, mapping.standingOf(groups).orElse(null));
        }
        Map<String, Role> roles = mapping.rolesOf(groups);
        for (Slug team : mapping.mapped()) {
            tenants.find(team).ifPresent(found -> follow(found.id(), person, roles.get(team.value())));
        }
        return steps.of(person);
    }

    private void follow(
            dev.artemis.shared.TenantId team, UserId person, @org.jspecify.annotations.Nullable Role wanted) {
        Optional<Role> now = members.all(team).stream()
                .filter(member -> member.user().equals(person))
                .map(Member::role)
                .findFirst();
        try {
            if (wanted != null && !now.equals(Optional.of(wanted))) {
                members.put(DIRECTORY, team, person, wanted);
            } else if (wanted == null && now.isPresent()) {
                members.remove(DIRECTORY, team, person);
            }
        } catch (Problem lastOwner) {
            log.warn("The directory would take a team's last owner away; they stay, team={}", team);
        }
    }

    private void standing(UserId person, @org.jspecify.annotations.Nullable PlatformRole wanted) {
        UserRow before = users.byId(person).orElseThrow();
        if (before.platformRole() != wanted) {
            boolean done =
                    transactions.acrossTenants(() -> jdbc.sql("select door.put_standing(:whose, :role, :disabled, :at)")
                            .param("whose", person.value())
                            .param("role", wanted == null ? null : wanted.name(), Types.VARCHAR)
                            .param("disabled", before.disabled())
                            .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                            .query(Boolean.class)
                            .single());
            if (!done) {
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

        private volatile @org.jspecify.annotations.Nullable ClientRegistration known;

        @Override
        public @org.jspecify.annotations.Nullable ClientRegistration findByRegistrationId(String id) {
            if (!id.equals(REGISTRATION)) {
                return null;
            }
            ClientRegistration found = known;
            if (found == null) {
                found = ClientRegistrations.fromIssuerLocation(settings.issuer())
                        .registrationId(REGISTRATION)
                        .clientId(settings.clientId())
                        .clientSecret(settings.clientSecret())
                        .clientName(settings.name())
                        .scope("openid", "email", "profile")
                        .build();
                known = found;
            }
            return found;
        }
    }
}
