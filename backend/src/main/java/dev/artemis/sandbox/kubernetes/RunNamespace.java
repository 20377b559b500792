package dev.artemis.sandbox.kubernetes;

import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.custom.V1Patch;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.apis.NetworkingV1Api;
import io.kubernetes.client.openapi.apis.RbacAuthorizationV1Api;
import io.kubernetes.client.openapi.models.V1LimitRange;
import io.kubernetes.client.openapi.models.V1LimitRangeItem;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1ResourceQuota;
import io.kubernetes.client.openapi.models.V1RoleBinding;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.util.PatchUtils;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a namespace of runs and what holds its pods before the first pod, and mends it. Where {@code manage-namespace} is off, or we are not allowed, an operator's
 * objects are looked for instead, and a missing one is a fault that names it.
 */
final class RunNamespace {

    private static final Logger LOG = LoggerFactory.getLogger(RunNamespace.class);
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);
    private static final int RIGHTS_TRIES = 100;
    private static final Duration RIGHTS_PAUSE = Duration.ofMillis(50);

    private final ApiClient client;
    private final CoreV1Api core;
    private final NetworkingV1Api networking;
    private final RbacAuthorizationV1Api rights;
    private final KubernetesSettings settings;
    private final String namespace;
    private final NamespaceObjects objects;
    private final LocalQueues queues;
    private final RunnerConfigMap runner;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile boolean kept;
    private volatile long keptAt;

    RunNamespace(ApiClient client, KubernetesSettings settings, String namespace, RunnerConfigMap runner) {
        this.client = client;
        this.core = new CoreV1Api(client);
        this.networking = new NetworkingV1Api(client);
        this.rights = new RbacAuthorizationV1Api(client);
        this.settings = settings;
        this.namespace = namespace;
        this.objects = new NamespaceObjects(settings, namespace);
        this.queues = new LocalQueues(client, settings);
        this.runner = runner;
    }

    /**
     * Returns once everything is there. Throws a {@link ClusterFault} that says what is not. What was there is looked at again now and
     * then, beside the run that is being started.
     */
    void ensure() {
        if (kept) {
            if (System.nanoTime() - keptAt > LOOK_AGAIN.toNanos() && looking.compareAndSet(false, true)) {
                Thread.ofVirtual().name("keep-" + namespace).start(this::keep);
            }
            return;
        }
        lock.lock();
        try {
            if (!kept) {
                make();
                keptAt = System.nanoTime();
                kept = true;
                LOG.info("namespace ready name={} runner={}", namespace, runner.name());
            }
        } finally {
            lock.unlock();
        }
    }

    private void keep() {
        try {
            make();
            keptAt = System.nanoTime();
        } catch (ClusterFault | IllegalStateException fault) {
            LOG.warn("namespace not kept name={} why={}", namespace, fault.getMessage());
            doubt();
        } finally {
            looking.set(false);
        }
    }

    /** Looks again at the next run: something was missing. */
    void doubt() {
        kept = false;
    }

    private void make() {
        there(
                "Namespace " + namespace,
                () -> core.readNamespace(namespace).execute(),
                () -> core.createNamespace(objects.namespace()).execute());
        label();
        objects.rights().ifPresent(this::allow);
        V1ServiceAccount account = there(
                "ServiceAccount " + RunPod.SERVICE_ACCOUNT,
                () -> core.readNamespacedServiceAccount(RunPod.SERVICE_ACCOUNT, namespace)
                        .execute(),
                () -> core.createNamespacedServiceAccount(namespace, objects.serviceAccount())
                        .execute());
        keepWithoutToken(account);
        V1NetworkPolicy policy = there(
                "NetworkPolicy " + NamespaceObjects.NETWORK_POLICY,
                () -> networking
                        .readNamespacedNetworkPolicy(NamespaceObjects.NETWORK_POLICY, namespace)
                        .execute(),
                () -> networking
                        .createNamespacedNetworkPolicy(namespace, objects.networkPolicy())
                        .execute());
        close(policy);
        V1LimitRange limits = there(
                "LimitRange " + NamespaceObjects.LIMIT_RANGE,
                () -> core.readNamespacedLimitRange(NamespaceObjects.LIMIT_RANGE, namespace)
                        .execute(),
                () -> core.createNamespacedLimitRange(namespace, objects.limitRange())
                        .execute());
        keepLimits(limits);
        V1ResourceQuota quota = there(
                "ResourceQuota " + NamespaceObjects.QUOTA,
                () -> core.readNamespacedResourceQuota(NamespaceObjects.QUOTA, namespace)
                        .execute(),
                () -> core.createNamespacedResourceQuota(namespace, objects.quota())
                        .execute());
        keepQuota(quota);
        queues.ensure(namespace);
        there(
                "ConfigMap " + runner.name(),
                () -> core.readNamespacedConfigMap(runner.name(), namespace).execute(),
                () -> core.createNamespacedConfigMap(namespace, runner.object(namespace))
                        .execute());
    }

    /** From then on we may do here what the rest needs; a cluster takes a moment to know it. */
    private void allow(V1RoleBinding binding) {
        there(
                "RoleBinding " + KubernetesSettings.ROLE,
                () -> rights.readNamespacedRoleBinding(KubernetesSettings.ROLE, namespace)
                        .execute(),
                () -> rights.createNamespacedRoleBinding(namespace, binding).execute());
        for (int left = RIGHTS_TRIES; left > 0 && !rightsAreThere(); left--) {
            LockSupport.parkNanos(RIGHTS_PAUSE.toNanos());
        }
    }

    private boolean rightsAreThere() {
        try {
            ClusterCalls.called(
                    "read ServiceAccount",
                    () -> core.readNamespacedServiceAccount(RunPod.SERVICE_ACCOUNT, namespace)
                            .execute());
            return true;
        } catch (ClusterFault fault) {
            return fault.kind() != ClusterFault.Kind.FORBIDDEN;
        }
    }

    /** Reads; makes what is not there. The runner's ConfigMap is always ours to make, since it changes with our version. */
    private <T> T there(String what, ClusterCalls.Request<T> read, ClusterCalls.Request<T> create) {
        return ClusterCalls.found(() -> ClusterCalls.called("read " + what, read))
                .orElseGet(() -> {
                    if (!settings.manageNamespace() && !what.startsWith("ConfigMap")) {
                        throw new IllegalStateException(
                                "%s is missing in namespace %s, and artemis.sandbox.kubernetes.manage-namespace is off: apply k8s/sandbox"
                                        .formatted(what, namespace));
                    }
                    try {
                        T made = ClusterCalls.called("create " + what, create);
                        LOG.info("made object={} namespace={}", what, namespace);
                        return made;
                    } catch (ClusterFault fault) {
                        if (fault.kind() != ClusterFault.Kind.CONFLICT) {
                            throw fault;
                        }
                        // another instance was faster
                        return ClusterCalls.called("read " + what, read);
                    }
                });
    }

    private void label() {
        if (!settings.manageNamespace()) {
            return;
        }
        V1Namespace wanted = objects.namespace();
        V1Namespace found = ClusterCalls.called(
                "read Namespace " + namespace,
                () -> core.readNamespace(namespace).execute());
        Map<String, String> labels = found.getMetadata().getLabels();
        if (labels == null
                || !labels.entrySet()
                        .containsAll(wanted.getMetadata().getLabels().entrySet())) {
            merge(
                    V1Namespace.class,
                    "Namespace " + namespace,
                    "{\"metadata\":{\"labels\":%s}}"
                            .formatted(client.getJSON()
                                    .serialize(wanted.getMetadata().getLabels())),
                    patch -> core.patchNamespace(namespace, patch).buildCall(null));
        }
    }

    /** What a cluster adds to it (its token's Secret before 1.24) or an operator does (what images are pulled with) is left. */
    private void keepWithoutToken(V1ServiceAccount found) {
        if (settings.manageNamespace() && !Boolean.FALSE.equals(found.getAutomountServiceAccountToken())) {
            merge(
                    V1ServiceAccount.class,
                    "ServiceAccount " + RunPod.SERVICE_ACCOUNT,
                    "{\"automountServiceAccountToken\": false}",
                    patch -> core.patchNamespacedServiceAccount(RunPod.SERVICE_ACCOUNT, namespace, patch)
                            .buildCall(null));
        }
    }

    /** Somebody may have opened it. */
    private void close(V1NetworkPolicy found) {
        if (settings.manageNamespace() && !NamespaceObjects.isClosed(found)) {
            merge(
                    V1NetworkPolicy.class,
                    "NetworkPolicy " + NamespaceObjects.NETWORK_POLICY,
                    """
                    {"spec": {"podSelector": {"matchLabels": null, "matchExpressions": null}, "ingress": null, "egress": null,
                      "policyTypes": ["Ingress", "Egress"]}}""",
                    patch -> networking
                            .patchNamespacedNetworkPolicy(NamespaceObjects.NETWORK_POLICY, namespace, patch)
                            .buildCall(null));
        }
    }

    /** What an operator added, such as what a pod may ask for at most, is theirs. */
    private void keepLimits(V1LimitRange found) {
        List<V1LimitRangeItem> mended = objects.keptSmall(found);
        if (settings.manageNamespace()
                && !mended.equals(
                        found.getSpec() == null ? null : found.getSpec().getLimits())) {
            merge(
                    V1LimitRange.class,
                    "LimitRange " + NamespaceObjects.LIMIT_RANGE,
                    "{\"spec\":{\"limits\":%s}}".formatted(client.getJSON().serialize(mended)),
                    patch -> core.patchNamespacedLimitRange(NamespaceObjects.LIMIT_RANGE, namespace, patch)
                            .buildCall(null));
        }
    }

    /** What an operator bounds beside it, such as disk, is theirs. */
    private void keepQuota(V1ResourceQuota found) {
        V1ResourceQuota wanted = objects.quota();
        Map<String, Quantity> hard = found.getSpec() == null || found.getSpec().getHard() == null
                ? Map.of()
                : found.getSpec().getHard();
        if (settings.manageNamespace()
                && !hard.entrySet().containsAll(wanted.getSpec().getHard().entrySet())) {
            merge(
                    V1ResourceQuota.class,
                    "ResourceQuota " + NamespaceObjects.QUOTA,
                    "{\"spec\":{\"hard\":%s}}"
                            .formatted(
                                    client.getJSON().serialize(wanted.getSpec().getHard())),
                    patch -> core.patchNamespacedResourceQuota(NamespaceObjects.QUOTA, namespace, patch)
                            .buildCall(null));
        }
    }

    /** Builds a patch call. */
    @FunctionalInterface
    private interface PatchCall {
        okhttp3.Call of(V1Patch patch) throws io.kubernetes.client.openapi.ApiException;
    }

    private <T> void merge(Class<T> type, String what, String patch, PatchCall call) {
        ClusterCalls.called(
                "patch " + what,
                () -> PatchUtils.patch(
                        type, () -> call.of(new V1Patch(patch)), V1Patch.PATCH_FORMAT_JSON_MERGE_PATCH, client));
        LOG.info("mended object={} namespace={}", what, namespace);
    }
}
