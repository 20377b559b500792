package dev.artemis.scanning;

import java.util.List;

/**
 * What a language's scan saw, before any policy.
 *
 * @param parsable whether it is the language it claims to be
 */
public record Scanned(boolean parsable, List<Finding> findings) {

    /** Not the language it claims to be. */
    public static Scanned unparsable() {
        return new Scanned(false, List.of());
    }
}
