package dev.artemis.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.shared.Caller;
import dev.artemis.shared.UserId;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.test.context.TestConstructor;

/** A device that signs as a browser's would. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class PasskeysTest {

    private static final int MOST = SignInAttempts.What.PASSKEY.fromOnePlace().most();
    private static final AtomicInteger count = new AtomicInteger();

    private final Passkeys passkeys;
    private final Users users;
    private final Device device;
    private final String place = "10.88.0." + count.incrementAndGet();

    PasskeysTest(Passkeys passkeys, Users users, PublicAddressSettings address) {
        this.passkeys = passkeys;
        this.users = users;
        this.device = new Device(address.publicUrl());
    }

    @AfterEach
    void signOut() {
        SecurityContextHolder.clearContext();
    }

    /** A whole office comes in from one address within a few minutes. */
    @Test
    void whoeverComesInIsNotCountedAmongThoseWhoGuess() {
        SignedIn person = withPasskey();

        for (int time = 0; time < 2 * MOST; time++) {
            var asked = passkeys.askToShow();
            assertThat(passkeys.signIn(asked.options(), device.shown(asked.options(), person.id()), place))
                    .as("sign-in %d", time)
                    .isPresent();
        }
    }

    @Test
    void whatProvesNobodyIsCountedAndClosesThatPlaceAlone() {
        SignedIn person = withPasskey();
        for (int time = 0; time < MOST; time++) {
            assertThat(passkeys.signIn(passkeys.askToShow().options(), "{}", place))
                    .isEmpty();
        }

        var asked = passkeys.askToShow();
        String answer = device.shown(asked.options(), person.id());

        assertThat(passkeys.signIn(asked.options(), answer, place)).isEmpty();
        assertThat(passkeys.signIn(asked.options(), answer, place + "9")).isPresent();
    }

    private SignedIn withPasskey() {
        String email = "passkey-" + count.incrementAndGet() + "@example.org";
        UserId id = users.addOrFind(new Caller.Platform("test"), email);
        SignedIn person = new SignedIn(id.value(), email, null);
        SecurityContextHolder.getContext()
                .setAuthentication(
                        UsernamePasswordAuthenticationToken.authenticated(person, null, java.util.List.of()));
        var asked = passkeys.askToMake();
        passkeys.keep(person, asked.options(), device.made(asked.options()), "device");
        return person;
    }
}
