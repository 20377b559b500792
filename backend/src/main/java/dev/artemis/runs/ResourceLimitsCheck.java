package dev.artemis.runs;

import dev.artemis.configuration.Finding;
import dev.artemis.configuration.StartupCheck;
import dev.artemis.sandbox.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

/** Whether what runs may hold goes together with what a run gets, and with the machine that holds them. */
class ResourceLimitsCheck implements StartupCheck {

    static final String SUBJECT = "resource limits";
    private static final long MIB = 1024L * 1024;

    /** Whose runs share this machine's memory. */
    private static final Set<String> ON_THIS_MACHINE = Set.of("local", "docker");

    private final Environment environment;

    ResourceLimitsCheck(Environment environment) {
        this.environment = environment;
    }

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        perTenant(
                read("max-cpu-millicores-per-tenant", Long.class, 0L),
                read("max-memory-per-tenant", DataSize.class, DataSize.ofBytes(0))
                        .toBytes(),
                findings);
        if (environment.getProperty("artemis.roles", "worker").contains("worker")
                && ON_THIS_MACHINE.contains(environment.getProperty("artemis.sandbox.kind", "local"))) {
            onThisMachine(RunSettings.slots(read("slots", Integer.class, 0)), RunSettings.thisMachine(), findings);
        }
        return findings.isEmpty()
                ? List.of(Finding.pass(SUBJECT, "what runs may hold, and what a run gets, go together"))
                : findings;
    }

    /** What cannot be read, or is out of its range, the check of settings tells. */
    private <T> T read(String name, Class<T> type, T otherwise) {
        try {
            return Binder.get(environment).bind("artemis.runs." + name, type).orElse(otherwise);
        } catch (BindException e) {
            return otherwise;
        }
    }

    /** Zero is no limit. */
    private static void perTenant(long cpuMillicores, long memoryBytes, List<Finding> findings) {
        if (isBelow(cpuMillicores, Limits.LEAST_CPU_MILLICORES) || isBelow(memoryBytes, Limits.LEAST_MEMORY_BYTES)) {
            findings.add(Finding.fail(
                    SUBJECT,
                    "no run is so small that a team could start it",
                    "Raise artemis.runs.max-cpu-millicores-per-tenant to %d and max-memory-per-tenant to %dMB at least, or leave them."
                            .formatted(Limits.LEAST_CPU_MILLICORES, Limits.LEAST_MEMORY_BYTES / MIB)));
        } else if (isBelow(cpuMillicores, Limits.DEFAULTS.cpuMillicores())
                || isBelow(memoryBytes, Limits.DEFAULTS.memoryBytes())) {
            findings.add(Finding.warn(
                    SUBJECT,
                    "a run without limits of its own gets more than a whole team may hold",
                    "Raise artemis.runs.max-cpu-millicores-per-tenant to %d and max-memory-per-tenant to %dMB, or lower each project's default limits."
                            .formatted(Limits.DEFAULTS.cpuMillicores(), Limits.DEFAULTS.memoryBytes() / MIB)));
        }
    }

    private static boolean isBelow(long limit, long wanted) {
        return limit > 0 && limit < wanted;
    }

    private static void onThisMachine(int slots, long memory, List<Finding> findings) {
        long wanted = slots * Limits.DEFAULTS.memoryBytes();
        if (wanted > memory) {
            findings.add(Finding.warn(
                    SUBJECT,
                    "%d runs at once may take %d MiB, and this machine has %d MiB"
                            .formatted(slots, wanted / MIB, memory / MIB),
                    "Set ARTEMIS_RUN_SLOTS to %d or less, or run code elsewhere (ARTEMIS_SANDBOX=kubernetes)."
                            .formatted(Math.max(1, memory / Limits.DEFAULTS.memoryBytes()))));
        }
    }
}
