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
