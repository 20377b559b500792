package dev.artemis.sandbox;

import java.time.Duration;

/** For tests: the usual limits, but for what is said. */
public final class SomeLimits {

    private int cpuMillicores = Limits.DEFAULTS.cpuMillicores();
    private long memoryBytes = Limits.DEFAULTS.memoryBytes();
    private Duration wallTimeout = Limits.DEFAULTS.wallTimeout();
    private long diskBytes = Limits.DEFAULTS.diskBytes();
    private int processes = Limits.DEFAULTS.processes();
    private long outputBytes = Limits.DEFAULTS.outputBytes();

    private SomeLimits() {}

    public static SomeLimits usual() {
        return new SomeLimits();
    }

    SomeLimits cpuMillicores(int most) {
        cpuMillicores = most;
        return this;
    }

    SomeLimits memoryBytes(long most) {
        memoryBytes = most;
        return this;
    }

    SomeLimits wallTimeout(Duration most) {
        wallTimeout = most;
        return this;
    }

    SomeLimits diskBytes(long most) {
        diskBytes = most;
        return this;
    }

    public SomeLimits processes(int most) {
        processes = most;
        return this;
    }

    /** Of each stream. */
    public SomeLimits outputBytes(long most) {
        outputBytes = most;
        return this;
    }

    /**
     * What was said.
     *
     * @throws IllegalArgumentException one of them is out of range
     */
    public Limits limits() {
        return new Limits(
                cpuMillicores,
                memoryBytes,
                Limits.DEFAULTS.cpuTime(),
                wallTimeout,
                Limits.DEFAULTS.fileSizeBytes(),
                diskBytes,
                processes,
                Limits.DEFAULTS.openFiles(),
                outputBytes);
    }
}
