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

    /** The change that makes the same values what they were before. */
    public ProjectChange undone(Project before) {
        return new ProjectChange(
                name == null ? null : before.name(),
                allowUnscanned == null ? null : before.allowUnscanned(),
                scanPolicy == null ? null : before.scanPolicy(),
                defaultLimits == null ? null : before.defaultLimits(),
                maximumLimits == null ? null : before.maximumLimits(),
                runsAtOnce == null ? null : new RunsAtOnce(before.maxRunningRuns()));
    }

    ProjectChange withLimits(@Nullable Map<String, BigDecimal> usual, @Nullable Map<String, BigDecimal> most) {
        return new ProjectChange(name, allowUnscanned, scanPolicy, usual, most, runsAtOnce);
    }

    /** How many runs at once; null leaves it to the platform again. */
    public record RunsAtOnce(@Nullable Integer most) {}
}
