package dev.artemis.access;

import dev.artemis.shared.Role;
import dev.artemis.shared.UserId;
import java.time.Instant;

/**
 * Somebody of a team.
 *
 * @param needsInvitation whether they have neither a password nor came in another way
 */
public record Member(UserId user, String email, Role role, Instant since, boolean needsInvitation) {}
