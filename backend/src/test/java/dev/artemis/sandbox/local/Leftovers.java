package dev.artemis.sandbox.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks for what a run may not leave on this machine. */
final class Leftovers {

    private final LocalSandboxSettings settings;

    Leftovers(LocalSandboxSettings settings) {
        this.settings = settings;
    }

    /** Processes of the runs' user ids or of our runner, cgroups of runs, mounts of ours. */
    List<String> all() {
        List<String> found = new ArrayList<>();
        found.addAll(processes());
        found.addAll(runCgroups(ServerProcess.current().folderName()));
        found.addAll(mounts());
        return found;
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

    private Optional<String> ours(Path process) {
        try {
            Map<String, String> status = Files.readAllLines(process.resolve("status")).stream()
                    .map(line -> line.split(":\\s*", 2))
                    .filter(pair -> pair.length == 2)
                    .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (one, other) -> one));
            long user = Long.parseLong(status.getOrDefault("Uid", "0").split("\\s")[0]);
            boolean run = user >= settings.firstUserId() && user < (long) settings.firstUserId() + settings.userIds();
            boolean runner = "artemis-runner".equals(status.get("Name"));
            return run || runner
                    ? Optional.of(process + " " + status.get("Name") + " " + status.get("State"))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // it has ended
        }
    }

    /** Cgroups below those of a server, in any hierarchy. */
    static List<String> runCgroups(String server) {
        List<String> found = new ArrayList<>();
        for (Path own : CgroupMounts.ofThisProcess().folders().values()) {
            Path folder = own.resolve(server);
            if (!Files.isDirectory(folder)) {
                continue;
            }
            try (Stream<Path> below = Files.list(folder)) {
                below.filter(Files::isDirectory).map(Path::toString).forEach(found::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return found;
    }

    private static List<String> mounts() {
        try {
            return Files.readAllLines(Path.of("/proc/self/mounts")).stream()
                    .filter(line -> line.contains("artemis"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
