package dev.artemis.access;

import dev.artemis.shared.UserId;
import org.jspecify.annotations.Nullable;

/**
 * A person, as the database has them.
 *
 * @param passwordHash null: cannot sign in with a password
 * @param cameIn whether they ever did, by whichever way
 * @param standingGivenBy who made them what they are on the platform
 */
record UserRow(
        UserId id,
        String email,
        @Nullable String passwordHash,
        @Nullable PlatformRole platformRole,
        boolean disabled,
        boolean cameIn,
        GivenBy standingGivenBy) {

    @Override
    public String toString() {
        return "UserRow[" + id + "]";
    }
}
