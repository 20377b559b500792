package dev.artemis.sandbox.kubernetes;

import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.RbacV1Subject;
import io.kubernetes.client.openapi.models.V1LabelSelector;
import io.kubernetes.client.openapi.models.V1LimitRange;
import io.kubernetes.client.openapi.models.V1LimitRangeItem;
import io.kubernetes.client.openapi.models.V1LimitRangeSpec;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1NetworkPolicySpec;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1ResourceQuota;
import io.kubernetes.client.openapi.models.V1ResourceQuotaSpec;
import io.kubernetes.client.openapi.models.V1RoleBinding;
import io.kubernetes.client.openapi.models.V1RoleRef;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What surrounds every run: the namespace and what holds its pods. The same objects as k8s/sandbox. Pure. */
record NamespaceObjects(KubernetesSettings settings, String name) {

    static final String NETWORK_POLICY = "deny-all";
    static final String QUOTA = "artemis-runs";
    static final String LIMIT_RANGE = "artemis-runs";

    static final Map<String, String> LABELS = Map.of(RunLabels.MANAGED_BY, "artemis");
    private static final String RIGHTS = "rbac.authorization.k8s.io";

    /** Pod Security "restricted", enforced from Kubernetes 1.23 on; without effect before. */
    V1Namespace namespace() {
        Map<String, String> labels = new HashMap<>(LABELS);
        for (String what : List.of("enforce", "audit", "warn")) {
            labels.put("pod-security.kubernetes.io/" + what, "restricted");
        }
        if (settings.namespacePerTenant()) {
            labels.put(RunLabels.OWNER, settings.owner());
        }
        return new V1Namespace()
                .apiVersion("v1")
                .kind("Namespace")
                .metadata(new V1ObjectMeta().name(name).labels(labels));
    }

    V1ServiceAccount serviceAccount() {
        return new V1ServiceAccount()
                .apiVersion("v1")
                .kind("ServiceAccount")
                .metadata(named(RunPod.SERVICE_ACCOUNT))
                .automountServiceAccountToken(false);
    }

    /** What the worker may do here: empty where it needs no binding. */
    Optional<V1RoleBinding> rights() {
        if (settings.serviceAccount().isEmpty()) {
            return Optional.empty();
        }
        String[] account = settings.serviceAccount().split("/", 2);
        return Optional.of(new V1RoleBinding()
                .apiVersion(RIGHTS + "/v1")
                .kind("RoleBinding")
                .metadata(named(KubernetesSettings.ROLE))
                .roleRef(new V1RoleRef().apiGroup(RIGHTS).kind("ClusterRole").name(KubernetesSettings.ROLE))
                .addSubjectsItem(new RbacV1Subject()
                        .kind("ServiceAccount")
                        .namespace(account[0])
                        .name(account[1])));
    }

    /** No traffic in either direction, for every pod. */
    V1NetworkPolicy networkPolicy() {
        return new V1NetworkPolicy()
                .apiVersion("networking.k8s.io/v1")
                .kind("NetworkPolicy")
                .metadata(named(NETWORK_POLICY))
                .spec(new V1NetworkPolicySpec()
                        .podSelector(new V1LabelSelector())
                        .policyTypes(List.of("Ingress", "Egress")));
    }

    /** Whether it is still so. */
    static boolean isClosed(V1NetworkPolicy found) {
        V1NetworkPolicySpec spec = found.getSpec();
        return spec != null
                && new V1LabelSelector().equals(spec.getPodSelector())
                && isEmpty(spec.getIngress())
                && isEmpty(spec.getEgress())
                && spec.getPolicyTypes() != null
                && spec.getPolicyTypes().containsAll(List.of("Ingress", "Egress"));
    }

    private static boolean isEmpty(@Nullable Collection<?> rules) {
        return rules == null || rules.isEmpty();
    }

