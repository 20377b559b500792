package dev.artemis.exports;

import java.time.Instant;
import java.util.UUID;

/**
 * How far an export is.
 *
 * @param before how many come before it; 0 once it runs
 * @param rows written so far
 */
public record ExportStanding(
        UUID id, ExportFormat format, ExportProgress.State state, int before, long rows, Instant askedAt) {}
