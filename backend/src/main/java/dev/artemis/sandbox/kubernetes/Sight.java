package dev.artemis.sandbox.kubernetes;

import io.kubernetes.client.openapi.models.V1ContainerState;
import io.kubernetes.client.openapi.models.V1ContainerStateTerminated;
import io.kubernetes.client.openapi.models.V1ContainerStateWaiting;
import io.kubernetes.client.openapi.models.V1ContainerStatus;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1JobCondition;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodCondition;
import io.kubernetes.client.openapi.models.V1PodStatus;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the cluster shows of one run. A pure translation of Job and pods, tested as a table over recorded shapes. */
sealed interface Sight {

    /** The container does not run yet. @param why in the cluster's words, empty when it says nothing */
    record Pending(String why) implements Sight {}

    /** Its queue has not admitted the Job yet: there is no pod, and no hurry. */
    record Suspended() implements Sight {}

    /** The container will never run, whatever we wait for. */
    record Hopeless(String why) implements Sight {}

    /**
     * The container runs.
     *
     * @param deletedAt since when the cluster has wanted the pod to go; long past, its node is lost
     */
    record Running(PodName pod, Optional<Instant> deletedAt) implements Sight {}

    /**
     * The container, or its pod before the container ran, has ended.
     *
     * @param exit of the container, if it ran
     * @param reason of the container, else of the pod, such as OOMKilled, Evicted, Completed; empty when the cluster gives none
     * @param message of the pod, for people
     */
    record Ended(PodName pod, Optional<Exit> exit, String reason, String message) implements Sight {}

    /** There is no pod of ours, and none will come. @param why in words */
    record Gone(String why) implements Sight {}

    /** One pod, and not another of the same name. */
    record PodName(String name, String uid) {}

    /** How a container ended. @param record what it left in its termination file, as far as Kubernetes kept it */
    record Exit(int code, String record, Optional<Instant> startedAt, Optional<Instant> finishedAt) {}

    Set<String> HOPELESS = Set.of(
            "InvalidImageName", "ErrImageNeverPull", "CreateContainerError", "RunContainerError", "ImageInspectError");

    /**
     * What a picture says.
     *
     * @param first id of the pod that was seen first, if any was: another one has nothing to run and says nothing
     */
    static Sight of(Picture picture, Optional<String> first) {
        Optional<V1Pod> pod = pod(picture.pods(), first);
        if (pod.isPresent()) {
            return ofPod(pod.get(), picture.job());
        }
        if (first.isPresent()) {
            return new Gone("the pod was removed");
        }
        return picture.job().map(Sight::ofJob).orElseGet(() -> new Gone("the Job was removed"));
    }

    /** The pod that counts: the one seen first, else the oldest. */
    static Optional<V1Pod> pod(List<V1Pod> pods, Optional<String> first) {
        return first.isPresent()
                ? pods.stream()
                        .filter(pod -> first.get().equals(pod.getMetadata().getUid()))
                        .findFirst()
                : pods.stream().min(Comparator.comparing(Sight::createdAt));
    }

    private static Instant createdAt(V1Pod pod) {
        OffsetDateTime at = pod.getMetadata().getCreationTimestamp();
        return at == null ? Instant.MAX : at.toInstant();
    }

    private static Sight ofJob(V1Job job) {
        Optional<V1JobCondition> failed =
                job.getStatus() == null || job.getStatus().getConditions() == null
                        ? Optional.empty()
                        : job.getStatus().getConditions().stream()
                                .filter(condition -> "True".equals(condition.getStatus()))
                                .filter(condition -> !"Suspended".equals(condition.getType()))
                                .findFirst();
        if (failed.isPresent()) {
            return new Gone("the Job ended without a pod: "
                    + words(failed.get().getReason(), failed.get().getMessage()));
        }
        if (stopped(job)) {
            return new Gone("the Job was stopped before it had a pod");
        }
        if (Boolean.TRUE.equals(job.getSpec().getSuspend())) {
            return new Suspended();
        }
        return new Pending("");
    }

    /** Whether we told the Job to end its pod. */
    static boolean stopped(V1Job job) {
        Integer parallelism = job.getSpec().getParallelism();
        return parallelism != null && parallelism == 0;
    }

    private static Sight ofPod(V1Pod pod, Optional<V1Job> job) {
        PodName name = new PodName(
                text(pod.getMetadata().getName()), text(pod.getMetadata().getUid()));
        V1PodStatus status = pod.getStatus() == null ? new V1PodStatus() : pod.getStatus();
        V1ContainerState state = state(status);
        if (state.getTerminated() != null) {
            return ended(name, status, state.getTerminated());
        }
        // an evicted or lost pod may have no status of its container: Failed can even come with exit code 0
        if ("Failed".equals(status.getPhase()) || "Succeeded".equals(status.getPhase())) {
            return new Ended(name, Optional.empty(), text(status.getReason()), text(status.getMessage()));
        }
        if (state.getRunning() != null) {
            return new Running(name, at(pod.getMetadata().getDeletionTimestamp()));
        }
        return waiting(pod, status, state.getWaiting(), job);
    }

    private static V1ContainerState state(V1PodStatus status) {
        List<V1ContainerStatus> all = status.getContainerStatuses();
        return all == null
                ? new V1ContainerState()
                : all.stream()
                        .filter(one -> RunPod.CONTAINER.equals(one.getName()))
                        .map(V1ContainerStatus::getState)
                        .filter(java.util.Objects::nonNull)
                        .findFirst()
                        .orElseGet(V1ContainerState::new);
    }

    private static Sight ended(PodName name, V1PodStatus status, V1ContainerStateTerminated end) {
        boolean podSaysMore = status.getReason() != null && !status.getReason().isBlank();
        return new Ended(
                name,
                Optional.of(new Exit(
                        end.getExitCode(), text(end.getMessage()), at(end.getStartedAt()), at(end.getFinishedAt()))),
                podSaysMore && !"OOMKilled".equals(end.getReason()) ? text(status.getReason()) : text(end.getReason()),
                text(status.getMessage()));
    }

    private static Sight waiting(
            V1Pod pod, V1PodStatus status, @Nullable V1ContainerStateWaiting waiting, Optional<V1Job> job) {
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            return new Pending("the pod is being removed");
        }
        if (waiting != null && HOPELESS.contains(text(waiting.getReason()))) {
            return new Hopeless(words(waiting.getReason(), waiting.getMessage()));
        }
        if (waiting != null && !"ContainerCreating".equals(waiting.getReason())) {
            return new Pending(words(waiting.getReason(), waiting.getMessage()));
        }
        return new Pending(unscheduled(status)
                .orElseGet(() ->
                        job.isEmpty() ? "the Job was removed" : words(text(status.getReason()), status.getMessage())));
    }

    private static Optional<String> unscheduled(V1PodStatus status) {
        List<V1PodCondition> conditions = status.getConditions();
        return conditions == null
                ? Optional.empty()
                : conditions.stream()
                        .filter(condition -> "PodScheduled".equals(condition.getType()))
                        .filter(condition -> "False".equals(condition.getStatus()))
                        .map(condition -> words(condition.getReason(), condition.getMessage()))
                        .findFirst();
    }

    private static String words(@Nullable String reason, @Nullable String message) {
        String first = text(reason);
        String second = text(message);
        return first.isEmpty() || second.isEmpty() ? first + second : first + ": " + second;
    }

    private static Optional<Instant> at(@Nullable OffsetDateTime time) {
        return Optional.ofNullable(time).map(OffsetDateTime::toInstant);
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
