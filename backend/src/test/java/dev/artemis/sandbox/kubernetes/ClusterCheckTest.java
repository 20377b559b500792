package dev.artemis.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.configuration.Finding;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.env.MockEnvironment;

/** The start-up check without a cluster. */
class ClusterCheckTest {

    @TempDir
    Path folder;

    @Test
    void passesWhereRunsGoElsewhere() {
        List<Finding> findings =
                new ClusterCheck(new MockEnvironment().withProperty("artemis.sandbox.kind", "local")).findings();

        assertThat(findings).singleElement().extracting(Finding::verdict).isEqualTo(Finding.Verdict.PASS);
    }

    @Test
    void passesWhereThisProcessTakesNoRuns() {
        List<Finding> findings = new ClusterCheck(kubernetes().withProperty("artemis.roles", "api, ui")).findings();

        assertThat(findings).singleElement().extracting(Finding::verdict).isEqualTo(Finding.Verdict.PASS);
    }

    @Test
    void failsWithoutKubeconfig() {
        Finding finding = only(kubernetes()
                .withProperty(
                        "artemis.sandbox.kubernetes.kubeconfig",
                        folder.resolve("none").toString()));

        assertThat(finding.verdict()).isEqualTo(Finding.Verdict.FAIL);
        assertThat(finding.detail()).contains(folder.resolve("none").toString()).contains("cannot be read");
    }

    @Test
    void warnsWhereNobodyAnswers() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path file = TestKubeconfig.write(folder.resolve("kubeconfig"), port);

        Finding finding = only(kubernetes().withProperty("artemis.sandbox.kubernetes.kubeconfig", file.toString()));

        assertThat(finding.verdict()).isEqualTo(Finding.Verdict.WARN);
        assertThat(finding.detail()).startsWith("it does not answer").contains("Failed to connect");
    }

    @Test
    void failsForSettingThatCannotWork() {
        Finding finding = only(kubernetes().withProperty("artemis.sandbox.kubernetes.tolerations", "runs"));

        assertThat(finding.verdict()).isEqualTo(Finding.Verdict.FAIL);
        assertThat(finding.detail()).contains("artemis.sandbox.kubernetes.tolerations must be like");
    }

    private static MockEnvironment kubernetes() {
        return new MockEnvironment().withProperty("artemis.sandbox.kind", "kubernetes");
    }

    private static Finding only(MockEnvironment environment) {
        List<Finding> findings = new ClusterCheck(environment).findings();
        assertThat(findings).hasSize(1);
        return findings.getFirst();
    }
}
