package dev.artemis.sandbox.kubernetes;

import dev.artemis.sandbox.Images;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.custom.QuantityFormatException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where and how runs become Jobs.
 *
 * @param kubeconfig file that names the cluster; empty: the pod's own service account
 * @param namespace of the runs, and of nothing else; of each team's, followed by its id, where each has its own
 * @param namespacePerTenant whether each team's runs have a namespace of their own, made at its first run
 * @param manageNamespace whether we make and keep namespaces, their quota and policies; otherwise an operator did
 * @param serviceAccount ours, as {@code namespace/name}: bound to the ClusterRole {@value #ROLE} in each team's namespace; empty: we may do all that
 *     already
 * @param owner tells our Jobs from those of another Artemis in the same namespace
 * @param image with the languages' interpreters; by digest where it matters; empty: each language's own
 * @param images by a language's id, for that one alone; empty: as the others
 * @param imagePullSecret name of one in the namespace
 * @param runtimeClass such as gVisor's or Kata's
 * @param nodeSelector labels that a node must have, as {@code name=value,…}
 * @param tolerations of node taints, as {@code name=value:effect,…}
 * @param queueName Kueue's local queue; Jobs are then created suspended
 * @param clusterQueue Kueue's, of which that local queue is made in each namespace that we make; empty: an operator makes it
 * @param queueTimeout how long that queue may let a Job wait; it does not count as the start's time
 * @param startTimeout from the Job's creation to the program's start
 * @param keepFinished how long a cluster keeps a Job that nobody forgot
 * @param requireNetworkPolicy whether nothing may run until a trial has shown that the network plugin enforces policies
 * @param userNamespaces whether pods get users of their own (hostUsers: false)
 * @param quota of each namespace
 */
@ConfigurationProperties("artemis.sandbox.kubernetes")
record KubernetesSettings(
        @DefaultValue("") String kubeconfig,
        @DefaultValue("artemis-runs") String namespace,
        @DefaultValue("true") boolean namespacePerTenant,
        @DefaultValue("true") boolean manageNamespace,
        @DefaultValue("") String serviceAccount,
        @DefaultValue("artemis") String owner,
        @DefaultValue("") String image,
        @DefaultValue Map<String, String> images,
        @DefaultValue("") String imagePullSecret,
        @DefaultValue("") String runtimeClass,
        @DefaultValue("") String nodeSelector,
        @DefaultValue("") String tolerations,
        @DefaultValue("") String queueName,
        @DefaultValue("") String clusterQueue,
        @DefaultValue("1d") Duration queueTimeout,
        @DefaultValue("5m") Duration startTimeout,
        @DefaultValue("1d") Duration keepFinished,
        @DefaultValue("false") boolean requireNetworkPolicy,
        @DefaultValue("auto") UserNamespaces userNamespaces,
        @DefaultValue Quota quota) {

    /** Whether pods get users of their own. */
    enum UserNamespaces {
        /** Where a trial has shown that they do. */
        AUTO,
        /** In any case: a pod that its node cannot start so is not started. */
        TRUE,
        FALSE
    }

    /** No team: whose namespace is for trials, where each team has its own. */
    static final UUID NOBODY = new UUID(0, 0);

    /** What a worker may do in a namespace of runs. */
    static final String ROLE = "artemis-runs";

    private static final int LONGEST_NAME = 63;
    private static final int LONGEST_PREFIX = LONGEST_NAME - 1 - 36;
    private static final Pattern TENANT = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern ACCOUNT = Pattern.compile("[a-z0-9][-a-z0-9]*/[a-z0-9][-.a-z0-9]*");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    KubernetesSettings {
        require("namespace", namespace);
        require("owner", owner);
        if (namespacePerTenant && (!manageNamespace || namespace.length() > LONGEST_PREFIX)) {
            throw new IllegalArgumentException(
                    "artemis.sandbox.kubernetes.namespace-per-tenant needs manage-namespace, and a namespace of at most "
                            + LONGEST_PREFIX + " characters");
        }
        if (!serviceAccount.isEmpty() && !ACCOUNT.matcher(serviceAccount).matches()) {
            throw new IllegalArgumentException(
                    "artemis.sandbox.kubernetes.service-account must be like artemis/artemis-worker: "
                            + serviceAccount);
        }
        images = new Images(image, images).each();
        if (startTimeout.compareTo(Duration.ofSeconds(1)) < 0 || startTimeout.compareTo(Duration.ofHours(6)) > 0) {
            throw new IllegalArgumentException("artemis.sandbox.kubernetes.start-timeout must be within 1s and 6h");
        }
        if (keepFinished.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalArgumentException("artemis.sandbox.kubernetes.keep-finished must be 1m or more");
        }
        if (namespacePerTenant && !queueName.isBlank() && clusterQueue.isBlank()) {
            throw new IllegalArgumentException(
                    "artemis.sandbox.kubernetes.queue-name with namespace-per-tenant needs cluster-queue, of which the LocalQueue in each"
                            + " team's namespace is made");
        }
        if (!clusterQueue.isBlank() && (queueName.isBlank() || !manageNamespace)) {
            throw new IllegalArgumentException(
                    "artemis.sandbox.kubernetes.cluster-queue needs queue-name, and manage-namespace");
        }
        nodeLabels(nodeSelector);
        tolerated(tolerations);
    }

    private static void require(String key, String value) {
        if (!NAME.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "artemis.sandbox.kubernetes.%s must be letters a-z, digits and dashes, at most 63: %s"
                            .formatted(key, value));
        }
    }

    /** Where a team's runs are executed. */
    String namespaceOf(UUID tenant) {
        return namespacePerTenant ? namespace + "-" + tenant : namespace;
    }

    /** Whose runs are executed in a namespace that {@link #isOfTenant} says is one of those. */
    UUID tenantOf(String name) {
        return UUID.fromString(name.substring(namespace.length() + 1));
    }

    /** Whether a namespace is one of those. */
    boolean isOfTenant(@Nullable String name) {
        return name != null
                && name.startsWith(namespace + "-")
                && TENANT.matcher(name.substring(namespace.length() + 1)).matches();
    }

    Images imageOfEach() {
        return new Images(image, images);
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

    /** Of which we make queues. */
    Optional<String> ownClusterQueue() {
        return given(clusterQueue);
    }

    private static Optional<String> given(String value) {
        return value.isBlank() ? Optional.empty() : Optional.of(value);
    }

    Map<String, String> nodeLabels() {
        return nodeLabels(nodeSelector);
    }

    List<Toleration> tolerated() {
        return tolerated(tolerations);
    }

    private static Map<String, String> nodeLabels(String text) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (String word : words(text)) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException(
                        "artemis.sandbox.kubernetes.node-selector must be like pool=runs,zone=a: " + word);
            }
            labels.put(word.substring(0, equals), word.substring(equals + 1));
        }
        return Collections.unmodifiableMap(labels);
    }

    private static List<Toleration> tolerated(String text) {
        return words(text).stream().map(Toleration::parse).toList();
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** A node's taint that runs may stand, whatever its value if none is named. */
    record Toleration(String key, Optional<String> value, String effect) {

        private static final Pattern TAINT =
                Pattern.compile("([^=:]+)(?:=([^:]*))?:(NoSchedule|PreferNoSchedule|NoExecute)");

        static Toleration parse(String text) {
            Matcher matcher = TAINT.matcher(text);
            if (!matcher.matches()) {
                throw new IllegalArgumentException(
                        "artemis.sandbox.kubernetes.tolerations must be like runs:NoSchedule,team=a:NoExecute: "
                                + text);
            }
            return new Toleration(matcher.group(1), Optional.ofNullable(matcher.group(2)), matcher.group(3));
        }
    }

    /**
     * What all runs together may take of the cluster.
     *
     * @param jobs at one time, finished ones that nobody forgot included
     * @param cpu cores, as Kubernetes writes them
     * @param memory bytes, as Kubernetes writes them
     */
    record Quota(
            @DefaultValue("1500") int jobs,
            @DefaultValue("320") String cpu,
            @DefaultValue("1280Gi") String memory) {

        Quota {
            requireQuantity("cpu", cpu);
            requireQuantity("memory", memory);
        }

        private static void requireQuantity(String name, String value) {
            try {
                Quantity.fromString(value);
            } catch (QuantityFormatException unreadable) {
                throw new IllegalArgumentException("artemis.sandbox.kubernetes.quota." + name
                        + " must be as Kubernetes writes it, 320 or 1280Gi: " + value);
            }
        }
    }
}
