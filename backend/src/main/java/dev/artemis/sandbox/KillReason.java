package dev.artemis.sandbox;

/** Why we ended a program. A program that met a limit, handled it and ended by itself was not killed. docs/protocol.md tells when each is given. */
public enum KillReason {
    WALL_TIMEOUT,
    CPU_TIME,
    /** Its main program was killed for memory, or a shell's last command was, or, where nobody counts for us, all its processes together had too much. */
    OUT_OF_MEMORY,
    FILE_SIZE,
    DISK_LIMIT,
    PROCESS_LIMIT,
    OUTPUT_LIMIT,
    CANCELLED
}
