package dev.artemis.sandbox.local;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes and removes cgroups from the server's side. */
final class CgroupFolders {

    private static final Logger LOG = LoggerFactory.getLogger(CgroupFolders.class);
    private static final long PATIENCE_NANOS = 2_000_000_000L;

    private CgroupFolders() {}

    /** What a file of one number says; empty where it cannot be read. */
    static Optional<Long> number(Path file) {
        return number(file, "");
    }

    /** What the line that begins so says. */
    static Optional<Long> number(Path file, String beginning) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(beginning))
                    .findFirst()
                    .map(line -> Long.valueOf(line.substring(beginning.length()).strip()));
        } catch (IOException | NumberFormatException e) {
            LOG.debug("{} is not read: {}", file, e.getMessage());
            return Optional.empty();
        }
    }

    /** Removes what dead servers left below a folder: their processes first. What somebody else removes meanwhile is no fault. */
    static void sweep(Path parent) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, ServerProcess.PREFIX + "*")) {
            for (Path folder : folders) {
                boolean dead = ServerProcess.owning(folder.getFileName().toString())
                        .filter(owner -> !owner.lives())
                        .isPresent();
                if (dead) {
                    removeOrSay(folder);
                }
            }
        }
    }

    /** Kills what is in a cgroup and below it, and removes it; what cannot be removed within two seconds stays for the next sweep. */
    static void remove(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (DirectoryStream<Path> below = Files.newDirectoryStream(folder, Files::isDirectory)) {
            for (Path child : below) {
                remove(child);
            }
        }
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (!removed(folder) && System.nanoTime() < until) {
            killMembers(folder);
            LockSupport.parkNanos(2_000_000);
        }
    }

    /** The same where nothing else can be done about it. */
    static void removeOrSay(Path folder) {
        try {
            remove(folder);
        } catch (IOException e) {
            LOG.warn("cgroup {} stays for the next sweep", folder, e);
        }
    }

    private static boolean removed(Path folder) {
        return folder.toFile().delete() || Files.notExists(folder);
    }

    private static void killMembers(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        for (String pid : Files.readAllLines(folder.resolve("cgroup.procs"))) {
            ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
        }
    }
}
