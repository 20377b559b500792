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
        Path path = parent.resolve(ServerProcess.current().folderName() + "." + Long.toHexString(System.nanoTime()));
        Files.createDirectory(path);
        PrivateFolder folder = new PrivateFolder(path);
        // set afterwards, since createDirectory's own permissions go through the umask
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        RunnerBinary.unpack(folder.runner());
        folder.write("passwd", PASSWD);
        folder.write("group", GROUP);
        folder.write("hosts", HOSTS);
        return folder;
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
        String self = System.getProperty("user.name", "");
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, "artemis-sandbox.*")) {
            for (Path folder : folders) {
                String name = folder.getFileName().toString();
                boolean dead = ServerProcess.owning(name.substring(0, Math.max(0, name.lastIndexOf('.'))))
                        .filter(owner -> !owner.lives())
                        .isPresent();
                boolean ours = Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                        && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS)
                                .getName()
                                .equals(self);
                if (dead && ours) {
                    remove(folder);
                }
            }
        }
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
