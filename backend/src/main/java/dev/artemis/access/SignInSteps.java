package dev.artemis.access;

import dev.artemis.access.SignInLog.Way;
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
    private final LiveSessions sessions;
    private final SignInLog log;
    private final Clock clock;

    SignInSteps(Users users, SecondFactors factors, LiveSessions sessions, SignInLog log, Clock clock) {
        this.users = users;
        this.factors = factors;
        this.sessions = sessions;
        this.log = log;
        this.clock = clock;
    }

    /** The person, fully signed in; empty where the code is wrong, or too late, or the password is another one since. */
    public Optional<Authentication> withCode(PendingSignIn pending, String code, String address) {
        UserId person = new UserId(pending.id());
        boolean inTime = clock.instant().isBefore(pending.since().plus(CODE_WITHIN));
        return inTime
                        && !sessions.endedSince(person, pending.since())
                        && factors.proves(person, pending.email(), code, address)
                ? of(person, Way.CODE)
                : Optional.empty();
    }

    /** Somebody who was proven otherwise, as they are signed in; empty where they are disabled or unknown. */
    Optional<Authentication> of(UserId proven, Way way) {
        Optional<UserRow> person = users.byId(proven);
        Optional<UserRow> allowed = person.filter(each -> !each.disabled());
        allowed.ifPresentOrElse(each -> log.cameIn(each, way), () -> log.refused(person, way));
        return allowed.map(SignIn::signedIn);
    }

    /** Somebody whom nothing proved. */
    void refused(Way way) {
        log.refused(Optional.empty(), way);
    }

    /** Somebody signs out. */
    public void left(SignedIn person) {
        log.left(person);
    }
}
