package dev.artemis.sandbox.kubernetes;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.apis.AuthorizationV1Api;
import io.kubernetes.client.openapi.models.V1ResourceAttributes;
import io.kubernetes.client.openapi.models.V1SelfSubjectAccessReview;
import io.kubernetes.client.openapi.models.V1SelfSubjectAccessReviewSpec;
import io.kubernetes.client.openapi.models.V1SubjectAccessReviewStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What this server must be allowed to do, and whether it is: the same list as k8s/sandbox's Role, or k8s/tenants' where each team has a namespace. */
record Permissions(KubernetesSettings settings) {

    /** One thing to be allowed. @param group empty for the core */
    record Needed(String verb, String group, String resource, String subresource, String name) {

        Needed(String verb, String group, String resource, String subresource) {
            this(verb, group, resource, subresource, "");
        }

        @Override
        public String toString() {
            return verb + " " + resource + (subresource.isEmpty() ? "" : "/" + subresource)
                    + (name.isEmpty() ? "" : " " + name);
        }
    }

    /** What is needed in the namespace of all teams; in every namespace where each team has its own. */
    List<Needed> needed() {
        Set<Needed> all = new LinkedHashSet<>();
        if (settings.namespacePerTenant()) {
            all.addAll(everywhere());
        }
        if (!settings.namespacePerTenant() || settings.serviceAccount().isEmpty()) {
            all.addAll(inOne());
        }
        if (settings.manageNamespace()) {
            add(all, "", "namespaces", "create", "patch");
        }
        return List.copyOf(all);
    }

    /** What k8s/tenants grants in the whole cluster; the rest comes with each namespace, by a binding that we make. */
    List<Needed> everywhere() {
        List<Needed> all = new ArrayList<>();
        add(all, "batch", "jobs", "list", "watch");
        add(all, "", "pods", "list", "watch");
        add(all, "", "namespaces", "get", "list", "create", "patch");
        if (!settings.serviceAccount().isEmpty()) {
            add(all, "rbac.authorization.k8s.io", "rolebindings", "get", "create");
            all.add(new Needed("bind", "rbac.authorization.k8s.io", "clusterroles", "", KubernetesSettings.ROLE));
        }
        return List.copyOf(all);
    }

    /** What k8s/base grants beside, to see more; a worker that lacks it works all the same. */
    static List<Needed> sees() {
        return List.of(new Needed("list", "", "nodes", ""), new Needed("get", "node.k8s.io", "runtimeclasses", ""));
    }

    /** What k8s/bounds grants where it also bounds it. */
    static List<Needed> removes() {
        return List.of(new Needed("delete", "", "namespaces", ""));
    }

    /** What is granted in a namespace of runs beside, to take away the runners of before; a worker that lacks it leaves them there. */
    static List<Needed> sweeps() {
        return List.of(new Needed("list", "", "configmaps", ""), new Needed("delete", "", "configmaps", ""));
    }

    /** What is needed in a namespace of runs beside, where Kueue lets their Jobs go. */
    List<Needed> queues() {
        List<Needed> all = new ArrayList<>();
        add(all, LocalQueues.GROUP, LocalQueues.RESOURCE, "get");
        if (settings.namespacePerTenant() || settings.ownClusterQueue().isPresent()) {
            add(all, LocalQueues.GROUP, LocalQueues.RESOURCE, "create");
        }
        return List.copyOf(all);
    }

    /** What is needed in a namespace of runs. */
    List<Needed> inOne() {
        List<Needed> all = new ArrayList<>();
        add(all, "batch", "jobs", "create", "get", "list", "watch", "patch", "delete");
        add(all, "", "pods", "list", "watch", "delete");
        all.add(new Needed("get", "", "pods", "log"));
        add(all, "", "secrets", "create", "update");
        add(all, "", "configmaps", "get", "create");
        add(all, "", "events", "list");
        for (String object : List.of("serviceaccounts", "limitranges", "resourcequotas", "namespaces")) {
            add(all, "", object, "get");
        }
        add(all, "networking.k8s.io", "networkpolicies", "get");
        if (settings.manageNamespace()) {
            for (String object : List.of("serviceaccounts", "limitranges", "resourcequotas")) {
                add(all, "", object, "create", "patch");
            }
            add(all, "networking.k8s.io", "networkpolicies", "create", "patch");
        }
        if (settings.queue().isPresent()) {
            all.addAll(queues());
        }
        return List.copyOf(all);
    }

    private static void add(Collection<Needed> all, String group, String resource, String... verbs) {
        for (String verb : verbs) {
            all.add(new Needed(verb, group, resource, ""));
        }
    }

    /** Asks the cluster about each. Throws a {@link ClusterFault} where it does not answer. */
    List<Needed> missing(ApiClient client) {
        AuthorizationV1Api api = new AuthorizationV1Api(client);
        return needed().stream().filter(one -> !allowed(api, one)).toList();
    }

    private @Nullable String nameOf(Needed one) {
        if (!one.name().isEmpty()) {
            return one.name();
        }
        return one.resource().equals("namespaces") && !settings.namespacePerTenant() ? settings.namespace() : null;
    }

    private boolean allowed(AuthorizationV1Api api, Needed one) {
        V1SelfSubjectAccessReview question = new V1SelfSubjectAccessReview()
                .spec(new V1SelfSubjectAccessReviewSpec()
                        .resourceAttributes(new V1ResourceAttributes()
                                .namespace(settings.namespacePerTenant() ? null : settings.namespace())
                                .name(nameOf(one))
                                .verb(one.verb())
                                .group(one.group())
                                .resource(one.resource())
                                .subresource(one.subresource().isEmpty() ? null : one.subresource())));
        V1SubjectAccessReviewStatus answer = ClusterCalls.called(
                        "ask for permissions",
                        () -> api.createSelfSubjectAccessReview(question).execute())
                .getStatus();
        return answer != null && Boolean.TRUE.equals(answer.getAllowed());
    }
}
