package dev.artemis.runs;

/** Why a run did not end by itself; the names of the REST API. */
public enum KillReason {
    WALL_TIMEOUT,
    CPU_TIME,
    /** Its main program was killed for memory, or a shell's last command was, or, where nobody counts for us, all its processes together had too much. */
    OUT_OF_MEMORY,
    FILE_SIZE,
    DISK_LIMIT,
    PROCESS_LIMIT,
    OUTPUT_LIMIT,
    CANCELLED,
    /** What held it was gone, more often than we retry. */
    NODE_LOST,
    /** It could not be started, more often than we retry. */
    START_TIMEOUT;

    static KillReason of(dev.artemis.sandbox.KillReason reason) {
        return switch (reason) {
            case WALL_TIMEOUT -> WALL_TIMEOUT;
            case CPU_TIME -> CPU_TIME;
            case OUT_OF_MEMORY -> OUT_OF_MEMORY;
            case FILE_SIZE -> FILE_SIZE;
            case DISK_LIMIT -> DISK_LIMIT;
            case PROCESS_LIMIT -> PROCESS_LIMIT;
            case OUTPUT_LIMIT -> OUTPUT_LIMIT;
            case CANCELLED -> CANCELLED;
        };
    }
}
