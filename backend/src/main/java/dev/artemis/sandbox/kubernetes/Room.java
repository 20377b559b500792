package dev.artemis.sandbox.kubernetes;

import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1Node;
import io.kubernetes.client.openapi.models.V1NodeSpec;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1ResourceRequirements;
import io.kubernetes.client.openapi.models.V1Scheduling;
import io.kubernetes.client.openapi.models.V1Taint;
import io.kubernetes.client.openapi.models.V1Toleration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Whether a pod that finds no room could ever find any. Pure; in words for people. */
final class Room {

    private static final List<String> RESOURCES = List.of("cpu", "memory", "ephemeral-storage");

    /**
     * What finds room nowhere.
     *
     * @param words for operators
     * @param asked what the pod asks for, as whoever submitted it may know
     */
    record TooLarge(String words, String asked) {}

    private Room() {}

    /** A pod that is larger than every node that it may be on. Empty where one could hold it, or no node is known. */
    static Optional<TooLarge> aboveEveryNode(V1PodSpec pod, List<V1Node> nodes) {
        Map<String, Quantity> wanted = requests(pod);
        List<Map<String, Quantity>> rooms = nodes.stream()
                .filter(node -> isSelected(pod, node))
                .map(Room::allocatable)
                .toList();
        return rooms.isEmpty() || rooms.stream().anyMatch(room -> holds(room, wanted))
                ? Optional.empty()
                : Optional.of(new TooLarge(
                        "no node has room for %s, even an empty one: ask for less, or add a larger node"
                                .formatted(words(wanted)),
                        words(wanted)));
    }

    /**
     * A pod that is larger than its namespace's whole quota.
     *
     * @param why the cluster's words, such as {@code exceeded quota: q, requested: limits.memory=2Gi, used: limits.memory=0,
     *     limited: limits.memory=1Gi}
     */
    static Optional<TooLarge> aboveQuota(String why) {
        return FullQuota.in(why)
                .flatMap(quota -> quota.shortages().stream()
                        // what is counted, such as pods, gets room again; and a quota of nothing is a door that is shut
                        // for now
                        .filter(one -> one.resource().contains(".")
                                && !one.resource().startsWith("count/")
                                && one.limited().getNumber().signum() > 0)
                        .findFirst()
                        .map(one -> new TooLarge(
                                "the quota %s has %s=%s in all, and the run asks for %s: ask for less, or raise the quota"
                                        .formatted(
                                                quota.name(),
                                                one.resource(),
                                                one.limited().toSuffixedString(),
                                                one.requested().toSuffixedString()),
                                one.resource().substring(one.resource().indexOf('.') + 1) + " "
                                        + one.requested().toSuffixedString())));
    }

    /** A pod as the cluster admits it: what its runtime class says of nodes is added. The pod that is given stays as it is. */
    static V1PodSpec scheduled(V1PodSpec pod, Optional<V1Scheduling> ofClass) {
        Map<String, String> selector = new TreeMap<>();
        List<V1Toleration> tolerations = new ArrayList<>();
        Optional.ofNullable(pod.getNodeSelector()).ifPresent(selector::putAll);
        Optional.ofNullable(pod.getTolerations()).ifPresent(tolerations::addAll);
        ofClass.map(V1Scheduling::getNodeSelector).ifPresent(selector::putAll);
        ofClass.map(V1Scheduling::getTolerations).ifPresent(tolerations::addAll);
        return new V1PodSpec()
                .containers(pod.getContainers())
                .nodeSelector(selector)
                .tolerations(tolerations);
    }

    private static Map<String, Quantity> requests(V1PodSpec pod) {
        V1ResourceRequirements resources = pod.getContainers().getFirst().getResources();
        return resources == null || resources.getRequests() == null ? Map.of() : resources.getRequests();
    }

    private static boolean isSelected(V1PodSpec pod, V1Node node) {
        Map<String, String> wanted = pod.getNodeSelector();
        Map<String, String> labels = node.getMetadata().getLabels();
        return wanted == null || (labels != null && labels.entrySet().containsAll(wanted.entrySet()));
    }

    static Map<String, Quantity> allocatable(V1Node node) {
        return node.getStatus() == null || node.getStatus().getAllocatable() == null
                ? Map.of()
                : node.getStatus().getAllocatable();
    }

    /** Whether a node takes new pods, and that one among them. */
    static boolean takes(V1Node node, V1PodSpec pod) {
        V1NodeSpec spec = node.getSpec();
        if (!isSelected(pod, node) || spec == null) {
            return isSelected(pod, node);
        }
        List<V1Taint> taints = spec.getTaints() == null ? List.of() : spec.getTaints();
        return !Boolean.TRUE.equals(spec.getUnschedulable())
                && taints.stream()
                        .filter(taint -> !"PreferNoSchedule".equals(taint.getEffect()))
                        .allMatch(taint -> isTolerated(taint, pod));
    }

    private static boolean isTolerated(V1Taint taint, V1PodSpec pod) {
        return pod.getTolerations() != null
                && pod.getTolerations().stream()
                        .anyMatch(one -> isNoneOr(taint.getEffect(), one.getEffect())
                                && isNoneOr(taint.getKey(), one.getKey())
                                && ("Exists".equals(one.getOperator())
                                        || Objects.equals(taint.getValue(), one.getValue())));
    }

    private static boolean isNoneOr(@Nullable String there, @Nullable String wanted) {
        return wanted == null || wanted.isEmpty() || wanted.equals(there);
    }

    /** What a node does not name is not judged. */
    private static boolean holds(Map<String, Quantity> room, Map<String, Quantity> wanted) {
        return RESOURCES.stream().allMatch(resource -> {
            Quantity there = room.get(resource);
            Quantity asked = wanted.get(resource);
            return there == null || asked == null || there.getNumber().compareTo(asked.getNumber()) >= 0;
        });
    }

    private static String words(Map<String, Quantity> wanted) {
        return String.join(
                ", ",
                new TreeMap<>(wanted)
                        .entrySet().stream()
                                .map(one -> one.getKey() + " " + one.getValue().toSuffixedString())
                                .toList());
    }
}
