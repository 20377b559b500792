package dev.artemis.access;

import dev.artemis.access.SignInAttempts.What;
import dev.artemis.access.SignInLog.Way;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/**
 * Signs people in with e-mail and password. Takes as long for an account that does not exist as for one that does, and
 * says the same. The principal is a {@link SignedIn}; authorities are {@code ROLE_USER} and, for the platform's own,
 * {@code ROLE_ADMIN} or {@code ROLE_FINANCE}.
 */
@Component
class SignIn implements AuthenticationProvider {

    private static final String BAD = "E-mail or password is wrong";

    private final Users users;
    private final PasswordEncoder passwords;
    private final SignInAttempts attempts;
    private final SecondFactors factors;
    private final SignInLog log;
    private final Clock clock;
    private final String nobodysHash;

    SignIn(
            Users users,
            PasswordEncoder passwords,
            SignInAttempts attempts,
            SecondFactors factors,
            SignInLog log,
            Clock clock) {
        this.factors = factors;
        this.log = log;
        this.clock = clock;
        this.users = users;
        this.passwords = passwords;
        this.attempts = attempts;
        this.nobodysHash = String.valueOf(passwords.encode("nobody's password"));
    }

    @Override
    public Authentication authenticate(Authentication offered) {
        String email = offered.getName().strip();
        String address = offered.getDetails() instanceof WebAuthenticationDetails web ? web.getRemoteAddress() : "";
        switch (attempts.begin(What.PASSWORD, email, address)) {
            case COUNTED -> {}
            case REFUSED -> throw locked();
            case REFUSED_ANEW -> {
                log.lockedOut(users.byEmail(email), Way.PASSWORD);
                throw locked();
            }
        }
        Optional<UserRow> user = users.byEmail(email);
        String hash = user.map(UserRow::passwordHash).orElse(nobodysHash);
        boolean matches = passwords.matches(tried(offered), hash);
        if (user.isEmpty() || user.get().passwordHash() == null || user.get().disabled() || !matches) {
            log.refused(user, Way.PASSWORD);
            throw new BadCredentialsException(BAD);
        }
        attempts.succeeded(What.PASSWORD, email, address);
        UserRow person = user.get();
        if (factors.isOn(person.id())) {
            throw new SecondFactorNeeded(new PendingSignIn(person.id().value(), person.email(), clock.instant()));
        }
        log.cameIn(person, Way.PASSWORD);
        UsernamePasswordAuthenticationToken token = signedIn(person);
        token.setDetails(offered.getDetails());
        return token;
    }

    /** What is longer than any password can be is not hashed. */
    private static String tried(Authentication offered) {
        String password = String.valueOf(offered.getCredentials());
        return password.length() <= Users.MAX_PASSWORD ? password : "";
    }

    private static LockedException locked() {
        return new LockedException("Too many attempts; try again in a few minutes");
    }

    @Override
    public boolean supports(Class<?> type) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
    }

    static UsernamePasswordAuthenticationToken signedIn(UserRow user) {
        SignedIn person = new SignedIn(user.id().value(), user.email(), user.platformRole());
        GrantedAuthority everyone = new SimpleGrantedAuthority("ROLE_USER");
        List<GrantedAuthority> authorities = user.platformRole() == null
                ? List.of(everyone)
                : List.of(everyone, new SimpleGrantedAuthority("ROLE_" + user.platformRole()));
        return UsernamePasswordAuthenticationToken.authenticated(person, null, authorities);
    }
}
