package dev.artemis.projects;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What to change of a project; null leaves a value as it is. */
public record ProjectChange(
        @Nullable String name,
        @Nullable Boolean allowUnscanned,
        Project.@Nullable ScanPolicy scanPolicy,
        @Nullable Map<String, Long> defaultLimits,
        @Nullable Map<String, Long> maximumLimits,
        @Nullable RunsAtOnce runsAtOnce) {

    /** How many runs at once; null leaves it to the platform again. */
    public record RunsAtOnce(@Nullable Integer most) {}
}
