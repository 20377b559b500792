package dev.artemis.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.configuration.Finding;
import dev.artemis.configuration.Finding.Verdict;
import dev.artemis.db.DatabaseLogin;
import dev.artemis.db.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.env.MockEnvironment;

class DatabaseCheckTest {

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final String CLASSES = System.getProperty("java.class.path");

    @Test
    void passesForOneThatWorks() {
        DatabaseLogin owner = TestDatabase.fresh().owner();

        assertThat(findings(address(owner, owner.password())))
                .extracting(Finding::verdict)
                .containsOnly(Verdict.PASS);
    }

    @Test
    void failsForAWrongPasswordWithoutRepeatingIt() {
        DatabaseLogin owner = TestDatabase.fresh().owner();

        assertThat(findings(address(owner, "wrong-password-here")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
                    assertThat(finding.toString())
                            .contains("password authentication failed")
                            .doesNotContain("wrong-password-here");
                });
    }

    @Test
    void failsForOneThatDoesNotAnswer() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        assertThat(findings("postgresql://a:b@127.0.0.1:" + port + "/artemis"))
                .singleElement()
                .extracting(Finding::verdict)
                .isEqualTo(Verdict.FAIL);
    }

    @Test
    void failsForAHomeThatAnotherProcessUses(@TempDir Path home) throws Exception {
        Path lock = Files.createDirectories(home.resolve("postgresql")).resolve("lock");
        Process other = new ProcessBuilder(JAVA, "-cp", CLASSES, HoldsTheLock.class.getName(), lock.toString()).start();
        try (var held = other.inputReader()) {
            assertThat(held.readLine()).isEqualTo("true");

            assertThat(embedded(home)).isEqualTo(Verdict.FAIL);
        } finally {
            other.destroyForcibly();
            other.waitFor();
        }
        assertThat(embedded(home)).isEqualTo(Verdict.PASS);
    }

    @Test
    void failsWhereRootMayMakeNoUserNamespace(@TempDir Path home) throws Exception {
        String asRootWithout = "echo 0 >/proc/sys/user/max_user_namespaces; exec \"$@\"";
        List<String> check = List.of(JAVA, "-cp", CLASSES, ChecksTheEmbedded.class.getName(), home.toString());

        assertThat(printed(List.of("unshare", "-U", "-r", "--"), check)).contains("PASS");
        assertThat(printed(List.of("unshare", "-U", "-r", "bash", "-c", asRootWithout, "-"), check))
                .contains("FAIL")
                .contains("ordinary user");
    }

    private static String printed(List<String> around, List<String> command) throws IOException {
        Process process = new ProcessBuilder(
                        Stream.concat(around.stream(), command.stream()).toList())
                .redirectErrorStream(true)
                .start();
        try (var output = process.inputReader()) {
            return output.readAllAsString();
        }
    }

    @Test
    void failsForWhatIsNoAddress() {
        assertThat(findings("mysql://a:b@host/db"))
                .singleElement()
                .extracting(Finding::verdict)
                .isEqualTo(Verdict.FAIL);
        assertThat(findings("postgresql://host/db"))
                .singleElement()
                .extracting(Finding::verdict)
                .isEqualTo(Verdict.FAIL);
    }

    @Test
    void saysWhatOthersHaveWhereTheyLeaveTooFewForAFullPool() throws SQLException {
        DatabaseLogin owner = TestDatabase.fresh().owner();
        List<Connection> others = new ArrayList<>();
        try {
            for (int left = 20; left > 0; left--) {
                others.add(DriverManager.getConnection(owner.url(), owner.username(), owner.password()));
            }
            int most = most(others.getFirst());

            assertThat(connections(owner, most - 10, "worker")).satisfies(finding -> {
                assertThat(finding.verdict()).isEqualTo(Verdict.WARN);
                assertThat(finding.detail())
                        .startsWith("of " + most + " that the database gives, others have ")
                        .endsWith("wants up to " + (most - 9));
                assertThat(finding.remedy()).contains("max_connections", "artemis.database.pool-size", "instances");
            });
            assertThat(connections(owner, most, "worker").verdict()).isEqualTo(Verdict.FAIL);
            assertThat(connections(owner, 20, "worker").verdict()).isEqualTo(Verdict.PASS);
        } finally {
            for (Connection one : others) {
                one.close();
            }
        }
    }

    @Test
    void saysThatNoConnectionIsLeft() throws SQLException {
        DatabaseLogin owner = TestDatabase.fresh().owner();
        try (Connection connection = DriverManager.getConnection(owner.url(), owner.username(), owner.password());
                var statement = connection.createStatement()) {
            statement.execute("drop role if exists has_none");
            statement.execute("create role has_none login connection limit 0 password 'has-none-at-all'");
        }

        assertThat(findings(owner.url().replace("jdbc:postgresql://", "postgresql://has_none:has-none-at-all@")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
                    assertThat(finding.detail()).startsWith("the database gives no more: ");
                    assertThat(finding.remedy()).contains("max_connections");
                });
    }

    private static int most(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select current_setting('max_connections')::int - 3")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static Finding connections(DatabaseLogin owner, int pool, String roles) {
        return new DatabaseCheck(new MockEnvironment()
                        .withProperty("artemis.database.url", address(owner, owner.password()))
                        .withProperty("artemis.database.pool-size", Integer.toString(pool))
                        .withProperty("artemis.roles", roles))
                .findings().stream()
                        .filter(finding -> finding.subject().equals("connections"))
                        .findFirst()
                        .orElseThrow();
    }

    private static String address(DatabaseLogin owner, String password) {
        return owner.url().replace("jdbc:postgresql://", "postgresql://" + owner.username() + ":" + password + "@");
    }

    private static Verdict embedded(Path home) {
        return ChecksTheEmbedded.in(home).verdict();
    }

    private static List<Finding> findings(String url) {
        return new DatabaseCheck(new MockEnvironment().withProperty("artemis.database.url", url)).findings();
    }
}
