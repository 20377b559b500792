package dev.artemis.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.artemis.OnDatabase;
import dev.artemis.audit.AuditEntry;
import dev.artemis.audit.AuditLog;
import dev.artemis.audit.AuditQuery;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Role;
import dev.artemis.shared.Slug;
import dev.artemis.shared.UserId;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.test.context.TestConstructor;

@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class SignInTest {

    private static final Caller PLATFORM = new Caller.Platform("test");

    private final SignIn signIn;
    private final Users users;
    private final Members members;
    private final Tenants tenants;
    private final CurrentUser currentUser;
    private final AuditLog log;

    SignInTest(SignIn signIn, Users users, Members members, Tenants tenants, CurrentUser currentUser, AuditLog log) {
        this.log = log;
        this.signIn = signIn;
        this.users = users;
        this.members = members;
        this.tenants = tenants;
        this.currentUser = currentUser;
    }

    @AfterEach
    void signOut() {
        SecurityContextHolder.clearContext();
    }

    @Test
    void theFirstAdministratorSignsIn() {
        Authentication signedIn = attempt("Admin@LOCALHOST", OnDatabase.ADMIN_PASSWORD, "10.0.0.1");

        assertThat(signedIn.getPrincipal()).isInstanceOfSatisfying(SignedIn.class, person -> {
            assertThat(person.isAdmin()).isTrue();
            assertThat(person.email()).isEqualTo("admin@localhost");
        });
        assertThat(signedIn.getAuthorities()).extracting(Object::toString).contains("ROLE_ADMIN");
    }

    @Test
    void tellsNobodyWhichHalfWasWrong() {
        users.setPassword(PLATFORM, users.addOrFind(PLATFORM, "known@example.org"), "a good password");

        assertThatThrownBy(() -> attempt("known@example.org", "wrong", "10.0.0.2"))
                .isInstanceOf(BadCredentialsException.class)
                .hasMessage("E-mail or password is wrong");
        assertThatThrownBy(() -> attempt("unknown@example.org", "wrong", "10.0.0.2"))
                .isInstanceOf(BadCredentialsException.class)
                .hasMessage("E-mail or password is wrong");
    }

    @Test
    void whoHasNoPasswordCannotSignInWithOne() {
        users.addOrFind(PLATFORM, "invited@example.org");

        assertThatThrownBy(() -> attempt("invited@example.org", "nobody's password", "10.0.0.3"))
                .isInstanceOf(BadCredentialsException.class);
    }

    @Test
    void slowsGuessesDownWithoutLockingTheOwnerOut() {
        users.setPassword(PLATFORM, users.addOrFind(PLATFORM, "owner@example.org"), "a good password");
        for (int guess = 0; guess < SignInAttempts.What.PASSWORD.fromOnePlace().most(); guess++) {
            assertThatThrownBy(() -> attempt("owner@example.org", "guess", "10.6.6.6"))
                    .isInstanceOf(BadCredentialsException.class);
        }

        assertThatThrownBy(() -> attempt("OWNER@example.org", "a good password", "10.6.6.6"))
                .isInstanceOf(LockedException.class);
        assertThat(attempt("owner@example.org", "a good password", "10.0.0.4").isAuthenticated())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b@example.org", "\u0000", "", "x", "a@b\r\nBcc: c@d", "\ud800@example.org"})
    void whatIsNoEMailIsNobodys(String email) {
        assertThatThrownBy(() -> attempt(email, "a good password", "10.0.0.7"))
                .isInstanceOf(BadCredentialsException.class);
    }

    @Test
    void whatIsLongerThanAPasswordIsNone() {
        users.setPassword(PLATFORM, users.addOrFind(PLATFORM, "short@example.org"), "a good password");

        assertThatThrownBy(() -> attempt("short@example.org", "x".repeat(2_000_000), "10.0.0.8"))
                .isInstanceOf(BadCredentialsException.class);
    }

    @Test
    void whoCameInAndWhoDidNotIsInTheAuditLog() {
        users.setPassword(PLATFORM, users.addOrFind(PLATFORM, "logged@example.org"), "a good password");
        attempt("logged@example.org", "a good password", "10.0.0.9");
        for (int guess = 0; guess <= SignInAttempts.What.PASSWORD.fromOnePlace().most() + 3; guess++) {
            assertThatThrownBy(() -> attempt("logged@example.org", "wrong", "10.0.0.10"))
                    .isInstanceOf(AuthenticationException.class);
        }
        assertThatThrownBy(() -> attempt("my password by mistake", "wrong", "10.0.0.11"))
                .isInstanceOf(BadCredentialsException.class);

        var entries = log.find(new AuditQuery(null, null, "sign-in.", null, null), null)
                .items();
        assertThat(entries.stream().filter(it -> it.subject().equals("logged@example.org")))
                .extracting(AuditEntry::action)
                .containsExactly(
                        "sign-in.locked-out",
                        "sign-in.failed",
                        "sign-in.failed",
                        "sign-in.failed",
                        "sign-in.failed",
                        "sign-in.failed",
                        "sign-in.succeeded");
        assertThat(entries).noneMatch(it -> it.subject().contains("my password"));
    }

    @Test
    void actsInItsTeamsAsWhatItIsThere() {
        Tenant mine = tenants.create(new Slug("signed-in-mine"), "Mine", ZoneId.of("UTC"));
        Tenant theirs = tenants.create(new Slug("signed-in-theirs"), "Theirs", ZoneId.of("UTC"));
        UserId person = users.addOrFind(PLATFORM, "viewer@example.org");
        users.setPassword(PLATFORM, person, "a good password");
        members.put(PLATFORM, mine.id(), person, Role.VIEWER);

        SecurityContextHolder.getContext().setAuthentication(attempt("viewer@example.org", "a good password", "::1"));

        assertThat(currentUser.teams()).extracting(Membership::slug).containsExactly(mine.slug());
        assertThat(currentUser.in(mine.slug()).orElseThrow().role()).isEqualTo(Role.VIEWER);
        assertThat(currentUser.in(theirs.slug())).isEmpty();
        assertThat(currentUser.admin()).isEmpty();
    }

    private Authentication attempt(String email, String password, String address) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr(address);
        var offered = UsernamePasswordAuthenticationToken.unauthenticated(email, password);
        offered.setDetails(new WebAuthenticationDetails(request));
        return signIn.authenticate(offered);
    }
}
