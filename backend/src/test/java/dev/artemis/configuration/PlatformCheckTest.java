package dev.artemis.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.configuration.Finding.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformCheckTest {

    @TempDir
    private Path folder;

    @Test
    void passesWithWhatIsUsual() {
        assertThat(new PlatformCheck(Settings.of(settings(Map.of()))).findings())
                .extracting(Finding::verdict)
                .containsOnly(Verdict.PASS);
    }

    @Test
    void leavesNoTraceInTheHomeFolder() {
        Path home = folder.resolve("not/yet/there");

        assertThat(verdict("artemis.home", home.toString(), "home folder")).isEqualTo(Verdict.PASS);
        assertThat(home).doesNotExist();
        assertThat(folder.resolve("not")).doesNotExist();
    }

    @Test
    void failsWhereAFileIsInTheWay() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThat(verdict("artemis.home", file.resolve("home").toString(), "home folder"))
                .isEqualTo(Verdict.FAIL);
    }

    @Test
    void failsWhereAnotherProgramListens() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(verdict("server.port", Integer.toString(other.getLocalPort()), "port"))
                    .isEqualTo(Verdict.FAIL);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "server.port, 99999, port",
        "server.port, http, port",
        "server.port, -1, port",
        "server.address, no such host, address",
        "server.address, 192.0.2.1, port",
        "artemis.roles, 'api,cook', roles",
        "artemis.roles, '', roles",
        "artemis.home, '', home folder"
    })
    void failsFor(String setting, String value, String subject) {
        assertThat(verdict(setting, value, subject)).isEqualTo(Verdict.FAIL);
    }

    private Verdict verdict(String setting, String value, String subject) {
        return new PlatformCheck(Settings.of(settings(Map.of(setting, value))))
                .findings().stream()
                        .filter(finding -> finding.subject().equals(subject))
                        .findFirst()
                        .orElseThrow()
                        .verdict();
    }

    private Map<String, Object> settings(Map<String, Object> special) {
        Map<String, Object> settings = new HashMap<>(Map.of("server.port", "0", "artemis.home", folder.toString()));
        settings.putAll(special);
        return settings;
    }
}
