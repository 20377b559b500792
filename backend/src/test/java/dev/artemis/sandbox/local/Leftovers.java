package dev.artemis.sandbox.local;

import dev.artemis.sandbox.local.LocalSandboxSettings.CgroupUse;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks for what a run may not leave on this machine. What {@link LocalSandboxHere} runs meanwhile for other tests is none of it: that has a
 * folder, user ids and a fencing token of its own.
 */
final class Leftovers {

    /** Of user ids that the tests of a process give away; each process has its own. */
    private static final int USER_IDS = 128;

    private static final int PROCESSES = 100_000;

    private final LocalSandboxSettings settings;
    private final String server;

    private Leftovers(LocalSandboxSettings settings, String server) {
        this.settings = settings;
        this.server = server;
    }

    /** Of this process's sandboxes. */
    static Leftovers of(LocalSandboxSettings settings) {
        return new Leftovers(settings, ServerProcess.current().folderName());
    }

    /** Of a dead process's. @param server with which the names of its folders begin */
    static Leftovers of(LocalSandboxSettings settings, String server) {
        return new Leftovers(settings, server);
    }

    /** For tests only: user ids that no other test process on this machine gives away at the same time. */
    static LocalSandboxSettings settings(CgroupUse cgroups) {
        return settings(Path.of(System.getProperty("java.io.tmpdir")), 1_879_100_000, cgroups);
    }

    /** The same for a sandbox whose runs are not looked at here: in another folder, with other user ids. */
    static LocalSandboxSettings ofAnother(Path folder) {
        return settings(folder, 1_879_100_000 + PROCESSES * USER_IDS, CgroupUse.AUTO);
    }

    private static LocalSandboxSettings settings(Path folder, int users, CgroupUse cgroups) {
        int first = users + (int) (ProcessHandle.current().pid() % PROCESSES) * USER_IDS;
        return new LocalSandboxSettings(Path.of("/usr/bin/bwrap"), folder, first, USER_IDS, cgroups);
    }

    /** Processes of the runs' user ids or of our runner, cgroups of runs, mounts of ours. */
    List<String> all() {
        List<String> found = new ArrayList<>();
        found.addAll(processes());
        found.addAll(runCgroups());
        found.addAll(mounts());
        return found;
    }

    /** Files of this server's folders, and beside them those of the runs' users; in order, to be held against those before a run. */
    List<String> files() {
        List<String> found = new ArrayList<>();
        try (Stream<Path> all = Files.list(settings.folder())) {
            for (Path path : all.toList()) {
                if (path.getFileName().toString().startsWith(server)) {
                    try (Stream<Path> below = Files.walk(path)) {
                        below.map(Path::toString).forEach(found::add);
                    }
                } else if (isOfARun(path)) {
                    found.add(path.toString());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found.stream().sorted().toList();
    }

    private boolean isOfARun(Path path) {
        try {
            int user = (int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
            return user >= settings.firstUserId() && user < settings.firstUserId() + settings.userIds();
        } catch (IOException e) {
            return false; // another's, that is gone
        }
    }

    List<String> processes() {
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            return all.filter(path -> path.getFileName().toString().matches("\\d+"))
                    .flatMap(path -> ours(path).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Real user ids, as the host sees them, of all processes below the launchers. */
    List<String> usersBelowTheLauncher() throws IOException {
        List<String> users = new ArrayList<>();
        for (ProcessHandle process : belowTheLaunchers()) {
            Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                    .filter(line -> line.startsWith("Uid:"))
                    .map(line -> line.split("\\s+")[1])
                    .forEach(users::add);
        }
        return users;
    }

    /** The one runner that is at work: process 1 of its sandbox, by its number here. */
    long runner() throws IOException {
        for (ProcessHandle below : belowTheLaunchers()) {
            boolean first = Files.readAllLines(Path.of("/proc/" + below.pid() + "/status")).stream()
                    .anyMatch(line -> line.matches("NSpid:.*\\s1"));
            if (first) {
                return below.pid();
            }
        }
        throw new IllegalStateException("no runner is at work");
    }

    private List<ProcessHandle> belowTheLaunchers() {
        return launchers().stream().flatMap(ProcessHandle::descendants).toList();
    }

    /** The launchers of the runs that are at work. */
    List<ProcessHandle> launchers() {
        String launcher = settings.folder().resolve(server).toString();
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").startsWith(launcher))
                .toList();
    }

    private Optional<String> ours(Path process) {
        try {
            Map<String, String> status = Files.readAllLines(process.resolve("status")).stream()
                    .map(line -> line.split(":\\s*", 2))
                    .filter(pair -> pair.length == 2)
                    .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (one, other) -> one));
            long user = Long.parseLong(status.getOrDefault("Uid", "0").split("\\s")[0]);
            boolean run = user >= settings.firstUserId() && user < (long) settings.firstUserId() + settings.userIds();
            boolean runner = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                    .startsWith(settings.folder().resolve(server).toString());
            // dead, and left to process 1, which takes note of it in its own time
            boolean over = status.getOrDefault("State", "").startsWith("Z") && "1".equals(status.get("PPid"));
            return (run || runner) && !over
                    ? Optional.of(process + " " + status.get("Name") + " " + status.get("State"))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // it has ended
        }
    }

    /** Cgroups below those of a server, in any hierarchy. */
    List<String> runCgroups() {
        List<String> found = new ArrayList<>();
        synchronized (LocalSandboxHere.class) {
            for (Path own : CgroupMounts.ofThisProcess().folders().values()) {
                for (File folder : folders(own.toFile(), server)) {
                    for (File run : folders(folder, "run-")) {
                        if (!run.getName().endsWith("." + LocalSandboxHere.TOKEN)) {
                            found.add(run.toString());
                        }
                    }
                }
            }
        }
        return found;
    }

    private static List<File> folders(File parent, String prefix) {
        File[] all =
                parent.listFiles(file -> file.isDirectory() && file.getName().startsWith(prefix));
        return all == null ? List.of() : List.of(all);
    }

    private static List<String> mounts() {
        try {
            return Files.readAllLines(Path.of("/proc/self/mounts")).stream()
                    .filter(line -> line.contains("artemis"))
                    .filter(line -> !line.contains("/artemis-engine")) // another test's Docker
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
