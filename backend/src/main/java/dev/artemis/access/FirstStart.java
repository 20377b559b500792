package dev.artemis.access;

import dev.artemis.shared.Caller;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/**
 * Makes the first administrator and the first admin key, before the server listens. What was made, and not given, is
 * handed out once, to be printed below the ready line of this start and never again.
 */
@Component
public class FirstStart implements SmartInitializingSingleton {

    private static final Caller PLATFORM = new Caller.Platform("first start");
    private static final int PASSWORD_BYTES = 15;

    private final AccessSettings settings;
    private final Users users;
    private final AdminKeys adminKeys;
    private @Nullable Made made;

    FirstStart(AccessSettings settings, Users users, AdminKeys adminKeys) {
        this.settings = settings;
        this.users = users;
        this.adminKeys = adminKeys;
    }

    /**
     * What the first start made.
     *
     * @param email the administrator's; null where there was one before
     * @param password null where it was given
     * @param key null where it was given, or there was one before
     */
    public record Made(
            @Nullable String email,
            @Nullable String password,
            @Nullable String key) {

        @Override
        public String toString() {
            return "Made[email=" + email + "]";
        }
    }

    /** What this start made, once; empty at every later start and call. */
    public synchronized Optional<Made> handOut() {
        Optional<Made> once = Optional.ofNullable(made);
        made = null;
        return once;
    }

    @Override
    public synchronized void afterSingletonsInstantiated() {
        String key = null;
        if (settings.keyGiven()) {
            adminKeys.take(Objects.requireNonNull(settings.key()));
        } else {
            key = adminKeys.makeFirst().map(KeyText::reveal).orElse(null);
        }
        if (!users.adminExists()) {
            String password = settings.passwordGiven() ? null : randomPassword();
            boolean added =
                    users.addFirst(PLATFORM, settings.email(), password == null ? settings.password() : password);
            made = added ? new Made(settings.email(), password, key) : new Made(null, null, key);
        } else if (key != null) {
            made = new Made(null, null, key);
        }
    }

    private static String randomPassword() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
