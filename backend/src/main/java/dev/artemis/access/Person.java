package dev.artemis.access;

import dev.artemis.shared.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is known to the platform.
 *
 * @param canSignIn whether they chose a password
 * @param secondFactor whether a code follows the password
 * @param teams how many they belong to
 */
public record Person(
        UserId id,
        String email,
        @Nullable PlatformRole platformRole,
        boolean disabled,
        Instant since,
        boolean canSignIn,
        boolean secondFactor,
        long teams) {}
