package dev.artemis.sandbox;

import java.time.Duration;

/**
 * What a run used.
 *
 * @param executionTime from the start of the program to its end
 * @param cpuTime of all its processes together
 * @param maxMemoryBytes the most that all held at one time, files in memory included
 */
public record Usage(Duration executionTime, Duration cpuTime, long maxMemoryBytes) {}
