package dev.artemis.sandbox.docker;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What an engine is able to hold, as it says itself.
 *
 * @param processors at one time; it refuses a limit above them
 * @param memory whether a cgroup holds memory
 * @param swap whether swap counts as memory
 * @param processes whether a cgroup counts processes
 * @param seccomp whether its own system call filter is there, beside the runner's
 * @param mappedUsers whether user ids are mapped: then there are only 65,536
 */
record EngineFacts(
        String version,
        int processors,
        boolean memory,
        boolean swap,
        boolean cpu,
        boolean processes,
        boolean seccomp,
        boolean mappedUsers) {

    static EngineFacts of(JsonNode info) {
        List<String> security = new ArrayList<>();
        info.path("SecurityOptions").forEach(option -> security.add(option.asString()));
        return new EngineFacts(
                info.path("ServerVersion").asString(""),
                info.path("NCPU").asInt(1),
                info.path("MemoryLimit").asBoolean(false),
                info.path("SwapLimit").asBoolean(false),
                info.path("CpuCfsQuota").asBoolean(false),
                info.path("PidsLimit").asBoolean(false),
                security.stream().anyMatch(option -> option.startsWith("name=seccomp")),
                security.stream().anyMatch(option -> option.matches("name=(userns|rootless).*")));
    }

    List<String> holds(String runtime) {
        List<String> holds = new ArrayList<>(List.of(
                "one container per run: no network, own processes, mounts, IPC and host name (Docker " + version + ")",
                "root read-only; work folder in memory, sized, /tmp a part of it",
                "no capabilities, no new privileges, system call filter"
                        + (seccomp ? " (the engine's and the runner's)" : ""),
                "CPU time, wall clock, file size, open files, disk, inodes, output (runner)",
                "a user id of its own for each run"));
        if (memory) {
            holds.add("memory of all processes together, files in memory included (the engine's cgroup)");
        }
        if (processes) {
            holds.add("processes and threads (the engine's cgroup)");
        }
        if (cpu) {
            holds.add("CPU at one time (the engine's cgroup)");
        }
        if (!runtime.isEmpty()) {
            holds.add("runtime " + runtime);
        }
        return holds;
    }

    List<String> lacks(String runtime) {
        List<String> lacks = new ArrayList<>();
        if (!memory) {
            lacks.add(
                    "memory: the engine cannot limit it; limits per process and sampling, with files in memory, instead");
        } else if (!swap) {
            lacks.add("swap: the engine does not count it; a run may be slow instead of ended");
        }
        if (!processes) {
            lacks.add("processes: the engine cannot count them; the user id's limit instead");
        }
        if (!cpu) {
            lacks.add("CPU at one time: the engine cannot limit it");
        }
        if (!seccomp) {
            lacks.add("the engine's own system call filter is off; the runner's holds alone");
        }
        if (!mappedUsers) {
            lacks.add("user namespace: off; set userns-remap in the engine's daemon.json");
        }
        if (runtime.isEmpty()) {
            lacks.add(
                    "kernel: shared with the machine; set artemis.sandbox.docker.runtime (gVisor's runsc) for a wall of its own");
        }
        return lacks;
    }
}
