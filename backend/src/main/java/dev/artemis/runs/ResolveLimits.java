package dev.artemis.runs;

import dev.artemis.projects.LimitName;
import dev.artemis.projects.Project;
import dev.artemis.sandbox.Limits;
import dev.artemis.shared.Problem.FieldFault;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run may use: what it asks for, else the project's default, else the platform's; never above the project's
 * maximum, or the platform's where the project has none. A default above the maximum is cut to it; a wish is refused.
 */
final class ResolveLimits {

    private static final long MIB = 1024L * 1024;

    private final Project project;

    ResolveLimits(Project project) {
        this.project = project;
    }

    /** The limits; each wish that is not allowed is added to the faults, and its default taken instead. */
    Limits resolve(RunRequest.@Nullable LimitsRequest asked, List<FieldFault> faults) {
        Map<LimitName, BigDecimal> values = new EnumMap<>(LimitName.class);
        for (LimitName name : LimitName.values()) {
            BigDecimal most = most(name);
            BigDecimal wish = asked == null ? null : asked(name, asked);
            Optional<String> refusal = wish == null ? Optional.empty() : name.refusal(wish, most);
            if (refusal.isPresent()) {
                faults.add(new FieldFault("limits." + name.text(), refusal.get()));
                wish = null;
            }
            values.put(name, wish != null ? wish : usual(name).min(most).max(name.least()));
        }
        return limits(values);
    }

    /** What may be asked for. */
    List<AllowedLimit> allowed() {
        return Arrays.stream(LimitName.values())
                .map(name -> new AllowedLimit(
                        name.text(), name.least(), usual(name).min(most(name)).max(name.least()), most(name)))
                .toList();
    }

    private BigDecimal most(LimitName name) {
        BigDecimal own = project.maximumLimits().get(name.text());
        return own == null ? name.most() : own.min(name.most()).max(name.least());
    }

    private BigDecimal usual(LimitName name) {
        BigDecimal own = project.defaultLimits().get(name.text());
        return own == null ? name.usual() : own;
    }

    private static @Nullable BigDecimal asked(LimitName name, RunRequest.LimitsRequest asked) {
        return switch (name) {
            case CPU -> asked.cpu();
            case MEMORY_MB -> whole(asked.memoryMb());
            case CPU_SECONDS -> asked.cpuSeconds();
            case TIMEOUT_SECONDS -> asked.timeoutSeconds();
            case FILE_SIZE_MB -> whole(asked.fileSizeMb());
            case DISK_MB -> whole(asked.diskMb());
            case PROCESSES -> whole(asked.processes());
            case OPEN_FILES -> whole(asked.openFiles());
            case OUTPUT_BYTES -> whole(asked.outputBytes());
        };
    }

    private static @Nullable BigDecimal whole(@Nullable Long value) {
        return value == null ? null : BigDecimal.valueOf(value);
    }

    private static Limits limits(Map<LimitName, BigDecimal> values) {
        return new Limits(
                (int) thousandths(values, LimitName.CPU),
                whole(values, LimitName.MEMORY_MB) * MIB,
                Duration.ofMillis(thousandths(values, LimitName.CPU_SECONDS)),
                Duration.ofMillis(thousandths(values, LimitName.TIMEOUT_SECONDS)),
                whole(values, LimitName.FILE_SIZE_MB) * MIB,
                whole(values, LimitName.DISK_MB) * MIB,
                (int) whole(values, LimitName.PROCESSES),
                (int) whole(values, LimitName.OPEN_FILES),
                whole(values, LimitName.OUTPUT_BYTES));
    }

    private static long whole(Map<LimitName, BigDecimal> values, LimitName name) {
        return values.getOrDefault(name, name.usual()).longValue();
    }

    private static long thousandths(Map<LimitName, BigDecimal> values, LimitName name) {
        return values.getOrDefault(name, name.usual()).movePointRight(3).longValue();
    }
}
