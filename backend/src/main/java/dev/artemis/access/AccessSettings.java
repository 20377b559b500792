package dev.artemis.access;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The platform's first administrator, read at the first start.
 *
 * @param email to sign in with
 * @param password at least 8 characters; empty: one is made and printed once
 * @param key for programs, at least 32 characters; empty: one is made and printed once. Another key than at the start
 *     before replaces it
 */
@ConfigurationProperties("artemis.admin")
record AccessSettings(
        @DefaultValue("admin@localhost") String email,
        @Nullable String password,
        @Nullable String key) {

    boolean passwordGiven() {
        return password != null && !password.isEmpty();
    }

    boolean keyGiven() {
        return key != null && !key.isEmpty();
    }

    @Override
    public String toString() {
        return "AccessSettings[email=" + email + "]";
    }
}
