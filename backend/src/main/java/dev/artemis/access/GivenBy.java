package dev.artemis.access;

/** Who gave somebody a membership, or a standing on the platform. */
enum GivenBy {
    /** Somebody here: it stays until somebody here takes it away. */
    PEOPLE,
    /** The company's directory: it ends when the directory, or our mapping of its groups, says so no more. */
    DIRECTORY
}
