package dev.artemis.access;

import dev.artemis.shared.UserId;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Service;

/** Ways in that do not end with the password: a code after it, a passkey or single sign-on instead of it. */
@Service
public class SignInSteps {

    private static final Duration CODE_WITHIN = Duration.ofMinutes(5);

    private final Users users;
    private final SecondFactors factors;
    private final Clock clock;

    SignInSteps(Users users, SecondFactors factors, Clock clock) {
        this.users = users;
        this.factors = factors;
        this.clock = clock;
    }

    /** The person, fully signed in; empty where the code is wrong, or too late. */
    public Optional<Authentication> withCode(PendingSignIn pending, String code, String address) {
        boolean inTime = clock.instant().isBefore(pending.since().plus(CODE_WITHIN));
        return inTime && factors.proves(new UserId(pending.id()), pending.email(), code, address)
                ? of(new UserId(pending.id()))
                : Optional.empty();
    }

    /** Somebody who was proven otherwise, as they are signed in; empty where they are disabled or unknown. */
    Optional<Authentication> of(UserId proven) {
        return users.byId(proven).filter(person -> !person.disabled()).map(SignIn::signedIn);
    }
}
