package dev.artemis.sandbox;

/** Why we ended a program. A program that met a limit, handled it and ended by itself was not killed. docs/protocol.md tells when each is given. */
public enum KillReason {
    WALL_TIMEOUT,
    CPU_TIME,
    /** A process of the run was killed for memory, and the run failed: which was the cause of which nobody can tell. */
    OUT_OF_MEMORY,
    FILE_SIZE,
    DISK_LIMIT,
    PROCESS_LIMIT,
    OUTPUT_LIMIT,
    CANCELLED
}
