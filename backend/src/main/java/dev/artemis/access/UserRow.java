package dev.artemis.access;

import dev.artemis.shared.UserId;
import org.jspecify.annotations.Nullable;

/**
 * A person, as the database has them.
 *
 * @param passwordHash null: cannot sign in with a password
 */
record UserRow(
        UserId id,
        String email,
        @Nullable String passwordHash,
        @Nullable PlatformRole platformRole,
        boolean disabled) {

    @Override
    public String toString() {
        return "UserRow[" + id + "]";
    }
}
