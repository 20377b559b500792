package dev.artemis.sandbox;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a run used. Times are whole microseconds, as they are kept: what a run costs follows from its row to the last digit.
 *
 * @param executionTime from the start of the program to its end
 * @param cpuTime of all its processes together
 * @param maxMemoryBytes the most that all held at one time, files in memory included
 * @param maxDiskBytes the most that its files took at one time; null where nobody looked
 * @param maxInodes the most files and folders of its own at one time; null where nobody looked
 * @param maxFileBytes size of the largest file that was there at its end, of the first 10,000 that were seen; the limit, where it died of that;
 *     null where nobody looked
 * @param maxProcesses the most at one time, threads counted one by one; null where nobody looked
 * @param memoryKills how many of its processes the kernel ended for want of memory; null where nobody counted
 */
public record Usage(
        Duration executionTime,
        Duration cpuTime,
        long maxMemoryBytes,
        @Nullable Long maxDiskBytes,
        @Nullable Long maxInodes,
        @Nullable Long maxFileBytes,
        @Nullable Long maxProcesses,
        @Nullable Long memoryKills) {

    public Usage {
        executionTime = executionTime.truncatedTo(ChronoUnit.MICROS);
        cpuTime = cpuTime.truncatedTo(ChronoUnit.MICROS);
    }

    /** Where nobody looked at files and processes. */
    public Usage(Duration executionTime, Duration cpuTime, long maxMemoryBytes) {
        this(executionTime, cpuTime, maxMemoryBytes, null, null, null, null, null);
    }
}
