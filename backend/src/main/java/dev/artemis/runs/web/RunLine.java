package dev.artemis.runs.web;

import dev.artemis.runs.KillReason;
import dev.artemis.runs.RunStatus;
import dev.artemis.runs.RunSummary;
import dev.artemis.shared.Usd;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A run as a line of {@code GET /runs}: all but code, findings and output. */
record RunLine(
        String id,
        RunStatus status,
        boolean success,
        @Nullable Integer exitCode,
        @Nullable String signal,
        @Nullable BigDecimal executionTime,
        @Nullable BigDecimal cpuTime,
        @Nullable Long maxMemoryBytes,
        @Nullable Long maxDiskBytes,
        @Nullable Long maxInodes,
        @Nullable Long maxFileBytes,
        @Nullable Long maxProcesses,
        @Nullable Long memoryKills,
        boolean killed,
        @Nullable KillReason killReason,
        @Nullable String reason,
        String language,
        @Nullable String stage,
        @Nullable String cardId,
        int priority,
        @Nullable String backend,
        int attempt,
        boolean cancelRequested,
        @Nullable Usd cost,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {

    static RunLine of(RunSummary run) {
        return new RunLine(
                run.id().toString(),
                run.status(),
                run.success(),
                run.exitCode(),
                run.signal(),
                run.executionTime(),
                run.cpuTime(),
                run.maxMemoryBytes(),
                run.maxDiskBytes(),
                run.maxInodes(),
                run.maxFileBytes(),
                run.maxProcesses(),
                run.memoryKills(),
                run.killed(),
                run.killReason(),
                run.reason(),
                run.language(),
                run.stage(),
                run.cardId(),
                run.priority(),
                run.backend(),
                run.attempt(),
                run.cancelRequested(),
                run.cost(),
                run.createdAt(),
                run.startedAt(),
                run.finishedAt());
    }
}
