package dev.artemis.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The tests' PostgreSQL: the real one, started once a JVM, without durability. Each caller gets a database of its own
 * with the schema up to date.
 */
public final class TestDatabase {

    private static final AtomicInteger count = new AtomicInteger();

    private TestDatabase() {}

    /** A new database, migrated. */
    public static Database fresh() {
        Database database = Server.INSTANCE.database("test" + count.incrementAndGet());
        database.migrate();
        return database;
    }

    private static final class Server {
        static final EmbeddedPostgresql INSTANCE = start();

        private static EmbeddedPostgresql start() {
            try {
                Path home = Files.createTempDirectory("artemis-test-db");
                var server = EmbeddedPostgresql.start(home, EmbeddedPostgresql.Durability.THROWN_AWAY);
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    server.close();
                    delete(home);
                }));
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
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
