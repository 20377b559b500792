package dev.artemis.sandbox;

import java.time.Duration;

/** The most that a run can use, for the case that nobody can tell what it did use. Units are those of {@link Limits}. */
public record Most(Duration wallTimeout, Duration cpuTime, int cpuMillicores, long memoryBytes) {

    public static Most of(Limits limits) {
        return new Most(limits.wallTimeout(), limits.cpuTime(), limits.cpuMillicores(), limits.memoryBytes());
    }

    /** CPU time that may have been used in that time since the start. */
    public Duration cpuTimeWithin(Duration elapsed) {
        Duration ran = elapsed.compareTo(wallTimeout) < 0 ? elapsed : wallTimeout;
        Duration all = ran.multipliedBy(cpuMillicores).dividedBy(1_000);
        return all.compareTo(cpuTime) < 0 ? all : cpuTime;
    }
}
