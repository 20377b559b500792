package dev.artemis.sandbox.local;

import dev.artemis.sandbox.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The walls: bubblewrap's command line. No network, own processes, users, mounts, IPC and host name; the system read-only; one sized work
 * folder in memory, of which /tmp is a part, so that one limit holds all; no capability; no further user namespace.
 */
final class Bubblewrap {

    static final String WORK_FOLDER = "/work";

    private static final String RUNNER = "/etc/artemis-runner";
    private static final long SHARED_MEMORY_BYTES = 64L * 1024 * 1024;
    private static final List<String> MERGED = List.of("bin", "sbin", "lib", "lib32", "lib64", "libx32");

    private final Path program;
    private final PrivateFolder folder;

    Bubblewrap(Path program, PrivateFolder folder) {
        this.program = program;
        this.folder = folder;
    }

    /** bwrap's command up to and with the runner's first word. */
    List<String> command(Limits limits) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                program.toString(),
                "--unshare-all",
                "--unshare-user",
                "--disable-userns",
                "--die-with-parent",
                "--new-session",
                "--as-pid-1",
                "--cap-drop",
                "ALL",
                "--uid",
                "1000",
                "--gid",
                "1000",
                "--hostname",
                "sandbox",
                "--clearenv",
                "--ro-bind",
                "/usr",
                "/usr"));
        merged(words);
        readOnly(words, folder.etc().toString(), "/etc");
        // commands such as awk are links through it
        words.addAll(List.of("--ro-bind-try", "/etc/alternatives", "/etc/alternatives"));
        words.addAll(List.of("--proc", "/proc", "--dev", "/dev"));
        tmpfs(words, Math.min(SHARED_MEMORY_BYTES, limits.memoryBytes()), "/dev/shm");
        words.addAll(List.of("--remount-ro", "/dev"));
        tmpfs(words, limits.diskBytes(), WORK_FOLDER);
        words.addAll(List.of("--dir", WORK_FOLDER + "/.tmp", "--symlink", "work/.tmp", "/tmp"));
        words.addAll(List.of("--remount-ro", "/", "--chdir", WORK_FOLDER, "--", RUNNER, "run"));
        return words;
    }

    private static void merged(List<String> words) throws IOException {
        for (String name : MERGED) {
            Path path = Path.of("/" + name);
            if (Files.isSymbolicLink(path)) {
                words.addAll(List.of("--symlink", Files.readSymbolicLink(path).toString(), path.toString()));
            } else if (Files.isDirectory(path)) {
                readOnly(words, path.toString(), path.toString());
            }
        }
    }

    private static void readOnly(List<String> words, String from, String to) {
        words.addAll(List.of("--ro-bind", from, to));
    }

    private static void tmpfs(List<String> words, long bytes, String at) {
        words.addAll(List.of("--size", Long.toString(bytes), "--tmpfs", at));
    }
}
