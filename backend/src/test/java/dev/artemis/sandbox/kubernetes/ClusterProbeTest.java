package dev.artemis.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.sandbox.Isolation;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is claimed of a cluster. */
class ClusterProbeTest {

    private static final NetworkSight OPEN = new NetworkSight.Open("another pod at 10.0.0.7:7000");

    private final AnsweringCluster cluster = new AnsweringCluster();

    ClusterProbeTest() throws IOException {}

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void noNetworkIsClaimedOnlyOnceItWasTried() throws IOException {
        Isolation untried = isolation(Map.of(), NetworkSight.untried());
        Isolation tried = isolation(Map.of(), new NetworkSight.Closed());

        assertThat(untried.strength()).isEqualTo(Isolation.Strength.PARTIAL);
        assertThat(untried.lacks())
                .contains("network: whether NetworkPolicies are enforced was not tried: nobody has yet");
        assertThat(untried.holds()).noneMatch(held -> held.startsWith("no network"));
        assertThat(tried.holds()).anyMatch(held -> held.startsWith("no network"));
        assertThat(tried.lacks()).noneMatch(lack -> lack.startsWith("network:"));
    }

    @Test
    void whatWasReachedIsSaid() throws IOException {
        assertThat(isolation(Map.of(), OPEN).lacks())
                .contains(
                        "network: the network plugin does not enforce NetworkPolicies: under deny-all a pod reached another pod at 10.0.0.7:7000");
        assertThat(isolation(Map.of(), new NetworkSight.OpenAtFirst("another pod"))
                        .lacks())
                .anyMatch(lack -> lack.contains("only some time after a pod's start"));
    }

    @Test
    void nothingRunsWhereItMustBeShutAndIsNotKnownToBe() throws IOException {
        Map<String, String> required = Map.of("require-network-policy", "true");

        assertThat(isolation(required, OPEN).strength()).isEqualTo(Isolation.Strength.NONE);
        assertThat(isolation(required, NetworkSight.untried()).strength()).isEqualTo(Isolation.Strength.NONE);
        assertThat(isolation(required, new NetworkSight.Closed()).strength()).isEqualTo(Isolation.Strength.PARTIAL);
    }

    private Isolation isolation(Map<String, String> settings, NetworkSight sight) throws IOException {
        return new ClusterProbe(cluster.clients().calls(), SomeSettings.with(settings), () -> sight).isolation();
    }
}
