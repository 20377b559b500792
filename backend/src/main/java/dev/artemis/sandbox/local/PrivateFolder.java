package dev.artemis.sandbox.local;

import dev.artemis.sandbox.runner.RunnerBinary;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * This server's folder with what every sandbox gets for its /etc: three small files, the linker's cache, and the runner. One folder, since each mount
 * costs a sandbox a reading of all mounts. Only the server writes in it.
 */
final class PrivateFolder implements AutoCloseable {

    private static final String PASSWD = "root:x:0:0:root:/:/usr/sbin/nologin\nsandbox:x:1000:1000::/work:/bin/sh\n";
    private static final String GROUP = "root:x:0:\nsandbox:x:1000:\n";
    private static final Path LINKER_CACHE = Path.of("/etc/ld.so.cache");
    private static final String HOSTS = "127.0.0.1 localhost sandbox\n";

    private final Path path;

    private PrivateFolder(Path path) {
        this.path = path;
    }

    /** Makes it, after removing those that dead servers left. */
    static PrivateFolder create(Path parent) throws IOException {
        sweep(parent);
        PrivateFolder folder =
                new PrivateFolder(parent.resolve(ServerProcess.current().freshFolderName()));
        makeFolder(folder.path);
        folder.fill();
        return folder;
    }

    /** Makes again what a cleaner of temporary files took while no run was made; systemd's takes what is ten days old. */
    void mend() throws IOException {
        if (Files.exists(runner())
                && Files.exists(etc("passwd"))
                && Files.exists(etc("group"))
                && Files.exists(etc("hosts"))
                && Files.exists(alternatives())) {
            return;
        }
        if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
            makeFolder(path);
        }
        if (!isOurs(path)) {
            throw new IOException(path + " was replaced by somebody else");
        }
        fill();
    }

    private static void makeFolder(Path folder) throws IOException {
        Files.createDirectories(folder);
        // set afterwards, since their own permissions go through the umask
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void fill() throws IOException {
        makeFolder(etc());
        makeFolder(alternatives());
        if (Files.isReadable(LINKER_CACHE)) {
            Files.copy(LINKER_CACHE, etc("ld.so.cache"), StandardCopyOption.REPLACE_EXISTING);
            Files.setPosixFilePermissions(etc("ld.so.cache"), PosixFilePermissions.fromString("rw-r--r--"));
        }
        if (Files.notExists(runner())) {
            RunnerBinary.unpack(runner());
        }
        write("passwd", PASSWD);
        write("group", GROUP);
        write("hosts", HOSTS);
    }

    Path runner() {
        return etc("artemis-runner");
    }

    /** The folder that becomes /etc. */
    Path etc() {
        return path.resolve("etc");
    }

    Path etc(String name) {
        return etc().resolve(name);
    }

    /** Empty: the machine's own is mounted there. */
    private Path alternatives() {
        return etc("alternatives");
    }

    @Override
    public void close() throws IOException {
        remove(path);
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(etc(name), content);
        Files.setPosixFilePermissions(etc(name), PosixFilePermissions.fromString("rw-r--r--"));
    }

    private static void sweep(Path parent) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, ServerProcess.PREFIX + "*")) {
            for (Path folder : folders) {
                boolean dead = ServerProcess.owning(folder.getFileName().toString())
                        .filter(owner -> !owner.lives())
                        .isPresent();
                if (dead && isOurs(folder)) {
                    remove(folder);
                }
            }
        }
    }

    private static boolean isOurs(Path folder) throws IOException {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                && Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS)
                        .equals(ServerProcess.userId());
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    remove(file);
                } else {
                    Files.deleteIfExists(file);
                }
            }
        }
        Files.deleteIfExists(folder);
    }
}
