package dev.artemis.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/** PostgreSQL's own client, connected to an instance's embedded database as its owner. */
public final class Psql {

    private final String port;
    private final String password;

    private Psql(String port, String password) {
        this.port = port;
        this.password = password;
    }

    /** Of the instance that works in that home. */
    public static Psql of(Path home) {
        Path folder = home.resolve("postgresql");
        try {
            List<String> pid = Files.readAllLines(folder.resolve("data").resolve("postmaster.pid"));
            return new Psql(
                    pid.get(3).strip(),
                    Files.readString(folder.resolve("password")).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs statements; returns what they print, without headers, columns parted by a bar. */
    public String run(String sql) {
        Process process = start(sql);
        try (InputStream output = process.getInputStream()) {
            String printed = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            end(process, printed);
            return printed.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs one statement and counts the bytes of what it prints. */
    public long count(String sql) {
        Process process = start(sql);
        byte[] buffer = new byte[1 << 16];
        long bytes = 0;
        try (InputStream output = process.getInputStream()) {
            for (int read = output.read(buffer); read >= 0; read = output.read(buffer)) {
                bytes += read;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        end(process, "");
        return bytes;
    }

    /** A connection of the same owner, for which no client is needed; to be closed by the caller. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/artemis?currentSchema=artemis", "postgres", password);
    }

    private Process start(String sql) {
        ProcessBuilder builder = new ProcessBuilder(
                "psql",
                "-X",
                "-q",
                "-A",
                "-t",
                "-v",
                "ON_ERROR_STOP=1",
                "-h",
                "127.0.0.1",
                "-p",
                port,
                "-U",
                "postgres",
                "-d",
                "artemis",
                "-c",
                "set search_path = artemis",
                "-c",
                sql);
        builder.environment().put("PGPASSWORD", password);
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("psql (Debian's postgresql-client) does not start", e);
        }
    }

    private static void end(Process process, String printed) {
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException("psql failed: " + printed);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while psql ran", e);
        }
    }
}
