package dev.artemis.runs;

import java.time.Duration;

/**
 * One team's part of the queue.
 *
 * @param team its slug
 * @param oldestWait how long the run that waits longest has waited: in line, unless its team is suspended, or for its start once it was taken; zero where none
 *     waits
 */
public record QueueDepth(String team, long waiting, long running, Duration oldestWait) {}
