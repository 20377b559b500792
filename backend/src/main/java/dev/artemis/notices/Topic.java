package dev.artemis.notices;

/** What kind of thing changed. */
public enum Topic {
    /** Something was spent, held, given back or refused. */
    MONEY,
    /** A run came, moved on or ended. */
    RUNS,
    /** A person changed something: whatever the audit log has. */
    SETTINGS
}
