package dev.artemis.access;

import java.time.Instant;

/**
 * A link that lets one person choose a password, once.
 *
 * @param text what stands at its end; whoever holds it can use it
 */
public record AccessLink(String text, Kind kind, Instant expiresAt) {

    /** Why it was made. */
    public enum Kind {
        /** Somebody new. */
        INVITATION,
        /** Somebody who forgot. */
        RESET
    }

    /** Where it leads on this server. */
    public String path() {
        return "welcome/" + text;
    }

    @Override
    public String toString() {
        return "AccessLink[" + kind + "]";
    }
}
