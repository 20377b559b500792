package dev.artemis.access;

import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;

/**
 * Somebody whose password was right, and who may do nothing yet. Kept in their session.
 *
 * @param since good for a few minutes
 */
public record PendingSignIn(UUID id, String email, Instant since) implements Serializable {

    private static final long serialVersionUID = 1;
}
