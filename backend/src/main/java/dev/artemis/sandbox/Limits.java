package dev.artemis.sandbox;

import java.time.Duration;

/**
 * What a run may use. Each is positive and below a technical bound; a project's maxima are the runs module's business.
 *
 * @param cpuMillicores CPU at one time, thousandths of a core
 * @param memoryBytes of all processes together, files in memory included
 * @param cpuTime of all processes together
 * @param wallTimeout from the program's start
 * @param fileSizeBytes of one file
 * @param diskBytes of all files in the work folder together
 * @param processes processes and threads at one time
 * @param openFiles descriptors of one process
 * @param outputBytes kept of stdout, and as many of stderr
 */
public record Limits(
        int cpuMillicores,
        long memoryBytes,
        Duration cpuTime,
        Duration wallTimeout,
        long fileSizeBytes,
        long diskBytes,
        int processes,
        int openFiles,
        long outputBytes) {

    private static final long MIB = 1024L * 1024;

    /** One core, 512 MiB, 300 s of CPU in 600 s, files of 64 MiB, disk 256 MiB, 64 processes, 256 descriptors, 1 MiB a stream. */
    public static final Limits DEFAULTS = new Limits(
            1_000, 512 * MIB, Duration.ofSeconds(300), Duration.ofSeconds(600), 64 * MIB, 256 * MIB, 64, 256, MIB);

    /** No run gets less, thousandths of a core. */
    public static final int LEAST_CPU_MILLICORES = 10;

    /** No run gets less. */
    public static final long LEAST_MEMORY_BYTES = 16 * MIB;

    public Limits {
        require("cpu", cpuMillicores, LEAST_CPU_MILLICORES, 256_000);
        require("memory", memoryBytes, LEAST_MEMORY_BYTES, 1024 * 1024 * MIB);
        require("cpu time in ms", cpuTime.toMillis(), 10, Duration.ofDays(1).toMillis());
        require(
                "wall timeout in ms",
                wallTimeout.toMillis(),
                10,
                Duration.ofDays(1).toMillis());
        require("file size", fileSizeBytes, 1, 1024 * 1024 * MIB);
        require("disk", diskBytes, 64 * 1024, 1024 * 1024 * MIB);
        require("processes", processes, 1, 32_768);
        require("open files", openFiles, 16, 1_048_576);
        require("output", outputBytes, 2, 16 * MIB);
    }

    private static void require(String what, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("%s must be within %d and %d: %d".formatted(what, least, most, value));
        }
    }

    /** Files and folders that may exist at one time: one for each 4 KiB of disk, at least 1,024 and at most 200,000. */
    public long inodes() {
        return inodesOn(diskBytes);
    }

    /** The same for so much disk. */
    public static long inodesOn(long diskBytes) {
        return Math.clamp(diskBytes / 4096, 1_024, 200_000);
    }
}
