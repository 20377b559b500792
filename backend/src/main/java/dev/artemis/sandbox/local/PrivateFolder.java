package dev.artemis.sandbox.local;

import dev.artemis.sandbox.runner.RunnerBinary;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** This server's folder with what every sandbox gets: the runner and three small files of /etc. Only the server writes in it. */
final class PrivateFolder implements AutoCloseable {

    private static final String PASSWD = "root:x:0:0:root:/:/usr/sbin/nologin\nsandbox:x:1000:1000::/work:/bin/sh\n";
    private static final String GROUP = "root:x:0:\nsandbox:x:1000:\n";
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
        Files.createDirectory(folder.path);
        // set afterwards, since createDirectory's own permissions go through the umask
        Files.setPosixFilePermissions(folder.path, PosixFilePermissions.fromString("rwxr-xr-x"));
        folder.fill();
        return folder;
    }

    /** Makes again what a cleaner of temporary files took while no run was made; systemd's takes what is ten days old. */
    void mend() throws IOException {
        if (Files.exists(runner())
                && Files.exists(etc("passwd"))
                && Files.exists(etc("group"))
                && Files.exists(etc("hosts"))) {
            return;
        }
        if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(path);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        if (!isOurs(path)) {
            throw new IOException(path + " was replaced by somebody else");
        }
        fill();
    }

    private void fill() throws IOException {
        if (Files.notExists(runner())) {
            RunnerBinary.unpack(runner());
        }
        write("passwd", PASSWD);
        write("group", GROUP);
        write("hosts", HOSTS);
    }

    Path runner() {
        return path.resolve("artemis-runner");
    }

    Path etc(String name) {
        return path.resolve(name);
    }

    @Override
    public void close() throws IOException {
        remove(path);
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(path.resolve(name), content);
        Files.setPosixFilePermissions(path.resolve(name), PosixFilePermissions.fromString("rw-r--r--"));
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
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }
}
