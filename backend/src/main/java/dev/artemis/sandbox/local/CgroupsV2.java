package dev.artemis.sandbox.local;

import dev.artemis.sandbox.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Version 2: below the server's own cgroup, which must be delegated to it (systemd: {@code Delegate=yes}; a container with its own
 * cgroup namespace). Processes may stand only in leaves, so the server moves into one of its own first.
 */
final class CgroupsV2 implements Cgroups {

    private static final Logger LOG = LoggerFactory.getLogger(CgroupsV2.class);
    private static final int PERIOD_MICROS = 100_000;
    private static final int OWN_PROCESSES = 2;
    private static final String LEAF = "artemis-server";
    private static final Set<String> NEEDED = Set.of("memory", "pids");

    private final Path parent;
    private final Set<String> controllers;

    private CgroupsV2(Path parent, Set<String> controllers) {
        this.parent = parent;
        this.controllers = controllers;
    }

    /** Empty where version 2 is not mounted, has not the controllers, or is not ours to write. */
    static Optional<CgroupsV2> in(CgroupMounts mounts) {
        return mounts.folder("").flatMap(found -> {
            // moved there by an earlier sandbox of this process
            Path own = found.endsWith(LEAF) && found.getParent() != null ? found.getParent() : found;
            try {
                Set<String> offered = words(own.resolve("cgroup.controllers"));
                if (!offered.containsAll(NEEDED) || !isDelegated(own)) {
                    return Optional.empty();
                }
                return Optional.of(delegate(own, offered));
            } catch (IOException e) {
                return Optional.empty();
            }
        });
    }

    /** The whole machine's root, or a folder in which others' processes stand, is not ours to rearrange. */
    private static boolean isDelegated(Path own) throws IOException {
        if (!Files.exists(own.resolve("cgroup.type")) || !Files.isWritable(own.resolve("cgroup.procs"))) {
            return false;
        }
        Set<Long> ours = Stream.concat(
                        Stream.of(ProcessHandle.current()),
                        ProcessHandle.current().descendants())
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
        return Files.readAllLines(own.resolve("cgroup.procs")).stream()
                .map(Long::valueOf)
                .allMatch(ours::contains);
    }

    private static CgroupsV2 delegate(Path own, Set<String> offered) throws IOException {
        CgroupFolders.sweep(own);
        Path leaf = own.resolve(LEAF);
        Files.createDirectories(leaf);
        for (String pid : Files.readAllLines(own.resolve("cgroup.procs"))) {
            Files.writeString(leaf.resolve("cgroup.procs"), pid);
        }
        boolean cpu = offered.contains("cpu");
        String wanted = cpu ? "+memory +pids +cpu" : "+memory +pids";
        Files.writeString(own.resolve("cgroup.subtree_control"), wanted);
        Path folder = own.resolve(ServerProcess.current().freshFolderName());
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("cgroup.subtree_control"), wanted);
        return new CgroupsV2(folder, offered);
    }

    private static Set<String> words(Path file) throws IOException {
        return Set.of(Files.readString(file).strip().split("\\s+"));
    }

    @Override
    public Held hold(String name, Limits limits, long overheadBytes) {
        Path folder = parent.resolve(name);
        List<String> launcher = new ArrayList<>(List.of("--mkdir", folder.toString()));
        List<String> runner = new ArrayList<>();
        write(launcher, folder.resolve("memory.max"), Long.toString(limits.memoryBytes() + overheadBytes));
        if (Files.exists(parent.resolve("memory.swap.max"))) {
            write(launcher, folder.resolve("memory.swap.max"), "0");
        }
        write(launcher, folder.resolve("pids.max"), Integer.toString(limits.processes() + OWN_PROCESSES));
        if (controllers.contains("cpu")) {
            long quota = limits.cpuMillicores() * (long) PERIOD_MICROS / 1_000;
            write(launcher, folder.resolve("cpu.max"), quota + " " + PERIOD_MICROS);
        }
        open(launcher, runner, 10, "oom", folder.resolve("memory.events"));
        launcher.addAll(List.of("--oom", folder.resolve("memory.events").toString()));
        if (Files.exists(parent.resolve("memory.peak"))) {
            open(launcher, runner, 11, "peak", folder.resolve("memory.peak"));
            launcher.addAll(List.of("--peak", folder.resolve("memory.peak").toString()));
        }
        open(launcher, runner, 12, "pids", folder.resolve("pids.events"));
        open(launcher, runner, 13, "cpu", folder.resolve("cpu.stat"));
        launcher.addAll(List.of("--cpu", folder.resolve("cpu.stat").toString()));
        launcher.addAll(List.of("--join", folder.resolve("cgroup.procs").toString()));
        return new Held(launcher, runner);
    }

    private static void write(List<String> launcher, Path file, String value) {
        launcher.addAll(List.of("--write", file + "=" + value));
    }

    private static void open(List<String> launcher, List<String> runner, int descriptor, String fact, Path file) {
        launcher.addAll(List.of("--open", descriptor + "=" + file));
        runner.addAll(List.of("--cgroup-fd", fact + "=" + descriptor));
    }

    @Override
    public Measured measured(String name) {
        Path folder = parent.resolve(name);
        return new Measured(
                CgroupFolders.number(folder.resolve("cpu.stat"), "usage_usec ")
                        .map(micros -> Duration.of(micros, ChronoUnit.MICROS)),
                CgroupFolders.number(folder.resolve("memory.peak")));
    }

    @Override
    public void release(String name) {
        CgroupFolders.removeOrSay(parent.resolve(name));
    }

    @Override
    public boolean holdMemory() {
        return true;
    }

    @Override
    public List<String> holds() {
        List<String> holds = new ArrayList<>(List.of(
                "memory of all processes together, files in memory included (cgroup v2)",
                "processes and threads (cgroup v2)",
                "CPU time of all processes together (cgroup v2, runner)"));
        if (controllers.contains("cpu")) {
            holds.add("CPU share (cgroup v2)");
        }
        return holds;
    }

    @Override
    public List<String> lacks() {
        return controllers.contains("cpu")
                ? List.of()
                : List.of("CPU is not shared out: delegate the cpu controller too");
    }

    @Override
    public void close() {
        try {
            CgroupFolders.remove(parent);
        } catch (IOException e) {
            LOG.warn("cgroup {} stays for the next sweep", parent, e);
        }
    }
}
