package dev.artemis.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.artemis.OnDatabase;
import dev.artemis.mail.Tongue;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Problem;
import dev.artemis.shared.Role;
import dev.artemis.shared.Slug;
import dev.artemis.shared.UserId;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.test.context.TestConstructor;

/** Links, sessions, second factors, standing: who comes in, who is put out. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class PeopleTest {

    private static final Caller PLATFORM = new Caller.Platform("test");
    private static final Caller.Admin ADMIN = new Caller.Admin(null, "admin");
    private static final String PASSWORD = "a very good password";
    private static final AtomicInteger count = new AtomicInteger();

    private final Users users;
    private final Members members;
    private final Tenants tenants;
    private final People people;
    private final AccessLinks links;
    private final LiveSessions sessions;
    private final SecondFactors factors;
    private final SignIn signIn;
    private final SignInSteps steps;
    private final PassOnLinks passOn;
    private final Passkeys passkeys;
    private final JdbcClient jdbc;
    private final TenantTransactions transactions;

    PeopleTest(
            Users users,
            Members members,
            Tenants tenants,
            People people,
            AccessLinks links,
            LiveSessions sessions,
            SecondFactors factors,
            SignIn signIn,
            SignInSteps steps,
            PassOnLinks passOn,
            Passkeys passkeys,
            JdbcClient jdbc,
            TenantTransactions transactions) {
        this.users = users;
        this.members = members;
        this.tenants = tenants;
        this.people = people;
        this.links = links;
        this.sessions = sessions;
        this.factors = factors;
        this.signIn = signIn;
        this.steps = steps;
        this.passOn = passOn;
        this.passkeys = passkeys;
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    @Test
    void anInvitationLetsAPersonChooseAPasswordOnce() {
        Caller.ForTenant owner = anOwner();
        UserId person = users.addOrFind(PLATFORM, email());
        AccessLink link = links.invitation(owner, person).orElseThrow().link();

        String email = links.use(link.text(), PASSWORD);

        assertThat(attempt(email, PASSWORD).isAuthenticated()).isTrue();
        assertThat(links.look(link.text())).isEmpty();
        assertThatThrownBy(() -> links.use(link.text(), "another good password"))
                .isInstanceOf(Problem.class);
        assertThat(links.invitation(owner, person)).isEmpty();
    }

    @Test
    void aTeamsOwnerHoldsNoLinkOfSomebodyElse() {
        UserId person = users.addOrFind(PLATFORM, email());
        Caller.ForTenant owner = anOwner();

        assertThat(passOn.invite(owner, person, Tongue.ENGLISH))
                .isInstanceOf(PassOnLinks.Passed.ByAnAdministrator.class);
        assertThat(passOn.invite(
                        new Caller.ForTenant(owner.tenant(), null, Role.OWNER, "admin key"), person, Tongue.ENGLISH))
                .isInstanceOf(PassOnLinks.Passed.ByHand.class);
    }

    /** Somebody from the company's directory has no password, and needs none: an invitation would be a second way in. */
    @Test
    void whoCameInAnotherWayIsNotInvited() {
        UserId person = users.addOrFind(PLATFORM, email());
        assertThat(steps.of(person, SignInLog.Way.DIRECTORY)).isPresent();

        assertThat(links.invitation(anOwner(), person)).isEmpty();
    }

    @Test
    void aLinkInAnOlderLetterEndsWithAChangedPasswordAndWithWhomItIsFor() {
        UserId person = aPerson();
        AccessLink beforeTheChange = links.reset(ADMIN, person).link();
        users.setPassword(PLATFORM, person, "another good password");
        AccessLink beforeTheEnd = links.reset(ADMIN, person).link();

        people.put(ADMIN, person, new People.Standing(null, true));
        people.put(ADMIN, person, new People.Standing(null, false));

        assertThat(links.look(beforeTheChange.text())).isEmpty();
        assertThat(links.look(beforeTheEnd.text())).isEmpty();
    }

    @Test
    void aPasswordThatWasChangedMeanwhileLeadsNowhereWithItsCode() {
        String email = email();
        UserId person = users.addOrFind(PLATFORM, email);
        users.setPassword(PLATFORM, person, PASSWORD);
        SignedIn me = new SignedIn(person.value(), email, null);
        List<String> recovery = confirmed(me);
        PendingSignIn pending = pending(email);

        users.setPassword(PLATFORM, person, "another good password");

        assertThat(steps.withCode(pending, recovery.getFirst(), "10.1.1.9")).isEmpty();
    }

    @Test
    void whoHasTheSessionDoesNotGuessThePasswordForLong() {
        UserId person = aPerson();
        for (int guess = 0; guess < SignInAttempts.What.PASSWORD.fromOnePlace().most(); guess++) {
            assertThatThrownBy(() -> users.changePassword(signedIn(person), "a guess", "a new good password"))
                    .isInstanceOf(Problem.class);
        }

        assertThatThrownBy(() -> users.changePassword(signedIn(person), PASSWORD, "a new good password"))
                .isInstanceOf(Problem.class);
    }

    @Test
    void somebodyElsesPasskeyIsNotTakenAway() {
        Passkey somebodys = new Passkey("bm90LW1pbmU", "device", Instant.EPOCH, Instant.EPOCH);

        assertThatThrownBy(() -> passkeys.remove(signedIn(aPerson()), somebodys))
                .isInstanceOfSatisfying(
                        Problem.class, refused -> assertThat(refused.status()).isEqualTo(404));
    }

    @Test
    void aNewerLinkEndsTheOlderAndTimeEndsBoth() {
        UserId person = aPerson();
        AccessLink first = links.reset(ADMIN, person).link();
        AccessLink second = links.reset(ADMIN, person).link();

        assertThat(links.look(first.text())).isEmpty();
        assertThat(links.look(second.text())).isPresent();
        assertThat(links.look("nonsense")).isEmpty();
        assertThat(transactions.<Integer>acrossTenants(
                        () -> jdbc.sql("select count(*)::int from door.access_link(:hash, now() + interval '2 hours')")
                                .param("hash", LinkText.hash(second.text()))
                                .query(Integer.class)
                                .single()))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "short",
                "password",
                "Password1!",
                "passwordpassword",
                "12345678",
                "iloveyou",
                "letmein!!!!!",
                "aaaaaaaaaaaa"
            })
    void whatIsGuessedFirstIsRefused(String password) {
        UserId person = aPerson();

        assertThatThrownBy(() -> users.setPassword(PLATFORM, person, password))
                .isInstanceOfSatisfying(
                        Problem.class, refused -> assertThat(refused.status()).isEqualTo(422));
    }

    @Test
    void theEMailIsNoPassword() {
        String email = email();
        UserId person = users.addOrFind(PLATFORM, email);

        assertThatThrownBy(() -> users.setPassword(PLATFORM, person, email.toUpperCase(java.util.Locale.ROOT)))
                .isInstanceOf(Problem.class);
    }

    @Test
    void aChangedPasswordEndsTheOtherSessionsAndKeepsThisOne() {
        UserId person = aPerson();
        MockHttpSession here = session(person);
        MockHttpSession elsewhere = session(person);
        MockHttpSession somebodyElses = session(aPerson());

        sessions.keeping(
                here, signedIn(person), () -> users.changePassword(signedIn(person), PASSWORD, "a new good password"));

        assertThat(elsewhere.isInvalid()).isTrue();
        assertThat(here.isInvalid()).isFalse();
        assertThat(somebodyElses.isInvalid()).isFalse();
        sessions.sweep();
        assertThat(here.isInvalid()).isFalse();
    }

    @Test
    void aWrongCurrentPasswordChangesNothing() {
        UserId person = aPerson();
        MockHttpSession session = session(person);

        assertThatThrownBy(() -> users.changePassword(signedIn(person), "not it", "a new good password"))
                .isInstanceOf(Problem.class);

        assertThat(session.isInvalid()).isFalse();
    }

    @Test
    void aRemovedMembersOpenPageEnds() {
        Tenant team = tenants.create(new Slug("ways-in-" + count.incrementAndGet()), "Team", ZoneId.of("UTC"));
        UserId owner = aPerson();
        UserId leaving = aPerson();
        members.put(PLATFORM, team.id(), owner, Role.OWNER);
        members.put(PLATFORM, team.id(), leaving, Role.DEVELOPER);
        MockHttpSession session = session(leaving);
        MockHttpSession owners = session(owner);

        members.remove(PLATFORM, team.id(), leaving);

        assertThat(session.isInvalid()).isTrue();
        assertThat(owners.isInvalid()).isFalse();
    }

    @Test
    void signingOutEverywhereEndsAll() {
        UserId person = aPerson();
        MockHttpSession one = session(person);
        MockHttpSession two = session(person);

        users.signOutEverywhere(PLATFORM, person);

        assertThat(List.of(one.isInvalid(), two.isInvalid())).containsOnly(true);
    }

    @Test
    void whatAnotherInstanceEndedIsHeardOfByTheSweep() {
        UserId person = aPerson();
        MockHttpSession session = session(person);
        transactions.acrossTenants(() -> jdbc.sql("select 1 from door.end_sessions(:id, now() + interval '1 minute')")
                .param("id", person.value())
                .query(Integer.class)
                .single());

        sessions.sweep();

        assertThat(session.isInvalid()).isTrue();
    }

    @Test
    void whoIsDisabledIsPutOutAndCannotComeBack() {
        String email = email();
        UserId person = users.addOrFind(PLATFORM, email);
        users.setPassword(PLATFORM, person, PASSWORD);
        MockHttpSession session = session(person);

        people.put(ADMIN, person, new People.Standing(null, true));

        assertThat(session.isInvalid()).isTrue();
        assertThatThrownBy(() -> attempt(email, PASSWORD))
                .isInstanceOf(org.springframework.security.authentication.BadCredentialsException.class);
    }

    @Test
    void theLastAdministratorStays() {
        UserId admin = users.byEmail("admin@localhost").orElseThrow().id();
        people.all(null).items().stream()
                .filter(it ->
                        it.platformRole() == PlatformRole.ADMIN && !it.id().equals(admin))
                .forEach(it -> people.put(ADMIN, it.id(), new People.Standing(null, it.disabled())));

        for (People.Standing standing :
                List.of(new People.Standing(null, false), new People.Standing(PlatformRole.ADMIN, true))) {
            assertThatThrownBy(() -> people.put(ADMIN, admin, standing))
                    .isInstanceOfSatisfying(
                            Problem.class, refused -> assertThat(refused.code()).isEqualTo("last-admin"));
        }
        people.put(ADMIN, aPerson(), new People.Standing(PlatformRole.ADMIN, false));
        people.put(ADMIN, admin, new People.Standing(null, false));
        people.put(ADMIN, admin, new People.Standing(PlatformRole.ADMIN, false));
    }

    @Test
    void aSecondFactorFollowsThePasswordAndEachCodeCountsOnce() {
        String email = email();
        UserId person = users.addOrFind(PLATFORM, email);
        users.setPassword(PLATFORM, person, PASSWORD);
        SignedIn me = new SignedIn(person.value(), email, null);
        SecondFactors.Begun begun = factors.begin(me);
        assertThat(attempt(email, PASSWORD).isAuthenticated())
                .as("begun is not in force")
                .isTrue();
        String first = Totp.codeAt(begun.secret(), java.time.Clock.systemUTC().instant());

        List<String> recovery = factors.confirm(me, first);

        assertThat(recovery).hasSize(10).doesNotHaveDuplicates();
        PendingSignIn pending = pending(email);
        assertThat(steps.withCode(pending, first, "10.1.1.1"))
                .as("a code counts once")
                .isEmpty();
        assertThat(steps.withCode(pending, recovery.getFirst(), "10.1.1.1")).isPresent();
        assertThat(steps.withCode(pending, recovery.getFirst(), "10.1.1.1")).isEmpty();
        assertThat(factors.codesLeft(person)).isEqualTo(9);
        factors.remove(me, recovery.getLast(), "10.1.1.2");
        assertThat(attempt(email, PASSWORD).isAuthenticated()).isTrue();
    }

    @Test
    void codesAreNotGuessedForLong() {
        String email = email();
        UserId person = users.addOrFind(PLATFORM, email);
        users.setPassword(PLATFORM, person, PASSWORD);
        SignedIn me = new SignedIn(person.value(), email, null);
        SecondFactors.Begun begun = factors.begin(me);
        List<String> recovery = factors.confirm(
                me, Totp.codeAt(begun.secret(), java.time.Clock.systemUTC().instant()));
        PendingSignIn pending = pending(email);

        for (int guess = 0; guess < SignInAttempts.What.CODE.fromOnePlace().most(); guess++) {
            assertThat(steps.withCode(pending, "000000", "10.2.2.2")).isEmpty();
        }

        assertThat(steps.withCode(pending, recovery.getFirst(), "10.2.2.2")).isEmpty();
        assertThat(steps.withCode(pending, recovery.getFirst(), "10.2.2.3")).isPresent();
    }

    private Caller.ForTenant anOwner() {
        Tenant team = tenants.create(new Slug("ways-in-" + count.incrementAndGet()), "Team", ZoneId.of("UTC"));
        UserId owner = aPerson();
        members.put(PLATFORM, team.id(), owner, Role.OWNER);
        return new Caller.ForTenant(team.id(), owner, Role.OWNER, "owner");
    }

    private List<String> confirmed(SignedIn me) {
        SecondFactors.Begun begun = factors.begin(me);
        return factors.confirm(
                me, Totp.codeAt(begun.secret(), java.time.Clock.systemUTC().instant()));
    }

    private PendingSignIn pending(String email) {
        try {
            attempt(email, PASSWORD);
        } catch (SecondFactorNeeded needed) {
            return needed.pending();
        }
        throw new AssertionError("the password was enough");
    }

    private MockHttpSession session(UserId person) {
        MockHttpSession session = new MockHttpSession();
        sessions.watch(session, signedIn(person));
        return session;
    }

    private SignedIn signedIn(UserId person) {
        UserRow row = users.byId(person).orElseThrow();
        return new SignedIn(person.value(), row.email(), row.platformRole());
    }

    private UserId aPerson() {
        UserId person = users.addOrFind(PLATFORM, email());
        users.setPassword(PLATFORM, person, PASSWORD);
        return person;
    }

    private static String email() {
        return "ways-in-" + count.incrementAndGet() + "@example.org";
    }

    private Authentication attempt(String email, String password) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr("10.3.0." + count.incrementAndGet() % 250);
        var offered = UsernamePasswordAuthenticationToken.unauthenticated(email, password);
        offered.setDetails(new WebAuthenticationDetails(request));
        return signIn.authenticate(offered);
    }
}
