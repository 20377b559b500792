package dev.artemis.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a pod under deny-all wrote, and what it says of the network plugin. */
class NetworkSightTest {

    static Stream<Arguments> words() {
        return Stream.of(
                Arguments.of(
                        "nothing answers: packets are dropped",
                        "peer 10.0.0.7:7000 timed-out\napi 10.96.0.1:443 timed-out",
                        true,
                        new NetworkSight.Closed()),
                Arguments.of(
                        "refused by a plugin that rejects",
                        "api 10.96.0.1:443 ECONNREFUSED\npeer 10.0.0.7:7000 ECONNREFUSED",
                        true,
                        new NetworkSight.Closed()),
                Arguments.of(
                        "no way at all, which a peer on the same network would have",
                        "peer 10.0.0.7:7000 EHOSTUNREACH\napi 10.96.0.1:443 ENETUNREACH",
                        true,
                        new NetworkSight.Closed()),
                Arguments.of(
                        "the other pod answers, the API is not routed: the test cluster",
                        "api 10.96.0.1:443 ENETUNREACH\npeer 10.0.0.7:7000 connected",
                        true,
                        new NetworkSight.Open("another pod at 10.0.0.7:7000")),
                Arguments.of(
                        "both answer: no policy is enforced",
                        "peer [fd00::7]:7000 connected\napi 10.96.0.1:443 connected",
                        true,
                        new NetworkSight.Open("another pod at [fd00::7]:7000 and the cluster's API at 10.96.0.1:443")),
                Arguments.of(
                        "the API answers alone, as where a plugin lets what leaves pass",
                        "peer 10.0.0.7:7000 timed-out\napi 10.96.0.1:443 connected",
                        true,
                        new NetworkSight.Open("the cluster's API at 10.96.0.1:443")),
                Arguments.of(
                        "what was reached was reached, whoever is gone by now",
                        "peer 10.0.0.7:7000 connected",
                        false,
                        new NetworkSight.Open("another pod at 10.0.0.7:7000")),
                Arguments.of(
                        "the policy came after the pod",
                        "peer 10.0.0.7:7000 connected-at-first\napi 10.96.0.1:443 timed-out",
                        true,
                        new NetworkSight.OpenAtFirst("another pod at 10.0.0.7:7000")),
                Arguments.of(
                        "one that stays open counts for more than one that closes",
                        "peer 10.0.0.7:7000 connected-at-first\napi 10.96.0.1:443 connected",
                        true,
                        new NetworkSight.Open("the cluster's API at 10.96.0.1:443")),
                Arguments.of(
                        "silence of one that had gone says nothing",
                        "peer 10.0.0.7:7000 timed-out\napi 10.96.0.1:443 timed-out",
                        false,
                        new NetworkSight.Unknown("the pod that listens did not stay")),
                Arguments.of(
                        "the API's silence alone says nothing: nobody knows that it would have answered",
                        "api 10.96.0.1:443 timed-out",
                        true,
                        new NetworkSight.Unknown("the pod that tries it said nothing of it")),
                Arguments.of(
                        "a program that failed",
                        "Traceback (most recent call last):",
                        true,
                        new NetworkSight.Unknown("the pod that tries it said nothing of it")),
                Arguments.of(
                        "nothing", "", true, new NetworkSight.Unknown("the pod that tries it said nothing of it")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("words")
    void says(String shape, String said, boolean listening, NetworkSight sight) {
        assertThat(NetworkSight.of(said, listening)).isEqualTo(sight);
    }
}
