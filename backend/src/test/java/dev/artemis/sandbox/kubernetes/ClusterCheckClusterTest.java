package dev.artemis.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.configuration.Finding;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The start-up check against a real cluster. */
@OnCluster
class ClusterCheckClusterTest {

    @Test
    void passesWhatIsThere() {
        KubernetesSettings settings = TestCluster.settings("artemis-runs-check", Map.of());
        ClusterClients clients = ClusterClients.of(settings.kubeconfig());
        new RunNamespace(clients.calls(), settings, "artemis-runs-check", RunnerConfigMap.built()).ensure();

        List<Finding> findings = ClusterCheck.of(settings, clients.calls(), SomeSettings.NOBODY_TRIES);

        assertThat(findings).noneMatch(finding -> finding.verdict() == Finding.Verdict.FAIL);
        assertThat(findings).anyMatch(finding -> finding.detail().startsWith("Kubernetes 1."));
        assertThat(findings).anyMatch(finding -> finding.detail().contains("every permission"));
        assertThat(findings).anyMatch(finding -> finding.detail().contains("artemis-runs-check takes our Jobs"));
    }

    @Test
    void failsForRuntimeClassThatIsMissing() {
        KubernetesSettings settings = TestCluster.settings("artemis-runs-check", Map.of("runtime-class", "nowhere"));

        assertThat(ClusterCheck.of(
                        settings, ClusterClients.of(settings.kubeconfig()).calls(), SomeSettings.NOBODY_TRIES))
                .anyMatch(finding -> finding.verdict() == Finding.Verdict.FAIL
                        && finding.detail().equals("there is no runtime class nowhere"));
    }

    @Test
    void failsForNamespaceThatNobodyMade() {
        KubernetesSettings settings = TestCluster.settings("artemis-runs-nobody", Map.of("manage-namespace", "false"));

        assertThat(ClusterCheck.of(
                        settings, ClusterClients.of(settings.kubeconfig()).calls(), SomeSettings.NOBODY_TRIES))
                .anyMatch(finding -> finding.verdict() == Finding.Verdict.FAIL
                        && finding.detail().equals("there is no namespace artemis-runs-nobody"));
    }
}