    /**
     * The last net. The number of Jobs is refused at the create, in words; pods get some room above it, since a pod that does not fit makes its
     * Job wait in silence.
     */
    V1ResourceQuota quota() {
        KubernetesSettings.Quota quota = settings.quota();
        return new V1ResourceQuota()
                .apiVersion("v1")
                .kind("ResourceQuota")
                .metadata(named(QUOTA))
                .spec(new V1ResourceQuotaSpec()
                        .hard(Map.of(
                                "count/jobs.batch",
                                number(quota.jobs()),
                                "pods",
                                number(quota.jobs() + 50),
                                "limits.cpu",
                                new Quantity(quota.cpu()),
                                "requests.cpu",
                                new Quantity(quota.cpu()),
                                "limits.memory",
                                new Quantity(quota.memory()),
                                "requests.memory",
                                new Quantity(quota.memory()),
                                "services",
                                number(0),
                                "persistentvolumeclaims",
                                number(0))));
    }

    /** Whatever gets into the namespace without limits is held small. */
    V1LimitRange limitRange() {
        Map<String, Quantity> small = Map.of(
                "cpu", new Quantity("100m"),
                "memory", new Quantity("64Mi"),
                "ephemeral-storage", new Quantity("64Mi"));
        return new V1LimitRange()
                .apiVersion("v1")
                .kind("LimitRange")
                .metadata(named(LIMIT_RANGE))
                .spec(new V1LimitRangeSpec()
                        .limits(List.of(new V1LimitRangeItem()
                                .type("Container")
                                ._default(small)
                                .defaultRequest(small))));
    }

    /**
     * The items of a limit range as they must be: ours holds small again whatever would get more, and all else stays as an operator wrote it, a
     * smaller default of theirs included. A cluster takes one item of each type.
     */
    List<V1LimitRangeItem> keptSmall(V1LimitRange found) {
        V1LimitRangeItem ours = limitRange().getSpec().getLimits().getFirst();
        List<V1LimitRangeItem> there =
                found.getSpec() == null ? List.of() : found.getSpec().getLimits();
        List<V1LimitRangeItem> all = new ArrayList<>();
        there.stream()
                .map(item -> ours.getType().equals(item.getType()) ? keptSmall(item, ours) : item)
                .forEach(all::add);
        if (there.stream().noneMatch(item -> ours.getType().equals(item.getType()))) {
            all.add(ours);
        }
        return List.copyOf(all);
    }

    private static V1LimitRangeItem keptSmall(V1LimitRangeItem found, V1LimitRangeItem ours) {
        return new V1LimitRangeItem()
                .type(found.getType())
                .max(found.getMax())
                .min(found.getMin())
                .maxLimitRequestRatio(found.getMaxLimitRequestRatio())
                ._default(keptSmall(found.getDefault(), ours.getDefault(), found.getMin()))
                .defaultRequest(keptSmall(found.getDefaultRequest(), ours.getDefaultRequest(), found.getMin()));
    }

    /** @param least what an operator lets nothing fall below */
    private static Map<String, Quantity> keptSmall(
            @Nullable Map<String, Quantity> found, Map<String, Quantity> ours, @Nullable Map<String, Quantity> least) {
        Map<String, Quantity> kept = new HashMap<>(found == null ? Map.of() : found);
        ours.forEach((resource, small) -> {
            Quantity most = larger(small, least == null ? null : least.get(resource));
            kept.merge(resource, most, (theirs, held) -> isLarger(theirs, held) ? held : theirs);
        });
        return kept;
    }

    private static Quantity larger(Quantity one, @Nullable Quantity other) {
        return other != null && isLarger(other, one) ? other : one;
    }

    private static boolean isLarger(Quantity one, Quantity other) {
        return one.getNumber().compareTo(other.getNumber()) > 0;
    }

    private V1ObjectMeta named(String object) {
        return new V1ObjectMeta().namespace(name).name(object).labels(LABELS);
    }

    private static Quantity number(int value) {
        return new Quantity(Integer.toString(value));
    }
}
