package dev.artemis.e2e.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * For how long the calling thread and its connection's process in the database were ready to go on, and the kernel gave the processors to others: the
 * second figure of schedstat (proc(5)). What a machine that is shared adds to a figure, and what it does not.
 */
record ProcessorWaits(Path database) {

    private static final Path HERE = Path.of("/proc/thread-self/schedstat");

    /** Of a database on this machine. */
    static ProcessorWaits of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select pg_backend_pid()")) {
            rows.next();
            return new ProcessorWaits(Path.of("/proc", rows.getString(1), "schedstat"));
        }
    }

    /** Milliseconds, of both together, since they began. */
    double millis() {
        return (nanos(HERE) + nanos(database)) / 1e6;
    }

    private static long nanos(Path schedstat) {
        try {
            return Long.parseLong(Files.readString(schedstat).split(" ", -1)[1]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
