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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.env.MockEnvironment;

class DatabaseCheckTest {

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
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        HoldsTheLock.class.getName(),
                        lock.toString())
                .start();
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

    private static String address(DatabaseLogin owner, String password) {
        return owner.url().replace("jdbc:postgresql://", "postgresql://" + owner.username() + ":" + password + "@");
    }

    private static Verdict embedded(Path home) {
        var environment = new MockEnvironment()
                .withProperty("artemis.database.url", "embedded")
                .withProperty("artemis.database.home", home.toString());
        return new DatabaseCheck(environment).findings().getFirst().verdict();
    }

    private static List<Finding> findings(String url) {
        return new DatabaseCheck(new MockEnvironment().withProperty("artemis.database.url", url)).findings();
    }
}
