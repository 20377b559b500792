package dev.artemis.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.sandbox.Isolation;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        assertThat(untried.lacks()).contains("network: whether NetworkPolicies are enforced is being tried");
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

    @ParameterizedTest
    @CsvSource({
        "auto,  UNTRIED,     false, 'user namespace: not tried yet'",
        "auto,  OWN,         true,  ''",
        "auto,  DROPPED,     false, 'user namespace: Kubernetes 1.33 does not keep hostUsers'",
        "auto,  NOT_STARTED, false, 'user namespace: a pod with hostUsers: false was not started'",
        "auto,  SHARED,      false, 'user namespace: a pod with hostUsers: false had its node'",
        "true,  UNTRIED,     true,  'user namespace: not tried yet'",
        "true,  OWN,         true,  ''",
        "true,  SHARED,      true,  'user namespace: a pod with hostUsers: false had its node'",
        "false, OWN,         false, 'user namespace: off'"
    })
    void podsGetUsersOfTheirOwnWhereThatWasSeen(String setting, UserSight sight, boolean asks, String lack)
            throws IOException {
        ClusterProbe probe = new ClusterProbe(
                cluster.clients().calls(),
                SomeSettings.with(Map.of("user-namespaces", setting)),
                () -> new PodSight(new NetworkSight.Closed(), sight));

        assertThat(probe.cluster(RunnerConfigMap.built()).orElseThrow().userNamespaces())
                .isEqualTo(asks);
        if (lack.isEmpty()) {
            assertThat(probe.isolation().holds()).anyMatch(held -> held.startsWith("own user namespace"));
        } else {
            assertThat(probe.isolation().lacks()).anyMatch(said -> said.startsWith(lack));
            assertThat(probe.isolation().holds()).noneMatch(held -> held.startsWith("own user namespace"));
        }
    }

    @ParameterizedTest
    @CsvSource({"UNKNOWN, false", "ONE, false", "ALL, true"})
    void whereTheKernelEndsAWholeRunItIsSaidAndWhatToDo(MemorySight sight, boolean said) throws IOException {
        ClusterProbe probe = new ClusterProbe(
                cluster.clients().calls(),
                SomeSettings.defaults(),
                () -> new PodSight(new NetworkSight.Closed(), UserSight.OWN, sight));

        assertThat(probe.isolation().lacks().stream()
                        .anyMatch(lack -> lack.startsWith("memory: where one process is killed for it")
                                && lack.contains("singleProcessOOMKill: true")))
                .isEqualTo(said);
    }

    @Test
    void whatIsKnownStaysWhileNobodyCanLook() {
        PodSight known = new PodSight(new NetworkSight.Closed(), UserSight.OWN);
        PodSight unshut = new PodSight(new NetworkSight.Unshut("it is gone"), UserSight.UNTRIED);
        assertThat(unshut.orElse(new PodSight(new NetworkSight.Closed(), UserSight.OWN)))
                .isEqualTo(new PodSight(unshut.network(), UserSight.OWN));
        PodSight nobody = new PodSight(new NetworkSight.Unknown("no room"), UserSight.UNTRIED);

        assertThat(nobody.orElse(known)).isEqualTo(known);
        PodSight whole = new PodSight(new NetworkSight.Closed(), UserSight.OWN, MemorySight.ALL);
        assertThat(nobody.orElse(whole)).isEqualTo(whole);
        PodSight one = new PodSight(new NetworkSight.Closed(), UserSight.OWN, MemorySight.ONE);
        assertThat(one.orElse(whole)).isEqualTo(one);
        assertThat(nobody.orElse(PodSight.untried())).isEqualTo(nobody);
        assertThat(new PodSight(OPEN, UserSight.DROPPED).orElse(known))
                .isEqualTo(new PodSight(OPEN, UserSight.DROPPED));
    }

    private Isolation isolation(Map<String, String> settings, NetworkSight sight) throws IOException {
        return new ClusterProbe(
                        cluster.clients().calls(),
                        SomeSettings.with(settings),
                        () -> new PodSight(sight, UserSight.UNTRIED))
                .isolation();
    }
}
