package dev.artemis.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.artemis.OnDatabase;
import dev.artemis.audit.Audit;
import dev.artemis.audit.AuditEntry;
import dev.artemis.audit.AuditLog;
import dev.artemis.audit.AuditQuery;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Role;
import dev.artemis.shared.Slug;
import dev.artemis.shared.UserId;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.test.context.TestConstructor;

/** What the directory gives, it takes back; what people gave here, it does not. The directory itself is in the journeys. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class SingleSignOnTest {

    private static final Caller TEST = new Caller.Platform("test");
    private static final AtomicInteger count = new AtomicInteger();

    private final Users users;
    private final People people;
    private final Members members;
    private final Tenants tenants;
    private final SignInSteps steps;
    private final LiveSessions sessions;
    private final AuditLog log;
    private final JdbcClient jdbc;
    private final TenantTransactions transactions;
    private final Audit audit;
    private final Clock clock;
    private final String email = "directory-" + count.incrementAndGet() + "@example.org";
    private final Tenant team;
    private final Tenant other;

    SingleSignOnTest(
            Users users,
            People people,
            Members members,
            Tenants tenants,
            SignInSteps steps,
            LiveSessions sessions,
            AuditLog log,
            JdbcClient jdbc,
            TenantTransactions transactions,
            Audit audit,
            Clock clock) {
        this.users = users;
        this.people = people;
        this.members = members;
        this.tenants = tenants;
        this.steps = steps;
        this.sessions = sessions;
        this.log = log;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
        this.team = aTeam();
        this.other = aTeam();
        UserId owner = users.addOrFind(TEST, "owner-" + email);
        members.put(TEST, team.id(), owner, Role.OWNER);
        members.put(TEST, other.id(), owner, Role.OWNER);
    }

    @Test
    void followsTheGroupsInWhatIsMappedAndLeavesTheRest() {
        SingleSignOn directory = mapping("builders=" + team.slug() + ":DEVELOPER");
        UserId person = users.addOrFind(TEST, email);
        members.put(TEST, other.id(), person, Role.VIEWER);

        assertThat(directory.signIn(proven(true, "builders"))).isPresent();
        assertThat(roles(person)).isEqualTo(Map.of(team.slug(), Role.DEVELOPER, other.slug(), Role.VIEWER));

        assertThat(directory.signIn(proven(true))).isPresent();
        assertThat(roles(person)).isEqualTo(Map.of(other.slug(), Role.VIEWER));
    }

    @Test
    void aMappingThatIsTakenAwayTakesBackWhatItGave() {
        UserId person = users.addOrFind(TEST, email);
        mapping("builders=" + team.slug() + ":DEVELOPER,bosses=*:ADMIN").signIn(proven(true, "builders", "bosses"));
        assertThat(users.byId(person).orElseThrow().platformRole()).isEqualTo(PlatformRole.ADMIN);
        MockHttpSession session = new MockHttpSession();
        sessions.watch(session, new SignedIn(person.value(), email, PlatformRole.ADMIN));

        mapping("builders=" + other.slug() + ":VIEWER").signIn(proven(true, "builders", "bosses"));

        assertThat(roles(person)).isEqualTo(Map.of(other.slug(), Role.VIEWER));
        assertThat(users.byId(person).orElseThrow().platformRole()).isNull();
        assertThat(session.isInvalid()).as("the session as an administrator").isTrue();
        assertThat(log.find(new AuditQuery(null, "single sign-on", "user.standing", null, null), null)
                        .items())
                .extracting(AuditEntry::subject)
                .contains(email, email);
    }

    @Test
    void whatPeopleGaveOnThePlatformStaysWithoutAMapping() {
        UserId person = users.addOrFind(TEST, email);
        people.put(new Caller.Admin(null, "admin"), person, new People.Standing(PlatformRole.FINANCE, false));

        mapping("").signIn(proven(true));

        assertThat(users.byId(person).orElseThrow().platformRole()).isEqualTo(PlatformRole.FINANCE);
    }

    @Test
    void anEMailThatIsNotSaidToBeVerifiedCountsOnlyWhereAnOperatorSaysSo() {
        assertThat(mapping("").signIn(proven(false))).isEmpty();
        assertThat(mapping("").signIn(proven(null))).isEmpty();
        assertThat(directory("", true).signIn(proven(null))).isPresent();
        assertThat(directory("", true).signIn(proven(false))).isEmpty();
    }

    @Test
    void whoIsDisabledHereStaysOutsideAndWhatIsNoEMailIsNobodys() {
        UserId person = users.addOrFind(TEST, email);
        people.put(new Caller.Admin(null, "admin"), person, new People.Standing(null, true));

        assertThat(mapping("").signIn(proven(true))).isEmpty();
        assertThat(mapping("").signIn(user("a\u0000@example.org", true))).isEmpty();
    }

    @Test
    void whoCameBySingleSignOnIsMailedNoSecondWayIn() {
        AccessLinks links = links("https://directory.example.org");
        UserId person = users.addOrFind(TEST, email);
        assertThat(links.forgotten(users.byId(person).orElseThrow()))
                .as("invited, and never came in")
                .isPresent();
        mapping("").signIn(proven(true));

        assertThat(links.forgotten(users.byId(person).orElseThrow())).isEmpty();

        users.setPassword(TEST, person, "a few good words");
        assertThat(links.forgotten(users.byId(person).orElseThrow()))
                .as("an administrator gave them a password too")
                .isPresent();
    }

    @Test
    void onceSingleSignOnIsSwitchedOffWhoCameByItIsMailedAnotherWayIn() {
        UserId person = users.addOrFind(TEST, email);
        mapping("").signIn(proven(true));

        assertThat(links("").forgotten(users.byId(person).orElseThrow())).isPresent();

        people.put(new Caller.Admin(null, "admin"), person, new People.Standing(null, true));
        assertThat(links("").forgotten(users.byId(person).orElseThrow()))
                .as("disabled here")
                .isEmpty();
    }

    private AccessLinks links(String issuer) {
        return new AccessLinks(
                users,
                sessions,
                jdbc,
                transactions,
                audit,
                new OidcSettings(issuer, "Directory", "artemis", "secret", "groups", false, ""),
                clock);
    }

    @Test
    void theDirectorySendsPeopleBackToThePublicAddressWhateverTheHostWas() throws Exception {
        HttpServer issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String address = "http://127.0.0.1:" + issuer.getAddress().getPort();
        byte[] description = """
            {"issuer": "%1$s", "authorization_endpoint": "%1$s/authorize", "token_endpoint": "%1$s/token",
             "jwks_uri": "%1$s/keys", "subject_types_supported": ["public"]}\
            """.formatted(address).getBytes(StandardCharsets.UTF_8);
        issuer.createContext("/.well-known/openid-configuration", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, description.length);
            exchange.getResponseBody().write(description);
            exchange.close();
        });
        issuer.start();
        try {
            ClientRegistration registration =
                    directory(address, "", false).directories().findByRegistrationId(SingleSignOn.REGISTRATION);

            assertThat(registration).isNotNull();
            assertThat(registration.getRedirectUri())
                    .isEqualTo("https://artemis.example.org/login/oauth2/code/directory");
        } finally {
            issuer.stop(0);
        }
        assertThat(directory(address, "", false).directories().findByRegistrationId(SingleSignOn.REGISTRATION))
                .as("a directory that does not answer")
                .isNull();
    }

    private SingleSignOn mapping(String teams) {
        return directory(teams, false);
    }

    private SingleSignOn directory(String teams, boolean trustEmail) {
        return directory("https://directory.example.org", teams, trustEmail);
    }

    private SingleSignOn directory(String issuer, String teams, boolean trustEmail) {
        OidcSettings settings = new OidcSettings(issuer, "Directory", "id", "secret", "groups", trustEmail, teams);
        var address = new PublicAddressSettings(URI.create("https://artemis.example.org/"));
        return new SingleSignOn(settings, address, users, people, members, tenants, steps);
    }

    private DefaultOidcUser proven(@Nullable Boolean verified, String... groups) {
        return user(email, verified, groups);
    }

    private static DefaultOidcUser user(String email, @Nullable Boolean verified, String... groups) {
        Map<String, Object> claims = new HashMap<>(Map.of("sub", email, "email", email, "groups", List.of(groups)));
        if (verified != null) {
            claims.put("email_verified", verified);
        }
        Instant now = Clock.systemUTC().instant();
        return new DefaultOidcUser(List.of(), new OidcIdToken("token", now, now.plusSeconds(60), claims));
    }

    private Map<Slug, Role> roles(UserId person) {
        Map<Slug, Role> roles = new HashMap<>();
        users.memberships(person).forEach(each -> roles.put(each.slug(), each.role()));
        return roles;
    }

    private Tenant aTeam() {
        return tenants.create(new Slug("directory-" + count.incrementAndGet()), "Team", ZoneId.of("UTC"));
    }
}
