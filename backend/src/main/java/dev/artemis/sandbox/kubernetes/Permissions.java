package dev.artemis.sandbox.kubernetes;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.apis.AuthorizationV1Api;
import io.kubernetes.client.openapi.models.V1ResourceAttributes;
import io.kubernetes.client.openapi.models.V1SelfSubjectAccessReview;
import io.kubernetes.client.openapi.models.V1SelfSubjectAccessReviewSpec;
import io.kubernetes.client.openapi.models.V1SubjectAccessReviewStatus;
import java.util.ArrayList;
import java.util.List;

/** What this server must be allowed to do, and whether it is: the same list as k8s/base's Role. */
record Permissions(KubernetesSettings settings) {

    /** One thing to be allowed. @param group empty for the core */
    record Needed(String verb, String group, String resource, String subresource) {

        @Override
        public String toString() {
            return verb + " " + resource + (subresource.isEmpty() ? "" : "/" + subresource);
        }
    }

    List<Needed> needed() {
        List<Needed> all = new ArrayList<>();
        add(all, "batch", "jobs", "create", "get", "list", "watch", "patch", "delete");
        add(all, "", "pods", "list", "watch");
        all.add(new Needed("get", "", "pods", "log"));
        add(all, "", "secrets", "create", "list", "patch", "delete");
        add(all, "", "configmaps", "get", "create");
        add(all, "", "events", "list");
        for (String object : List.of("serviceaccounts", "limitranges", "resourcequotas", "namespaces")) {
            add(all, "", object, "get");
        }
        add(all, "networking.k8s.io", "networkpolicies", "get");
        if (settings.manageNamespace()) {
            add(all, "", "namespaces", "create", "patch");
            add(all, "", "serviceaccounts", "create");
            add(all, "", "limitranges", "create");
            add(all, "", "resourcequotas", "create", "patch");
            add(all, "networking.k8s.io", "networkpolicies", "create");
        }
        return List.copyOf(all);
    }

    private static void add(List<Needed> all, String group, String resource, String... verbs) {
        for (String verb : verbs) {
            all.add(new Needed(verb, group, resource, ""));
        }
    }

    /** Asks the cluster about each. Throws a {@link ClusterFault} where it does not answer. */
    List<Needed> missing(ApiClient client) {
        AuthorizationV1Api api = new AuthorizationV1Api(client);
        return needed().stream().filter(one -> !allowed(api, one)).toList();
    }

    private boolean allowed(AuthorizationV1Api api, Needed one) {
        V1SelfSubjectAccessReview question = new V1SelfSubjectAccessReview()
                .spec(new V1SelfSubjectAccessReviewSpec()
                        .resourceAttributes(new V1ResourceAttributes()
                                .namespace(settings.namespace())
                                .name(one.resource().equals("namespaces") ? settings.namespace() : null)
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
