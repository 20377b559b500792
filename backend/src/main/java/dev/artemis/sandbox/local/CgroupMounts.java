package dev.artemis.sandbox.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where this process's own cgroups are in the file system, by controller of version 1; version 2's has the name {@code ""}. From
 * {@code /proc/self/mountinfo} and {@code /proc/self/cgroup} (cgroups(7)).
 */
record CgroupMounts(Map<String, Path> folders) {

    private static final Set<String> CONTROLLERS = Set.of("memory", "pids", "cpu", "cpuacct");

    CgroupMounts {
        folders = Map.copyOf(folders);
    }

    static CgroupMounts ofThisProcess() {
        try {
            return parse(
                    Files.readAllLines(Path.of("/proc/self/mountinfo")),
                    Files.readAllLines(Path.of("/proc/self/cgroup")));
        } catch (IOException e) {
            throw new UncheckedIOException("this is not Linux, or /proc is not mounted", e);
        }
    }

    static CgroupMounts parse(List<String> mountinfo, List<String> cgroup) {
        Map<String, String> own = new HashMap<>();
        for (String line : cgroup) {
            String[] fields = line.split(":", 3);
            for (String controller : fields[1].split(",", -1)) {
                own.put(controller, fields[2]);
            }
        }
        Map<String, Path> folders = new HashMap<>();
        for (String line : mountinfo) {
            String[] halves = line.split(" - ", 2);
            String[] mount = halves[0].split(" ");
            String[] type = halves[1].split(" ");
            switch (type[0]) {
                case "cgroup2" -> own(own, "", mount).ifPresent(path -> folders.putIfAbsent("", path));
                case "cgroup" -> {
                    for (String option : type[2].split(",")) {
                        if (CONTROLLERS.contains(option)) {
                            own(own, option, mount).ifPresent(path -> folders.putIfAbsent(option, path));
                        }
                    }
                }
                default -> {}
            }
        }
        return new CgroupMounts(folders);
    }

    Optional<Path> folder(String controller) {
        return Optional.ofNullable(folders.get(controller));
    }

    /** mount[3] is the root of the mount within the hierarchy, mount[4] where it is mounted. */
    private static Optional<Path> own(Map<String, String> own, String controller, String[] mount) {
        String path = own.get(controller);
        if (path == null) {
            return Optional.empty();
        }
        String root = mount[3].equals("/") ? "" : mount[3];
        String below = path.startsWith(root) ? path.substring(root.length()) : "";
        return Optional.of(Path.of(mount[4] + below).normalize());
    }
}
