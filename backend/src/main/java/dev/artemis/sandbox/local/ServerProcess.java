package dev.artemis.sandbox.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names what belongs to one server process, so that the next one knows what is left of a dead one.
 *
 * @param pid its process id
 * @param startTicks when it started, in ticks since boot, since ids are given again; unlike a time of day it does not change when
 *     the clock is set
 */
record ServerProcess(long pid, long startTicks) {

    /** With which the names of all folders of all servers begin. */
    static final String PREFIX = "artemis-local.";

    private static final Pattern NAME =
            Pattern.compile("artemis-local\\.(\\d{1,10})\\.(\\d{1,18})(?:\\.[0-9a-f]{1,32})?");
    private static final SecureRandom RANDOM = new SecureRandom();
    /** Of proc_pid_stat(5)'s field 22, counted after the command's closing bracket. */
    private static final int START_FIELD = 19;

    static ServerProcess current() {
        long pid = ProcessHandle.current().pid();
        return new ServerProcess(pid, startTicks(pid).orElse(0));
    }

    /** The user id that this process has; 0 is root. Its name may have no entry in /etc/passwd. */
    static int userId() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("Uid:"))
                    .map(line -> Integer.parseUnsignedInt(line.split("\\s+")[2]))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException("this is not Linux, or /proc is not mounted", e);
        }
    }

    /** Whose a folder is, if it has such a name. */
    static Optional<ServerProcess> owning(String folderName) {
        Matcher name = NAME.matcher(folderName);
        return name.matches()
                ? Optional.of(new ServerProcess(Long.parseLong(name.group(1)), Long.parseLong(name.group(2))))
                : Optional.empty();
    }

    /** With which the names of all its folders begin. */
    String folderName() {
        return PREFIX + pid + "." + startTicks;
    }

    /** One that no other sandbox of this process has, and nobody can guess. */
    String freshFolderName() {
        byte[] suffix = new byte[12];
        RANDOM.nextBytes(suffix);
        return folderName() + "." + HexFormat.of().formatHex(suffix);
    }

    boolean lives() {
        OptionalLong ticks = startTicks(pid);
        return ticks.isPresent() && ticks.getAsLong() == startTicks;
    }

    private static OptionalLong startTicks(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return OptionalLong.of(Long.parseLong(fields[START_FIELD]));
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
