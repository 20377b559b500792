package dev.artemis.sandbox;

import java.time.Instant;

/** How a program ended, the same whichever sandbox ran it. Times are of the executor's clock. */
public record Result(
        Ending ending, Usage usage, Captured stdout, Captured stderr, Instant startedAt, Instant finishedAt) {}
