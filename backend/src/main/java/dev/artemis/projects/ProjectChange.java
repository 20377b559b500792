package dev.artemis.projects;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What to change of a project; null leaves a value as it is. */
public record ProjectChange(
        @Nullable String name,
        @Nullable Boolean allowUnscanned,
        Project.@Nullable ScanPolicy scanPolicy,
        @Nullable Map<String, BigDecimal> defaultLimits,
        @Nullable Map<String, BigDecimal> maximumLimits,
        @Nullable RunsAtOnce runsAtOnce) {

    ProjectChange withLimits(@Nullable Map<String, BigDecimal> usual, @Nullable Map<String, BigDecimal> most) {
        return new ProjectChange(name, allowUnscanned, scanPolicy, usual, most, runsAtOnce);
    }

    /** How many runs at once; null leaves it to the platform again. */
    public record RunsAtOnce(@Nullable Integer most) {}
}
