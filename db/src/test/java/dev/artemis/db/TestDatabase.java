package dev.artemis.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The tests' PostgreSQL: the real one, started once a JVM, without durability. Each caller gets a database of its own
 * with the schema up to date.
 */
public final class TestDatabase {

    private static final AtomicInteger count = new AtomicInteger();

    private TestDatabase() {}

    /** A new database, migrated: a copy of the first that was. */
    public static Database fresh() {
        String name = newName();
        Migrated.copyTo(name);
        return Server.INSTANCE.database(name);
    }

    /** A new database with nothing in it. */
    static Database empty() {
        return Server.INSTANCE.database(newName());
    }

    private static String newName() {
        return "test" + count.incrementAndGet();
    }

    /** Leaves it to somebody else to say when the server may stop: with the JVM, but not before those who use it have ended. */
    public static void stopsWhen(Consumer<Runnable> theyHaveEnded) {
        if (Runtime.getRuntime().removeShutdownHook(Server.STOP)) {
            theyHaveEnded.accept(Server.STOP);
        }
    }

    /** Nobody is connected to it: else it could not be copied. */
    private static final class Migrated {
        static final String NAME = "migrated";

        static {
            Server.INSTANCE.database(NAME).migrate();
        }

        static synchronized void copyTo(String name) {
            DatabaseLogin owner = Server.INSTANCE.database().owner();
            try (var connection = DriverManager.getConnection(owner.url(), owner.username(), owner.password());
                    var statement = connection.createStatement()) {
                statement.execute("create database " + name + " template " + NAME);
            } catch (SQLException e) {
                throw new IllegalStateException("Database " + name + " cannot be made: " + e.getMessage(), e);
            }
        }
    }

    private static final class Server {
        static final Path HOME = home();
        static final EmbeddedPostgresql INSTANCE =
                EmbeddedPostgresql.start(HOME, EmbeddedPostgresql.Durability.THROWN_AWAY);
        static final Thread STOP = new Thread(Server::stop);

        static {
            Runtime.getRuntime().addShutdownHook(STOP);
        }

        private static Path home() {
            try {
                return Files.createTempDirectory("artemis-test-db");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void stop() {
            INSTANCE.close();
            delete(HOME);
        }

        private static void delete(Path folder) {
            try (var paths = Files.walk(folder)) {
                for (Path path :
                        paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
