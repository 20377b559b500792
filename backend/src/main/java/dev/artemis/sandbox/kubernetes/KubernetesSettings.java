package dev.artemis.sandbox.kubernetes;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where and how runs become Jobs.
 *
 * @param kubeconfig file that names the cluster; empty: the pod's own service account
 * @param namespace of the runs, and of nothing else
 * @param manageNamespace whether we make and keep it, its quota and policies; otherwise an operator did
 * @param owner tells our Jobs from those of another Artemis in the same namespace
 * @param image with the languages' interpreters; by digest where it matters
 * @param imagePullSecret name of one in the namespace
 * @param runtimeClass such as gVisor's or Kata's
 * @param nodeSelector labels that a node must have
 * @param tolerations of node taints
 * @param queueName Kueue's local queue; Jobs are then created suspended
 * @param startTimeout from the Job's creation to the program's start
 * @param keepFinished how long a cluster keeps a Job that nobody forgot
 * @param networkPolicyEnforced whether the operator vouches that the network plugin enforces policies
 * @param userNamespaces whether pods get their own (hostUsers: false); nodes must support it
 * @param quota of the namespace
 */
@ConfigurationProperties("artemis.sandbox.kubernetes")
record KubernetesSettings(
        @DefaultValue("") String kubeconfig,
        @DefaultValue("artemis-runs") String namespace,
        @DefaultValue("true") boolean manageNamespace,
        @DefaultValue("artemis") String owner,
        @DefaultValue("artemis-sandbox:0.1.0") String image,
        @DefaultValue("") String imagePullSecret,
        @DefaultValue("") String runtimeClass,
        @DefaultValue Map<String, String> nodeSelector,
        @DefaultValue List<Toleration> tolerations,
        @DefaultValue("") String queueName,
        @DefaultValue("5m") Duration startTimeout,
        @DefaultValue("1d") Duration keepFinished,
        @DefaultValue("false") boolean networkPolicyEnforced,
        @DefaultValue("false") boolean userNamespaces,
        @DefaultValue Quota quota) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    KubernetesSettings {
        require("namespace", namespace);
        require("owner", owner);
        if (image.isBlank()) {
            throw new IllegalArgumentException("artemis.sandbox.kubernetes.image must name an image");
        }
        if (startTimeout.compareTo(Duration.ofSeconds(1)) < 0 || startTimeout.compareTo(Duration.ofHours(6)) > 0) {
            throw new IllegalArgumentException("artemis.sandbox.kubernetes.start-timeout must be within 1s and 6h");
        }
        if (keepFinished.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalArgumentException("artemis.sandbox.kubernetes.keep-finished must be 1m or more");
        }
        nodeSelector = Map.copyOf(nodeSelector);
        tolerations = List.copyOf(tolerations);
    }

    private static void require(String key, String value) {
        if (!NAME.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "artemis.sandbox.kubernetes.%s must be letters a-z, digits and dashes, at most 63: %s"
                            .formatted(key, value));
        }
    }

    Optional<String> runtimeClassName() {
        return given(runtimeClass);
    }

    Optional<String> pullSecret() {
        return given(imagePullSecret);
    }

    Optional<String> queue() {
        return given(queueName);
    }

    private static Optional<String> given(String value) {
        return value.isBlank() ? Optional.empty() : Optional.of(value);
    }

    /** A node's taint that runs may stand. An empty key with operator Exists stands all. */
    record Toleration(
            @Nullable String key,
            @DefaultValue("Exists") String operator,
            @Nullable String value,
            @Nullable String effect) {}

    /**
     * What all runs together may take of the cluster.
     *
     * @param jobs at one time, finished ones that nobody forgot included
     * @param cpu cores, as Kubernetes writes them
     * @param memory bytes, as Kubernetes writes them
     */
    record Quota(
            @DefaultValue("500") int jobs,
            @DefaultValue("256") String cpu,
            @DefaultValue("1Ti") String memory) {}
}
