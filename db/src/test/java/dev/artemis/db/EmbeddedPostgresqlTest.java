package dev.artemis.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class EmbeddedPostgresqlTest {

    @TempDir
    Path home;

    @Test
    void isDurableAndAsksEveryoneForAPassword() throws Exception {
        try (var server = EmbeddedPostgresql.start(home)) {
            DatabaseLogin owner = server.database().owner();

            assertThat(setting(owner, "fsync")).isEqualTo("on");
            assertThat(setting(owner, "synchronous_commit")).isEqualTo("on");
            assertThat(setting(owner, "full_page_writes")).isEqualTo("on");
            assertThat(setting(owner, "listen_addresses")).isEqualTo("127.0.0.1");
            assertThatThrownBy(() -> DriverManager.getConnection(owner.url(), owner.username(), "wrong"))
                    .hasMessageContaining("password");
            assertThat(Files.getPosixFilePermissions(home.resolve("postgresql/password")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    void keepsWhatWasCommittedWhenItsServerIsLeftBehindByAKilledProcess() throws Exception {
        Process killed = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Abandoned.class.getName(),
                        home.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var output = killed.inputReader()) {
            assertThat(output.lines().anyMatch(Abandoned.WRITTEN::equals)).isTrue();
            killed.destroyForcibly().onExit().join();
        }
        assertThat(OrphanedServer.in(home.resolve("postgresql/data"))).isPresent();

        try (var successor = EmbeddedPostgresql.start(home)) {
            assertThat(query(successor.database().owner(), "select answer from kept"))
                    .isEqualTo("42");
        }
    }

    /** A process that starts the server, writes, and is killed before it can stop anything. */
    static final class Abandoned {
        static final String WRITTEN = "written";

        public static void main(String[] arguments) throws Exception {
            var server = EmbeddedPostgresql.start(Path.of(arguments[0]));
            execute(server.database().owner(), "create table kept as select 42 as answer");
            System.out.println(WRITTEN);
            new CountDownLatch(1).await();
        }
    }

    @Test
    void refusesAFolderThatAnotherServerUses() {
        try (var first = EmbeddedPostgresql.start(home)) {
            assertThat(first.database()).isNotNull();
            assertThatThrownBy(() -> EmbeddedPostgresql.start(home)).hasMessageContaining("ARTEMIS_HOME");
        }
    }

    private static String setting(DatabaseLogin login, String name) throws SQLException {
        return query(login, "show " + name);
    }

    private static void execute(DatabaseLogin login, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(login.url(), login.username(), login.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(DatabaseLogin login, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(login.url(), login.username(), login.password());
                var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }
}
