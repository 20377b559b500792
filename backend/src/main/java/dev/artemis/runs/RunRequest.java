package dev.artemis.runs;

import dev.artemis.sandbox.Limits;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks to run, as it arrives: not checked yet. Absent values take the project's defaults.
 *
 * @param language an id of {@link dev.artemis.shared.Language}
 * @param stage step of the team's pipeline, at most 200 characters
 * @param cardId ticket of work, at most 200 characters
 * @param scan false skips the scanner, where the project allows it
 * @param priority -10 to 10, higher is earlier among the project's own runs; 0 if absent
 */
public record RunRequest(
        @Nullable String language,
        @Nullable String code,
        @Nullable String stage,
        @Nullable String cardId,
        @Nullable LimitsRequest limits,
        @Nullable List<FileRequest> files,
        @Nullable String stdin,
        @Nullable Map<String, String> env,
        @Nullable Boolean scan,
        @Nullable Integer priority) {

    /** Code alone, everything else by default. */
    public static RunRequest of(String language, String code) {
        return new RunRequest(language, code, null, null, null, null, null, null, null, null);
    }

    /** The same with limits of its own. */
    public RunRequest withLimits(LimitsRequest other) {
        return new RunRequest(language, code, stage, cardId, other, files, stdin, env, scan, priority);
    }

    /** The same as part of a stage and a card. */
    public RunRequest forWork(@Nullable String ofStage, @Nullable String ofCard) {
        return new RunRequest(language, code, ofStage, ofCard, limits, files, stdin, env, scan, priority);
    }

    /**
     * Limits asked for.
     *
     * @param cpu cores
     * @param cpuSeconds of all processes together
     * @param timeoutSeconds wall clock
     */
    public record LimitsRequest(
            @Nullable BigDecimal cpu,
            @Nullable Long memoryMb,
            @Nullable BigDecimal cpuSeconds,
            @Nullable BigDecimal timeoutSeconds,
            @Nullable Long fileSizeMb,
            @Nullable Long diskMb,
            @Nullable Long processes,
            @Nullable Long openFiles,
            @Nullable Long outputBytes) {

        private static final long MIB = 1024L * 1024;

        /** Nothing asked for. */
        public static final LimitsRequest NONE =
                new LimitsRequest(null, null, null, null, null, null, null, null, null);

        long inodesAllowed() {
            return Limits.inodesOn(Objects.requireNonNull(diskMb) * MIB);
        }

        /** All of them, in the API's units. */
        static LimitsRequest of(Limits limits) {
            return new LimitsRequest(
                    plain(limits.cpuMillicores()),
                    limits.memoryBytes() / MIB,
                    plain(limits.cpuTime().toMillis()),
                    plain(limits.wallTimeout().toMillis()),
                    limits.fileSizeBytes() / MIB,
                    limits.diskBytes() / MIB,
                    (long) limits.processes(),
                    (long) limits.openFiles(),
                    limits.outputBytes());
        }

        /** A thousandth of it, without zeros that say nothing. */
        private static BigDecimal plain(long thousandths) {
            BigDecimal value = BigDecimal.valueOf(thousandths, 3).stripTrailingZeros();
            return value.scale() < 0 ? value.setScale(0) : value;
        }

        /** Only a wall clock. */
        public static LimitsRequest timeout(long seconds) {
            return new LimitsRequest(null, null, null, BigDecimal.valueOf(seconds), null, null, null, null, null);
        }
    }

    /** A file beside the code. */
    public record FileRequest(
            @Nullable String path, @Nullable String contentBase64) {}
}
