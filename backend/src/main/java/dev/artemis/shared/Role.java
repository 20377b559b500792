package dev.artemis.shared;

/** What a member may do in a team. */
public enum Role {
    /** Members, projects, project budgets, keys. */
    OWNER,
    /** Runs and calls. */
    DEVELOPER,
    /** The team's reports. */
    FINANCE,
    /** Looks. */
    VIEWER
}
