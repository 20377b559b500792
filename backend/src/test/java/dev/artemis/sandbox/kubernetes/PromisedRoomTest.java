package dev.artemis.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.configuration.Finding;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1Node;
import io.kubernetes.client.openapi.models.V1NodeSpec;
import io.kubernetes.client.openapi.models.V1NodeStatus;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1Scheduling;
import io.kubernetes.client.openapi.models.V1Taint;
import io.kubernetes.client.openapi.models.V1Toleration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.env.MockEnvironment;

class PromisedRoomTest {

    private static final long GIB = 1L << 30;
    private static final V1PodSpec POD = new V1PodSpec();

    @ParameterizedTest
    @CsvSource({"0, 0", "4000, 0", "0, 8"})
    void warnsWhereNothingIsBoundAndSaysToWhat(long cpu, long gib) {
        PromisedRoom promised = new PromisedRoom(cpu, gib * GIB);

        Finding known = promised.finding(POD, List.of(node("3500m", "7Gi"), node("500m", "1Gi")));
        Finding unknown = promised.finding(POD, List.of());

        assertThat(known.verdict()).isEqualTo(Finding.Verdict.WARN);
        assertThat(known.detail()).contains("is not bounded", "in the cluster's order instead of ours");
        assertThat(known.remedy())
                .startsWith("Set artemis.runs.cpu-millicores to 4000 and artemis.runs.memory to 8192MB at most");
        assertThat(unknown.verdict()).isEqualTo(Finding.Verdict.WARN);
        assertThat(unknown.remedy()).contains("to what the nodes of runs have");
    }

    @ParameterizedTest
    @CsvSource({"4001, 8", "4000, 9"})
    void warnsWhereMoreIsPromisedThanNodesHave(long cpu, long gib) {
        Finding finding =
                new PromisedRoom(cpu, gib * GIB).finding(POD, List.of(node("3500m", "7Gi"), node("500m", "1Gi")));

        assertThat(finding.verdict()).isEqualTo(Finding.Verdict.WARN);
        assertThat(finding.detail())
                .startsWith(
                        "runs may hold %d millicores and %d MiB at once, and the nodes that take them have 4000 and 8192"
                                .formatted(cpu, gib * 1024));
        assertThat(finding.remedy()).contains("Lower artemis.runs.cpu-millicores");
    }

    @Test
    void passesWhereNodesHaveItOrNobodyMayLook() {
        PromisedRoom promised = new PromisedRoom(4_000, 8 * GIB);

        assertThat(promised.finding(POD, List.of(node("4", "8Gi"))).verdict()).isEqualTo(Finding.Verdict.PASS);
        assertThat(promised.finding(POD, List.of()).verdict()).isEqualTo(Finding.Verdict.PASS);
        assertThat(promised.finding(POD, List.of()).detail()).contains("is not known");
    }

    @Test
    void nodesThatTakeNoRunsDoNotCount() {
        PromisedRoom promised = new PromisedRoom(4_000, 8 * GIB);
        V1Node cordoned = node("4", "8Gi");
        cordoned.getSpec().unschedulable(true);
        V1Node other = node("4", "8Gi");
        other.getMetadata().labels(Map.of("pool", "other"));
        V1Node tainted = node("4", "8Gi");
        tainted.getSpec()
                .addTaintsItem(new V1Taint().key("only").value("system").effect("NoSchedule"));
        V1Node small = node("1", "1Gi");
        small.getMetadata().labels(Map.of("pool", "runs"));
        V1PodSpec selecting = new V1PodSpec().nodeSelector(Map.of("pool", "runs"));

        assertThat(promised.finding(selecting, List.of(small, other)).detail()).contains("have 1000 and 1024");
        assertThat(promised.finding(POD, List.of(small, cordoned, tainted)).detail())
                .contains("have 1000 and 1024");
        for (V1Toleration toleration : List.of(
                new V1Toleration().key("only").operator("Equal").value("system").effect("NoSchedule"),
                new V1Toleration().key("only").operator("Exists"),
                new V1Toleration().operator("Exists"))) {
            assertThat(promised.finding(new V1PodSpec().addTolerationsItem(toleration), List.of(tainted))
                            .verdict())
                    .isEqualTo(Finding.Verdict.PASS);
        }
        for (V1Toleration toleration : List.of(
                new V1Toleration().key("only").operator("Equal").value("gpu"),
                new V1Toleration().key("only").operator("Exists").effect("NoExecute"),
                new V1Toleration().key("others").operator("Exists"))) {
            assertThat(promised.finding(new V1PodSpec().addTolerationsItem(toleration), List.of(small, tainted))
                            .detail())
                    .contains("have 1000 and 1024");
        }
    }

