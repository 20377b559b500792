package dev.artemis.db;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL 18 of our own in a data folder, durable: fsync and synchronous commit are on, every connection
 * needs a password (SCRAM), it listens on 127.0.0.1 only, and a data folder left behind by a killed process is taken
 * over again. See ADR-0002.
 */
public final class EmbeddedPostgresql implements AutoCloseable {

    /** Of one server: those of another, which are unpacked once for whoever has the same resolver, go with that one's home. */
    private static final class OwnBinaries implements PgBinaryResolver {

        @Override
        public InputStream getPgBinary(String system, String machine) throws IOException {
            return DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine);
        }
    }

    /** That an embedded server takes, those of its superuser included. */
    public static final int CONNECTIONS = 100;

    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgresql.class);
    private static final String SUPERUSER = "postgres";
    private static final Set<Path> ours = ConcurrentHashMap.newKeySet();
    private static final Duration STARTUP_LIMIT = Duration.ofSeconds(60);

    private final EmbeddedPostgres server;
    private final FileChannel lock;
    private final String password;

    private EmbeddedPostgresql(EmbeddedPostgres server, FileChannel lock, String password) {
        this.server = server;
        this.lock = lock;
        this.password = password;
    }

    /**
     * Starts the server, making the data folder at the first time.
     *
     * @param home durable folder; its part {@code postgresql} belongs to the server
     * @throws IllegalStateException another process uses the folder, or the server does not start
     */
    public static EmbeddedPostgresql start(Path home) {
        return start(home, Durability.DURABLE);
    }

    static EmbeddedPostgresql start(Path home, Durability durability) {
        try {
            Path folder = privateFolder(home.toAbsolutePath().resolve("postgresql"));
            FileChannel lock = lock(folder);
            OrphanedServer.in(folder.resolve("data")).ifPresent(OrphanedServer::stop);
            Path passwordFile = folder.resolve("password");
            String password = keptPassword(passwordFile);
            var builder = EmbeddedPostgres.builder()
                    .setDataDirectory(folder.resolve("data"))
                    .setOverrideWorkingDirectory(
                            privateFolder(folder.resolve("binaries")).toFile())
                    .setPgBinaryResolver(new OwnBinaries())
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setPGStartupWait(STARTUP_LIMIT)
                    .setLocaleConfig("auth-host", "scram-sha-256")
                    .setLocaleConfig("auth-local", "scram-sha-256")
                    .setLocaleConfig("pwfile", passwordFile.toString())
                    .setLocaleConfig("locale", "C.UTF-8")
                    .setConnectConfig("password", password)
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("unix_socket_directories", "")
                    .setServerConfig("shared_buffers", "256MB")
                    .setServerConfig("max_wal_size", "2GB")
                    .setServerConfig("timezone", "UTC")
                    .setServerConfig("log_timezone", "UTC")
                    .setServerConfig("logging_collector", "off")
                    .setErrorRedirector(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("server.log").toFile()))
                    .setOutputRedirector(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("server.log").toFile()));
            durability.settings().forEach(builder::setServerConfig);
            return new EmbeddedPostgresql(builder.start(), lock, password);
        } catch (IOException e) {
            throw new IllegalStateException("PostgreSQL does not start in " + home + ": " + e.getMessage(), e);
        }
    }

    /** The database {@code artemis} of this server, made where it is missing. */
    public Database database() {
        return database("artemis");
    }

    Database database(String name) {
        var admin = server.getPostgresDatabase();
        try (var connection = admin.getConnection();
                var statement = connection.createStatement()) {
            boolean exists;
            try (var found = statement.executeQuery("select from pg_database where datname = '" + name + "'")) {
                exists = found.next();
            }
            if (!exists) {
                statement.execute("create database " + name);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Database " + name + " cannot be made: " + e.getMessage(), e);
        }
        String url = "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + name;
        return Database.ownedBy(new DatabaseLogin(url, SUPERUSER, password));
    }

    @Override
    public void close() {
        try (lock) {
            server.close();
        } catch (IOException e) {
            log.warn("PostgreSQL did not stop cleanly: {}", e.getMessage());
        }
    }

    /** How much a commit is worth. */
    enum Durability {
        /** What is committed survives a power cut. */
        DURABLE,
        /** For tests that start a server and throw it away: many applications in one process share it. */
        THROWN_AWAY;

        Map<String, String> settings() {
            return switch (this) {
                case DURABLE -> settings("on", String.valueOf(CONNECTIONS));
                case THROWN_AWAY -> settings("off", "500");
            };
        }

        private static Map<String, String> settings(String durable, String connections) {
            return Map.of(
                    "fsync", durable,
                    "synchronous_commit", durable,
                    "full_page_writes", durable,
                    "max_connections", connections);
        }
    }

    /** Whether this process may start it: PostgreSQL never runs as root, and root leaves that name behind in a user namespace. */
    public static boolean mayRunHere() {
        return !"root".equals(System.getProperty("user.name")) || LinuxUtils.isUnshareAvailable();
    }

    /** Whether another running process holds that home's server. Makes nothing, and holds nothing afterwards. */
    public static boolean isInUse(Path home) {
        Path lock = home.toAbsolutePath().resolve("postgresql").resolve("lock");
        // Closing any descriptor of a file drops all locks that this process has on it: our own is not asked about.
        if (!Files.isWritable(lock) || ours.contains(lock)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
            return !locked(channel);
        } catch (IOException e) {
            return false;
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        Path file = folder.resolve("lock");
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!locked(channel)) {
            channel.close();
            throw new IllegalStateException("Another Artemis uses the folder " + folder
                    + ". Stop it, or give this one a folder of its own with ARTEMIS_HOME.");
        }
        ours.add(file);
        return channel;
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static Path privateFolder(Path folder) throws IOException {
        return Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private static String keptPassword(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] random = new byte[32];
            new SecureRandom().nextBytes(random);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, HexFormat.of().formatHex(random) + "\n");
        }
        return Files.readString(file).strip();
    }
}
