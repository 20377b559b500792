package dev.artemis.access;

import org.springframework.security.authentication.AccountStatusException;

/** The password was right; a second proof must follow. */
public final class SecondFactorNeeded extends AccountStatusException {

    private static final long serialVersionUID = 1;

    private final transient PendingSignIn pending;

    SecondFactorNeeded(PendingSignIn pending) {
        super("A code is needed");
        this.pending = pending;
    }

    /** Who is halfway in. */
    public PendingSignIn pending() {
        return pending;
    }
}
