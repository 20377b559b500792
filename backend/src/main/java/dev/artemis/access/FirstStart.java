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
 * Makes the first administrator and the first admin key. What is given is taken before the server listens. What must be made
 * up is made only when it is handed out, to be printed below the ready line of this start and never again: a start that was
 * cut short before that has lost nobody's way in.
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

    @Override
    public synchronized void afterSingletonsInstantiated() {
        if (settings.keyGiven()) {
            adminKeys.take(Objects.requireNonNull(settings.key()));
        }
        if (settings.passwordGiven() && !users.adminExists() && added(settings.password())) {
            made = new Made(settings.email(), null, null);
        }
    }

    /** What this start made, once; empty at every later start and call. */
    public synchronized Optional<Made> handOut() {
        String key = settings.keyGiven()
                ? null
                : adminKeys.makeFirst().map(KeyText::reveal).orElse(null);
        Made before = made;
        made = null;
        if (before != null) {
            return Optional.of(new Made(before.email(), null, key));
        }
        String password = randomPassword();
        if (!users.adminExists() && added(password)) {
            return Optional.of(new Made(settings.email(), password, key));
        }
        return key == null ? Optional.empty() : Optional.of(new Made(null, null, key));
    }

    private boolean added(@Nullable String password) {
        return users.addFirst(PLATFORM, settings.email(), password);
    }

    private static String randomPassword() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
