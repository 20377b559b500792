package dev.artemis.e2e;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A durable PostgreSQL that belongs to no instance: for several on one database, and to be taken away beneath them. */
public final class OwnDatabase implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(1);

    private final Path folder;
    private final int port;
    private EmbeddedPostgres server;

    private OwnDatabase(Path folder, int port) {
        this.folder = folder;
        this.port = port;
        this.server = started();
    }

    /** Starts one in an empty folder, on 127.0.0.1. */
    public static OwnDatabase start(Path folder) {
        return new OwnDatabase(folder, Instance.freePort());
    }

    /** For ARTEMIS_DATABASE_URL. */
    public String url() {
        return "postgresql://postgres:any@127.0.0.1:" + port + "/postgres";
    }

    /** Ends every process of it at once, without a checkpoint, and breaks every connection. */
    public void crash() {
        try {
            long postmaster = Long.parseLong(
                    Files.readAllLines(folder.resolve("data/postmaster.pid")).getFirst());
            ProcessHandle process = ProcessHandle.of(postmaster).orElseThrow();
            new ProcessBuilder("kill", "-QUIT", Long.toString(postmaster)).start();
            process.onExit().join();
            server.close(); // it is down; this lets go of its folder
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it again after a {@link #crash()}: same data, same port. */
    public void restart() {
        server = started();
    }

    private EmbeddedPostgres started() {
        try {
            return EmbeddedPostgres.builder()
                    .setPort(port)
                    .setDataDirectory(folder.resolve("data"))
                    .setOverrideWorkingDirectory(
                            Files.createDirectories(folder.resolve("binaries")).toFile())
                    .setCleanDataDirectory(false)
                    .setPGStartupWait(START_LIMIT)
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("unix_socket_directories", "")
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("max_connections", "100")
                    .setServerConfig("shared_buffers", "256MB")
                    .setServerConfig("timezone", "UTC")
                    .setOutputRedirector(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("server.log").toFile()))
                    .setErrorRedirector(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("server.log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a value from a row. */
    @FunctionalInterface
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** What a query finds, as the owner: it sees every team's rows. Tables are of schema {@code artemis}. */
    public <T> List<T> list(String query, Row<T> row) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<T> found = new ArrayList<>();
            while (rows.next()) {
                found.add(row.read(rows));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    /** The one number that a query finds. */
    public long count(String query) {
        return list(query, row -> row.getLong(1)).getFirst();
    }

    /** A connection of the owner, to be closed by the caller. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres?currentSchema=artemis", "postgres", "any");
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
