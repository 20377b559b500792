package dev.artemis.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Node;
import io.kubernetes.client.openapi.models.V1NodeStatus;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1ResourceRequirements;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoomTest {

    private static final V1Node SMALL = node("2", "4Gi", Map.of());
    private static final V1Node BROAD = node("16", "8Gi", Map.of("pool", "broad"));

    @Test
    void aPodThatAnEmptyNodeCouldHoldWaits() {
        assertThat(Room.aboveEveryNode(pod("2", "4Gi"), List.of(SMALL))).isEmpty();
        assertThat(Room.aboveEveryNode(pod("12", "8Gi"), List.of(SMALL, BROAD))).isEmpty();
    }

    @Test
    void onePodAboveEveryNodeIsToldWithWhatItAsksFor() {
        assertThat(Room.aboveEveryNode(pod("1", "64Gi"), List.of(SMALL, BROAD)))
                .hasValue(new Room.TooLarge(
                        "no node has room for cpu 1, memory 64Gi, even an empty one: ask for less, or add a larger node",
                        "cpu 1, memory 64Gi"));
    }

    @Test
    void itMustFitOneNodeAsAWhole() {
        V1Node high = node("1", "64Gi", Map.of());

        assertThat(Room.aboveEveryNode(pod("16", "64Gi"), List.of(BROAD, high))).isPresent();
    }

    @Test
    void nodesThatItMayNotBeOnDoNotCount() {
        V1PodSpec pod = pod("12", "1Gi");
        assertThat(Room.aboveEveryNode(pod.nodeSelector(Map.of("pool", "broad")), List.of(SMALL, BROAD)))
                .isEmpty();
        assertThat(Room.aboveEveryNode(
                        pod.nodeSelector(Map.of("pool", "narrow")),
                        List.of(node("2", "4Gi", Map.of("pool", "narrow")), BROAD)))
                .isPresent();
    }

    @Test
    void whereNoNodeIsKnownNothingIsJudged() {
        assertThat(Room.aboveEveryNode(pod("100", "1Ti"), List.of())).isEmpty();
        assertThat(Room.aboveEveryNode(pod("100", "1Ti").nodeSelector(Map.of("a", "b")), List.of(SMALL)))
                .isEmpty();
    }

    @Test
    void whatIsMoreThanTheWholeQuotaNeverFits() {
        assertThat(Room.aboveQuota("FailedCreate: pods \"run-1\" is forbidden: exceeded quota: artemis-runs, requested:"
                        + " limits.cpu=1,limits.memory=8Gi, used: limits.cpu=0,limits.memory=0, limited:"
                        + " limits.cpu=4,limits.memory=4Gi"))
                .hasValue(new Room.TooLarge(
                        "the quota artemis-runs has limits.memory=4Gi in all, and the run asks for 8Gi: ask for less,"
                                + " or raise the quota",
                        "memory 8Gi"));
    }

    @Test
    void whatTheQuotaHasNoRoomForNowWaits() {
        assertThat(Room.aboveQuota("exceeded quota: q, requested: limits.memory=2Gi, used: limits.memory=3Gi, limited:"
                        + " limits.memory=4Gi"))
                .isEmpty();
        assertThat(Room.aboveQuota(
                        "exceeded quota: q, requested: count/jobs.batch=1, used: count/jobs.batch=0, limited:"
                                + " count/jobs.batch=0"))
                .isEmpty();
        assertThat(Room.aboveQuota("exceeded quota: closed, requested: requests.cpu=1, used: requests.cpu=0, limited:"
                        + " requests.cpu=0"))
                .isEmpty();
        assertThat(Room.aboveQuota("0/1 nodes are available: 1 Insufficient memory."))
                .isEmpty();
    }

    private static V1PodSpec pod(String cpu, String memory) {
        return new V1PodSpec()
                .addContainersItem(new V1Container()
                        .resources(new V1ResourceRequirements()
                                .requests(Map.of("cpu", new Quantity(cpu), "memory", new Quantity(memory)))));
    }

    private static V1Node node(String cpu, String memory, Map<String, String> labels) {
        return new V1Node()
                .metadata(new V1ObjectMeta().labels(labels))
                .status(new V1NodeStatus()
                        .allocatable(Map.of("cpu", new Quantity(cpu), "memory", new Quantity(memory))));
    }
}
