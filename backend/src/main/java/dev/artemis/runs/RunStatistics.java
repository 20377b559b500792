package dev.artemis.runs;

/**
 * Runs counted since the beginning.
 *
 * @param totalRuns submitted, blocked ones included
 * @param blockedExecutions refused by the scanner
 * @param killedRuns ended by us for a limit
 */
public record RunStatistics(long totalRuns, long blockedExecutions, long killedRuns) {}