    @ParameterizedTest
    @CsvSource({"4000, 8", "0, 0"})
    void warnsWhereNodesAreKnownAndNoneTakesRuns(long cpu, long gib) {
        V1PodSpec selecting = new V1PodSpec().nodeSelector(Map.of("pool", "runs"));

        Finding finding =
                new PromisedRoom(cpu, gib * GIB).finding(selecting, List.of(node("4", "8Gi"), node("4", "8Gi")));

        assertThat(finding.verdict()).isEqualTo(Finding.Verdict.WARN);
        assertThat(finding.detail()).startsWith("none of the 2 nodes takes runs");
        assertThat(finding.remedy()).contains("node-selector");
    }

    /** As the cluster admits pods of a class. */
    @Test
    void aRuntimeClassSaysWhichNodesCount() {
        V1Node sealed = node("4", "8Gi");
        sealed.getMetadata().labels(Map.of("runtime", "gvisor"));
        sealed.getSpec().addTaintsItem(new V1Taint().key("gvisor").effect("NoSchedule"));
        V1Scheduling ofClass = new V1Scheduling()
                .putNodeSelectorItem("runtime", "gvisor")
                .addTolerationsItem(new V1Toleration().key("gvisor").operator("Exists"));
        PromisedRoom promised = new PromisedRoom(8_000, 16 * GIB);

        V1PodSpec admitted = Room.scheduled(POD, Optional.of(ofClass));

        assertThat(promised.finding(admitted, List.of(sealed, node("4", "8Gi"))).detail())
                .contains("have 4000 and 8192");
        assertThat(promised.finding(Room.scheduled(POD, Optional.empty()), List.of(sealed, node("2", "4Gi")))
                        .detail())
                .contains("have 2000 and 4096");
    }

    @Test
    void isReadFromTheQueuesSettings() {
        assertThat(PromisedRoom.of(new MockEnvironment()
                        .withProperty("artemis.runs.cpu-millicores", "4000")
                        .withProperty("artemis.runs.memory", "8GB")))
                .isEqualTo(new PromisedRoom(4_000, 8 * GIB));
        assertThat(PromisedRoom.of(new MockEnvironment())).isEqualTo(new PromisedRoom(0, 0));
        assertThat(PromisedRoom.of(new MockEnvironment().withProperty("artemis.runs.memory", "much")))
                .isEqualTo(new PromisedRoom(0, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "3201, 0, 4, 8Gi", // millicores of four
        "0, 7, 4, 8Gi",
        "4000, 8, 4, 8Gi"
    })
    void warnsWhereAQuotaHasNoRoomForWhatHasJustEnded(long cpu, long gib, String quotaCpu, String quotaMemory) {
        Finding finding = new PromisedRoom(cpu, gib * GIB)
                .beside(new KubernetesSettings.Quota(10, quotaCpu, quotaMemory))
                .orElseThrow();

        assertThat(finding.verdict()).isEqualTo(Finding.Verdict.WARN);
        assertThat(finding.detail())
                .startsWith(
                        "runs may hold %d millicores and %d MiB at once in a namespace, and its quota has 4000 and 8192"
                                .formatted(cpu, gib * 1024));
    }

    @ParameterizedTest
    @CsvSource({"3200, 6, 4, 8Gi", "0, 0, 4, 8Gi", "250, 1, 500m, 2G"})
    void saysNothingWhereAQuotaHasRoomOrNothingIsBound(long cpu, long gib, String quotaCpu, String quotaMemory) {
        assertThat(new PromisedRoom(cpu, gib * GIB).beside(new KubernetesSettings.Quota(10, quotaCpu, quotaMemory)))
                .isEmpty();
    }

    @Test
    void aTeamsNamespaceHoldsWhatTheTeamMayHoldOfWhatAllMay() {
        MockEnvironment all = new MockEnvironment()
                .withProperty("artemis.runs.cpu-millicores", "4000")
                .withProperty("artemis.runs.memory", "8GB");

        assertThat(PromisedRoom.inOneNamespace(all, true)).isEqualTo(new PromisedRoom(4_000, 8 * GIB));
        all.setProperty("artemis.runs.max-cpu-millicores-per-tenant", "3000");
        all.setProperty("artemis.runs.max-memory-per-tenant", "9GB");
        assertThat(PromisedRoom.inOneNamespace(all, true)).isEqualTo(new PromisedRoom(3_000, 8 * GIB));
        assertThat(PromisedRoom.inOneNamespace(all, false)).isEqualTo(new PromisedRoom(4_000, 8 * GIB));
        all.setProperty("artemis.runs.cpu-millicores", "0");
        assertThat(PromisedRoom.inOneNamespace(all, true)).isEqualTo(new PromisedRoom(3_000, 8 * GIB));
    }

    private static V1Node node(String cpu, String memory) {
        return new V1Node()
                .metadata(new V1ObjectMeta())
                .spec(new V1NodeSpec())
                .status(new V1NodeStatus()
                        .allocatable(Map.of("cpu", new Quantity(cpu), "memory", new Quantity(memory))));
    }
}
