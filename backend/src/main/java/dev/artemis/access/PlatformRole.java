package dev.artemis.access;

/** What a person may do across all teams. */
public enum PlatformRole {
    /** Everything. */
    ADMIN,
    /** Reads all teams' money. */
    FINANCE
}
