package dev.artemis.runs;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How runs are queued and taken.
 *
 * @param slots how many runs this worker holds at once; 0 is twice its processors, at least 2
 * @param maxRunningPerTenant runs of one team that are held at once, on all workers
 * @param maxCpuMillicoresPerTenant CPU that runs of one team may hold at once; 0 is no limit
 * @param maxMemoryPerTenant memory that runs of one team may hold at once; 0 is no limit
 * @param maxQueuedPerTenant runs of one team that wait; more are refused with 429
 * @param attempts tries at a run that fails for no fault of its own; then it is LOST
 * @param keepOutput how long what a run printed is kept after its end; 0 is for ever
 * @param lease for how long a worker that is not heard of counts as alive
 * @param poll how often the queue is looked at without a notice
 * @param cpuMillicores CPU that all runs share: no more is held at once, on all workers; 0 is no bound, and this machine's as a measure of fairness
 * @param memory memory that all runs share, likewise
 */
@ConfigurationProperties("artemis.runs")
public record RunSettings(
        @DefaultValue("0") int slots,
        @DefaultValue("1000") int maxRunningPerTenant,
        @DefaultValue("0") long maxCpuMillicoresPerTenant,
        @DefaultValue("0B") DataSize maxMemoryPerTenant,
        @DefaultValue("20000") int maxQueuedPerTenant,
        @DefaultValue("3") int attempts,
        @DefaultValue("90d") Duration keepOutput,
        @DefaultValue("20s") Duration lease,
        @DefaultValue("1s") Duration poll,
        @DefaultValue("0") long cpuMillicores,
        @DefaultValue("0B") DataSize memory) {

    /** Each has threads and a place in the worker's memory. */
    private static final int MOST_SLOTS = 10_000;

    /** More than there is, and still far from overflow when it is added to. */
    static final long UNLIMITED = Long.MAX_VALUE / 2;

    public RunSettings {
        if (maxCpuMillicoresPerTenant < 0
                || maxMemoryPerTenant.isNegative()
                || cpuMillicores < 0
                || memory.isNegative()) {
            throw new IllegalArgumentException("artemis.runs: CPU and memory from 0, which is no limit");
        }
        if (slots > MOST_SLOTS) {
            throw new IllegalArgumentException("artemis.runs.slots: at most " + MOST_SLOTS);
        }
        if (slots < 0
                || maxRunningPerTenant < 1
                || maxQueuedPerTenant < 1
                || attempts < 1
                || keepOutput.isNegative()
                || lease.toMillis() < 100
                || poll.toMillis() < 10) {
            throw new IllegalArgumentException(
                    "artemis.runs: slots and keep-output from 0; limits and attempts from 1; lease from 100ms; poll from 10ms");
        }
    }

    int slotsHere() {
        return slots(slots);
    }

    /** How many a worker on this machine has of which so many were asked for. */
    static int slots(int wanted) {
        return wanted > 0 ? wanted : Math.max(2, 2 * Runtime.getRuntime().availableProcessors());
    }

    long cpuPerTenant() {
        return maxCpuMillicoresPerTenant > 0 ? maxCpuMillicoresPerTenant : UNLIMITED;
    }

    long memoryPerTenant() {
        return maxMemoryPerTenant.toBytes() > 0 ? maxMemoryPerTenant.toBytes() : UNLIMITED;
    }

    /** What all runs may hold at once; {@link #UNLIMITED} where nothing is configured. */
    Capacity bound() {
        return new Capacity(
                cpuMillicores > 0 ? cpuMillicores : UNLIMITED, memory.toBytes() > 0 ? memory.toBytes() : UNLIMITED);
    }

    /** What all runs share, as the measure of a team's share. */
    Capacity capacity() {
        long processors = 1_000L * Runtime.getRuntime().availableProcessors();
        return new Capacity(
                cpuMillicores > 0 ? cpuMillicores : processors,
                memory.toBytes() > 0 ? memory.toBytes() : thisMachine());
    }

    static long thisMachine() {
        return java.lang.management.ManagementFactory.getOperatingSystemMXBean()
                        instanceof com.sun.management.OperatingSystemMXBean machine
                ? machine.getTotalMemorySize()
                : Runtime.getRuntime().maxMemory();
    }

    /** CPU and memory that runs share. Both positive. */
    record Capacity(long cpuMillicores, long memoryBytes) {

        boolean isUnlimited() {
            return cpuMillicores >= UNLIMITED && memoryBytes >= UNLIMITED;
        }
    }
}
