package dev.artemis.access;

import dev.artemis.shared.Scope;
import dev.artemis.shared.Usd;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a key shall be.
 *
 * @param name 1 to 200 characters, no control characters
 * @param scopes at least one
 * @param expiresAt in the future; null: never
 * @param dailyLimit what may be spent with it in a day, US dollars; null: no limit of its own
 * @param monthlyLimit the same for a month
 */
public record NewApiKey(
        String name,
        Set<Scope> scopes,
        @Nullable Instant expiresAt,
        @Nullable Usd dailyLimit,
        @Nullable Usd monthlyLimit) {

    public NewApiKey {
        scopes = Set.copyOf(scopes);
    }

    /** One without an end and without limits of its own. */
    public NewApiKey(String name, Set<Scope> scopes) {
        this(name, scopes, null, null, null);
    }
}
