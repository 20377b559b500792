package dev.artemis.access;

import dev.artemis.shared.Caller;
import dev.artemis.shared.UserId;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;

/** What people do about themselves: there is no call of programs for it. */
@TestComponent
public class PagesAlone {

    /** What each of them leaves in the audit log. */
    public static final List<String> ACTIONS = List.of(
            "user.added",
            "user.password-set",
            "user.password-chosen",
            "user.signed-out",
            "user.signed-out-everywhere",
            "sign-in.succeeded",
            "sign-in.failed",
            "second-factor.on",
            "second-factor.off",
            "personal-key.created",
            "personal-key.revoked");

    private static final String EMAIL = "pages-alone@example.org";
    private static final String PASSWORD = "a few good words";

    private final Users users;
    private final AccessLinks links;
    private final SignIn signIn;
    private final SignInSteps steps;
    private final SecondFactors factors;
    private final PersonalKeys keys;

    PagesAlone(
            Users users,
            AccessLinks links,
            SignIn signIn,
            SignInSteps steps,
            SecondFactors factors,
            PersonalKeys keys) {
        this.users = users;
        this.links = links;
        this.signIn = signIn;
        this.steps = steps;
        this.factors = factors;
        this.keys = keys;
    }

    /** Gives somebody a second factor, as they would themselves. */
    public void withSecondFactor(String person) {
        UserId id = UserId.parse(person);
        SignedIn me = new SignedIn(id.value(), users.byId(id).orElseThrow().email(), null);
        factors.confirm(
                me, Totp.codeAt(factors.begin(me).secret(), Clock.systemUTC().instant()));
    }

    /** All of it, by one person. */
    public void changeAll() {
        Caller by = new Caller.Platform(EMAIL);
        UserId id = users.addOrFind(by, EMAIL);
        SignedIn me = new SignedIn(id.value(), EMAIL, null);
        links.use(links.reset(new Caller.Admin(null, "admin"), id).link().text(), PASSWORD);
        users.changePassword(me, PASSWORD, "a few better words");
        signIn.authenticate(UsernamePasswordAuthenticationToken.unauthenticated(EMAIL, "a few better words"));
        try {
            signIn.authenticate(UsernamePasswordAuthenticationToken.unauthenticated(EMAIL, "not it"));
            throw new AssertionError("a wrong password was taken");
        } catch (BadCredentialsException refused) {
            steps.left(me);
        }
        keys.revoke(by, id, keys.create(by, id, "laptop", null).key().id());
        SecondFactors.Begun begun = factors.begin(me);
        List<String> codes = factors.confirm(
                me, Totp.codeAt(begun.secret(), Clock.systemUTC().instant()));
        factors.remove(me, codes.getFirst(), "10.8.0.1");
        users.signOutEverywhere(by, id);
    }
}
