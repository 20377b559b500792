package dev.artemis.projects;

import dev.artemis.shared.ProjectId;
import dev.artemis.shared.Slug;
import dev.artemis.shared.TenantId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A project, as others see it.
 *
 * @param allowUnscanned whether a run may ask to skip the scanner
 * @param scanPolicy which findings block a run
 * @param defaultLimits a run's limits where it names none, by the API's names and units ("memory_mb": 512, "cpu": 0.5)
 * @param maximumLimits what a run may ask for at most, by the same names
 * @param maxRunningRuns how many of its runs may run at once; null leaves it to the platform
 */
public record Project(
        ProjectId id,
        TenantId tenant,
        Slug slug,
        String name,
        boolean allowUnscanned,
        ScanPolicy scanPolicy,
        Map<String, BigDecimal> defaultLimits,
        Map<String, BigDecimal> maximumLimits,
        @Nullable Integer maxRunningRuns,
        Instant createdAt) {

    public Project {
        defaultLimits = Map.copyOf(defaultLimits);
        maximumLimits = Map.copyOf(maximumLimits);
    }

    /**
     * Which findings of the scanner block a run.
     *
     * @param block severities ("low", "medium", "high") that block
     * @param allow rule ids that never block
     */
    public record ScanPolicy(List<String> block, List<String> allow) {

        /** High findings block, no rule is excused. */
        public static final ScanPolicy DEFAULT = new ScanPolicy(List.of("high"), List.of());

        public ScanPolicy {
            block = List.copyOf(block);
            allow = List.copyOf(allow);
        }
    }
}
