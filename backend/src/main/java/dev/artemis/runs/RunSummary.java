package dev.artemis.runs;

import dev.artemis.shared.ProjectId;
import dev.artemis.shared.RunId;
import dev.artemis.shared.Usd;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run as one line of a list: all but code, findings and output.
 *
 * @param success it ended by itself with exit code 0
 * @param signal name of the signal it died of, such as "SIGSEGV"
 * @param executionTime seconds from the program's start to its end
 * @param cpuTime seconds of all its processes together
 * @param memoryKills how many of its processes the kernel ended for want of memory; null where nobody counted
 * @param killed we ended it after it had started
 * @param reason while it waits after a start that failed, and once it is lost: why, as a sentence for whoever submitted it
 * @param backend the sandbox that had it last: "local", "docker" or "kubernetes"
 * @param attempt 0 before the first
 * @param cost null until it ended
 */
public record RunSummary(
        RunId id,
        ProjectId project,
        String language,
        @Nullable String stage,
        @Nullable String cardId,
        int priority,
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
        @Nullable String backend,
        int attempt,
        boolean cancelRequested,
        @Nullable Usd cost,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {}
