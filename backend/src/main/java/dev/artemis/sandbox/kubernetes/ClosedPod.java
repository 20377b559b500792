package dev.artemis.sandbox.kubernetes;

import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1Capabilities;
import io.kubernetes.client.openapi.models.V1LocalObjectReference;
import io.kubernetes.client.openapi.models.V1PodDNSConfig;
import io.kubernetes.client.openapi.models.V1PodSecurityContext;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1SeccompProfile;
import io.kubernetes.client.openapi.models.V1SecurityContext;
import io.kubernetes.client.openapi.models.V1Toleration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What every pod of ours has shut, a run's and one that only tries: without containers and volumes. Meets Pod Security "restricted". Pure. */
final class ClosedPod {

    /** A log below 10 MiB, the runner's file, and what a kubelet writes beside them. */
    static final Quantity EPHEMERAL_STORAGE = new Quantity("64Mi");

    private static final long GRACE_SECONDS = 5;

    private ClosedPod() {}

    static V1PodSpec of(KubernetesSettings settings, Cluster cluster) {
        V1PodSpec pod = new V1PodSpec()
                .restartPolicy("Never")
                .serviceAccountName(RunPod.SERVICE_ACCOUNT)
                .automountServiceAccountToken(false)
                .enableServiceLinks(false)
                .hostNetwork(false)
                .hostPID(false)
                .hostIPC(false)
                .shareProcessNamespace(false)
                .hostname("sandbox")
                .dnsPolicy("None")
                // at least one is demanded; there is nobody
                .dnsConfig(new V1PodDNSConfig().nameservers(List.of("127.0.0.1")))
                .terminationGracePeriodSeconds(GRACE_SECONDS)
                .nodeSelector(nodeSelector(settings, cluster))
                .securityContext(new V1PodSecurityContext()
                        .runAsNonRoot(true)
                        .seccompProfile(new V1SeccompProfile().type("RuntimeDefault")));
        for (KubernetesSettings.Toleration one : settings.tolerated()) {
            pod.addTolerationsItem(new V1Toleration()
                    .key(one.key())
                    .operator(one.value().isPresent() ? "Equal" : "Exists")
                    .value(one.value().orElse(null))
                    .effect(one.effect()));
        }
        settings.runtimeClassName().ifPresent(pod::runtimeClassName);
        settings.pullSecret().ifPresent(name -> pod.addImagePullSecretsItem(new V1LocalObjectReference().name(name)));
        if (cluster.userNamespaces()) {
            pod.hostUsers(false);
        }
        return pod;
    }

    /** Of its container, as that user and group. */
    static V1SecurityContext security(long user) {
        return new V1SecurityContext()
                .privileged(false)
                .allowPrivilegeEscalation(false)
                .readOnlyRootFilesystem(true)
                .runAsNonRoot(true)
                .runAsUser(user)
                .runAsGroup(user)
                .capabilities(new V1Capabilities().drop(List.of("ALL")));
    }

    private static Map<String, String> nodeSelector(KubernetesSettings settings, Cluster cluster) {
        Map<String, String> labels = new HashMap<>(settings.nodeLabels());
        labels.put("kubernetes.io/os", "linux");
        labels.put("kubernetes.io/arch", cluster.architecture());
        return labels;
    }
}
