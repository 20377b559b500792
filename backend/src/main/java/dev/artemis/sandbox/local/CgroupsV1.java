package dev.artemis.sandbox.local;

import dev.artemis.sandbox.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Version 1: one hierarchy a controller, below the server's own cgroups. */
final class CgroupsV1 implements Cgroups {

    private static final List<String> CONTROLLERS = List.of("memory", "pids", "cpu", "cpuacct");
    private static final int PERIOD_MICROS = 100_000;
    /** bwrap's own process and the runner. */
    private static final int OWN_PROCESSES = 2;

    private final Map<String, Path> parents;
    private final boolean swapCounted;

    private CgroupsV1(Map<String, Path> parents) {
        this.parents = parents;
        this.swapCounted = Files.exists(parent("memory").resolve("memory.memsw.limit_in_bytes"));
    }

    /** Empty where memory or processes cannot be held. */
    static Optional<Cgroups> in(CgroupMounts mounts) {
        Map<String, Path> parents = new TreeMap<>();
        String name = ServerProcess.current().freshFolderName();
        for (String controller : CONTROLLERS) {
            mounts.folder(controller)
                    .flatMap(parent -> ownFolder(parent, name))
                    .ifPresent(path -> parents.put(controller, path));
        }
        if (!parents.containsKey("memory") || !parents.containsKey("pids")) {
            parents.values().forEach(path -> path.toFile().delete());
            return Optional.empty();
        }
        return Optional.of(new CgroupsV1(parents));
    }

    private static Optional<Path> ownFolder(Path parent, String name) {
        Path folder = parent.resolve(name);
        try {
            CgroupFolders.sweep(parent);
            Files.createDirectories(folder);
            return Optional.of(folder);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public Held hold(String name, Limits limits, long overheadBytes) {
        List<String> launcher = new ArrayList<>();
        List<String> runner = new ArrayList<>();
        Set<Path> folders = new LinkedHashSet<>();
        parents.values().forEach(parent -> folders.add(parent.resolve(name)));
        folders.forEach(folder -> launcher.addAll(List.of("--mkdir", folder.toString())));
        memory(parent("memory").resolve(name), limits.memoryBytes() + overheadBytes, launcher, runner);
        Path pids = parent("pids").resolve(name);
        write(launcher, pids.resolve("pids.max"), limits.processes() + OWN_PROCESSES);
        open(launcher, runner, 12, "pids", pids.resolve("pids.events"));
        if (parents.containsKey("cpu")) {
            Path cpu = parent("cpu").resolve(name);
            write(launcher, cpu.resolve("cpu.cfs_period_us"), PERIOD_MICROS);
            write(launcher, cpu.resolve("cpu.cfs_quota_us"), limits.cpuMillicores() * (long) PERIOD_MICROS / 1_000);
        }
        if (parents.containsKey("cpuacct")) {
            Path usage = parent("cpuacct").resolve(name).resolve("cpuacct.usage");
            open(launcher, runner, 13, "cpu", usage);
            launcher.addAll(List.of("--cpu", usage.toString()));
        }
        // not cgroup.procs: a single task that moves itself through this file does not wait for the kernel's lock of
        // all
        // thread groups, which took 17 ms a run under load
        folders.forEach(folder ->
                launcher.addAll(List.of("--join", folder.resolve("tasks").toString())));
        return new Held(launcher, runner);
    }

    private void memory(Path folder, long bytes, List<String> launcher, List<String> runner) {
        write(launcher, folder.resolve("memory.limit_in_bytes"), bytes);
        if (swapCounted) {
            write(launcher, folder.resolve("memory.memsw.limit_in_bytes"), bytes);
        }
        Path oom = folder.resolve("memory.oom_control");
        Path peak = folder.resolve("memory.max_usage_in_bytes");
        open(launcher, runner, 10, "oom", oom);
        open(launcher, runner, 11, "peak", peak);
        launcher.addAll(List.of("--oom", oom.toString(), "--peak", peak.toString()));
    }

    private static void write(List<String> launcher, Path file, long value) {
        launcher.addAll(List.of("--write", file + "=" + value));
    }

    private static void open(List<String> launcher, List<String> runner, int descriptor, String fact, Path file) {
        launcher.addAll(List.of("--open", descriptor + "=" + file));
        runner.addAll(List.of("--cgroup-fd", fact + "=" + descriptor));
    }

    private Path parent(String controller) {
        Path parent = parents.get(controller);
        if (parent == null) {
            throw new IllegalStateException("no cgroup for " + controller);
        }
        return parent;
    }

    @Override
    public Measured measured(String name) {
        return new Measured(
                Optional.ofNullable(parents.get("cpuacct"))
                        .flatMap(parent ->
                                CgroupFolders.number(parent.resolve(name).resolve("cpuacct.usage")))
                        .map(Duration::ofNanos),
                CgroupFolders.number(parent("memory").resolve(name).resolve("memory.max_usage_in_bytes")));
    }

    @Override
    public void release(String name) {
        parents.values().forEach(parent -> CgroupFolders.removeOrSay(parent.resolve(name)));
    }

    @Override
    public boolean holdMemory() {
        return true;
    }

    @Override
    public List<String> holds() {
        List<String> holds = new ArrayList<>(List.of(
                "memory of all processes together, files in memory included (cgroup v1)",
                "processes and threads (cgroup v1)"));
        if (parents.containsKey("cpu")) {
            holds.add("CPU share (cgroup v1)");
        }
        if (parents.containsKey("cpuacct")) {
            holds.add("CPU time of all processes together (cgroup v1, runner)");
        }
        return holds;
    }

    @Override
    public List<String> lacks() {
        List<String> lacks = new ArrayList<>();
        if (!swapCounted) {
            lacks.add("swap is not counted: boot with swapaccount=1, or without swap");
        }
        if (!parents.containsKey("cpu")) {
            lacks.add("CPU is not shared out: no writable cpu cgroup");
        }
        if (!parents.containsKey("cpuacct")) {
            lacks.add(NoCgroups.CPU_TIME_LACKS);
        }
        return lacks;
    }

    @Override
    public void close() {
        parents.values().forEach(CgroupFolders::removeOrSay);
    }
}
