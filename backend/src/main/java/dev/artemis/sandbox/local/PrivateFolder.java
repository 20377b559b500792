package dev.artemis.sandbox.local;

import dev.artemis.sandbox.runner.RunnerBinary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This server's folder with what every sandbox gets for its /etc: three small files, the linker's cache, and the runner. One folder, since each mount
 * costs a sandbox a reading of all mounts. Only the server writes in it.
 */
final class PrivateFolder implements AutoCloseable {

    private static final String PASSWD = "root:x:0:0:root:/:/usr/sbin/nologin\nsandbox:x:1000:1000::/work:/bin/sh\n";
    private static final String GROUP = "root:x:0:\nsandbox:x:1000:\n";
    private static final Path LINKER_CACHE = Path.of("/etc/ld.so.cache");
    private static final String HOSTS = "127.0.0.1 localhost sandbox\n";

    private static final Set<PosixFilePermission> ONLY_US = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> ALL_MAY_READ = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final Logger LOG = LoggerFactory.getLogger(PrivateFolder.class);
    private static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("rw-r--r--");

    private final Path path;

    private PrivateFolder(Path path) {
        this.path = path;
    }

    /** Makes it, after removing those that dead servers left. */
    static PrivateFolder create(Path parent) throws IOException {
        sweep(parent);
        return create(parent, ServerProcess.current().freshFolderName());
    }

    /**
     * Makes it under a name.
     *
     * @throws IOException something has that name already: what somebody else made may hold what they want to be run
     */
    static PrivateFolder create(Path parent, String name) throws IOException {
        Files.createDirectories(parent);
        PrivateFolder folder = new PrivateFolder(parent.resolve(name));
        makeNew(folder.path);
        folder.fill();
        return folder;
    }

    /** Makes again what a cleaner of temporary files took while no run was made; systemd's takes what is ten days old. */
    void mend() throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !isOurs(path)) {
            throw new IOException(path + " was replaced by somebody else");
        }
        if (Files.exists(runner())
                && Files.exists(etc("passwd"))
                && Files.exists(etc("group"))
                && Files.exists(etc("hosts"))
                && Files.exists(alternatives())) {
            return;
        }
        if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
            makeNew(path);
        }
        fill();
    }

    /** Made by us, and now: whatever is there already, a folder or a link to one, is refused. */
    private static void makeNew(Path folder) throws IOException {
        Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(ONLY_US));
        // opened afterwards, since its own permissions go through the umask; a run's own user has to pass
        Files.setPosixFilePermissions(folder, ALL_MAY_READ);
        if (!isOurs(folder)) {
            throw new IOException(folder + " was replaced by somebody else");
        }
    }

    private void fill() throws IOException {
        for (Path folder : List.of(etc(), alternatives())) {
            if (Files.notExists(folder, LinkOption.NOFOLLOW_LINKS)) {
                makeNew(folder);
            } else if (!isOurs(folder)) {
                throw new IOException(folder + " was replaced by somebody else");
            }
        }
        if (Files.isReadable(LINKER_CACHE)) {
            replace("ld.so.cache", Files.readAllBytes(LINKER_CACHE), READABLE);
        }
        // always: it is run as this server's user, whoever made what lies there
        replace("artemis-runner", RunnerBinary.bytes(), ALL_MAY_READ);
        replace("passwd", PASSWD.getBytes(StandardCharsets.UTF_8), READABLE);
        replace("group", GROUP.getBytes(StandardCharsets.UTF_8), READABLE);
        replace("hosts", HOSTS.getBytes(StandardCharsets.UTF_8), READABLE);
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

    /** Under another name first: a sandbox that starts meanwhile sees the old or the new, and a link is not followed. */
    private void replace(String name, byte[] content, Set<PosixFilePermission> permissions) throws IOException {
        Path fresh = etc("." + name + "." + ServerProcess.current().freshFolderName());
        Files.write(fresh, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        Files.setPosixFilePermissions(fresh, permissions);
        Files.move(fresh, etc(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void sweep(Path parent) throws IOException {
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

    /** It is not needed: somebody else may remove it meanwhile, and what stays is the next sweep's. */
    private static void removeOrSay(Path folder) {
        try {
            if (isOurs(folder)) {
                remove(folder);
            }
        } catch (IOException e) {
            LOG.info("a dead server's folder {} stays for the next sweep", folder, e);
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
