package dev.artemis.runs;

/**
 * Runs of all teams that were given up lately.
 *
 * @param count how many
 * @param why the last was, in the sandbox's words where it had any, else in ours; empty where none was
 */
public record LostRuns(long count, String why) {}
