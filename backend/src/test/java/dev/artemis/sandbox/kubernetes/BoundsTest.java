package dev.artemis.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1RoleBinding;
import io.kubernetes.client.openapi.models.V1ValidatingAdmissionPolicy;
import io.kubernetes.client.openapi.models.V1ValidatingAdmissionPolicySpec;
import io.kubernetes.client.util.Yaml;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The expressions of k8s/bounds, evaluated as an API server of 1.30 or newer does, on what the worker asks for and on what it never may. */
class BoundsTest {

    private static final String WORKER = "system:serviceaccount:artemis:artemis-worker";
    private static final Map<String, Object> GONE = Map.of();

    private final Cel cel = CelFactory.standardCelBuilder()
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addVar("request", SimpleType.DYN)
            .addVar("object", SimpleType.DYN)
            .addVar("variables", SimpleType.DYN)
            .build();
    private final V1ValidatingAdmissionPolicySpec policy = policy();
    private final KubernetesSettings settings =
            SomeSettings.with(Map.of("namespace-per-tenant", "true", "service-account", "artemis/artemis-worker"));
    private final String namespace = settings.namespaceOf(UUID.randomUUID());
    private final NamespaceObjects ours = new NamespaceObjects(settings, namespace);

    @Test
    void allThatTheWorkerDoesIsAllowed() {
        assertThat(refusals("CREATE", "namespaces", namespace, json(ours.namespace())))
                .isEmpty();
        assertThat(refusals("UPDATE", "namespaces", namespace, json(ours.namespace())))
                .isEmpty();
        assertThat(refusals("DELETE", "namespaces", namespace, GONE)).isEmpty();
        assertThat(refusals("CREATE", "rolebindings", namespace, binding(one -> one)))
                .isEmpty();
    }

    @Test
    void noOtherNamespaceIsTouched() {
        for (String other : List.of(
                "kube-system", "artemis", "artemis-runs", "artemis-runs-x", "x-" + namespace, namespace + "-x")) {
            for (String operation : List.of("CREATE", "UPDATE", "DELETE")) {
                assertThat(refusals(operation, "namespaces", other, json(ours.namespace())))
                        .as(operation + " " + other)
                        .isNotEmpty();
                assertThat(refusals(operation, "rolebindings", other, binding(one -> one)))
                        .as(operation + " in " + other)
                        .isNotEmpty();
            }
        }
    }

    @Test
    void aNamespaceOfRunsIsAlwaysRestricted() {
        V1Namespace open = copy(ours.namespace());
        open.getMetadata().putLabelsItem("pod-security.kubernetes.io/enforce", "privileged");
        V1Namespace silent = copy(ours.namespace());
        silent.getMetadata().getLabels().remove("pod-security.kubernetes.io/enforce");
        V1Namespace bare = copy(ours.namespace());
        bare.getMetadata().setLabels(null);

        for (V1Namespace wrong : List.of(open, silent, bare)) {
            assertThat(refusals("CREATE", "namespaces", namespace, json(wrong)))
                    .containsExactly(
                            "in the namespaces of teams' runs no pod may have more than the restricted rights");
        }
    }

    @Test
    void noOtherRoleIsBoundAndToNobodyElse() {
        refused(one -> one.roleRef(one.getRoleRef().name("cluster-admin")));
        refused(one -> one.roleRef(one.getRoleRef().kind("Role")));
        refused(one -> one.subjects(List.of(one.getSubjects().getFirst().name("default"))));
        refused(one -> one.subjects(List.of(one.getSubjects().getFirst().namespace("kube-system"))));
        refused(one -> one.subjects(List.of(one.getSubjects().getFirst().kind("User"))));
        refused(one -> one.addSubjectsItem(copy(one).getSubjects().getFirst().name("default")));
        assertThat(refusals("UPDATE", "rolebindings", namespace, binding(one -> one)))
                .isNotEmpty();
        assertThat(refusals("DELETE", "rolebindings", namespace, GONE)).isNotEmpty();
    }

    @Test
    void whoeverIsNotTheWorkerIsNotBound() {
        assertThat(isAsked(WORKER)).isTrue();
        assertThat(isAsked("system:serviceaccount:artemis:default")).isFalse();
        assertThat(isAsked("admin")).isFalse();
    }

    private void refused(UnaryOperator<V1RoleBinding> change) {
        assertThat(refusals("CREATE", "rolebindings", namespace, binding(change)))
                .containsExactly("the worker of Artemis may bind the role artemis-runs to itself, and nothing else");
    }

    private boolean isAsked(String user) {
        Map<String, Object> request = Map.of("userInfo", Map.of("username", user));
        return policy.getMatchConditions().stream()
                .allMatch(condition -> (boolean) value(condition.getExpression(), Map.of("request", request)));
    }

    /** What is said of it, with failurePolicy Fail: what cannot be evaluated is refused too. */
    private List<String> refusals(String operation, String resource, String where, Map<String, Object> object) {
        Map<String, Object> request = Map.of(
                "operation",
                operation,
                "resource",
                Map.of("resource", resource),
                "name",
                resource.equals("namespaces") ? where : "artemis-runs",
                "namespace",
                where);
        Map<String, Object> known = new HashMap<>(Map.of("request", request, "object", object));
        Map<String, Object> variables = new HashMap<>();
        policy.getVariables().forEach(one -> variables.put(one.getName(), value(one.getExpression(), known)));
        known.put("variables", variables);
        return policy.getValidations().stream()
                .filter(validation -> !(boolean) value(validation.getExpression(), known))
                .map(validation -> String.valueOf(validation.getMessage()))
                .toList();
    }

    private Object value(String expression, Map<String, Object> known) {
        try {
            return cel.createProgram(cel.compile(expression).getAst()).eval(known);
        } catch (CelValidationException | CelEvaluationException e) {
            throw new AssertionError(expression, e);
        }
    }

    private Map<String, Object> binding(UnaryOperator<V1RoleBinding> change) {
        return json(change.apply(copy(ours.rights().orElseThrow())));
    }

    @SuppressWarnings("unchecked")
    private static <T> T copy(T object) {
        return (T) JSON.deserialize(JSON.serialize(object), object.getClass());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> json(Object object) {
        return JSON.getGson().fromJson(JSON.serialize(object), Map.class);
    }

    private static V1ValidatingAdmissionPolicySpec policy() {
        return Manifests.of("bounds").stream()
                .map(manifest -> {
                    try {
                        return Yaml.load(manifest.yaml());
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                })
                .filter(V1ValidatingAdmissionPolicy.class::isInstance)
                .map(object -> ((V1ValidatingAdmissionPolicy) object).getSpec())
                .findFirst()
                .orElseThrow();
    }
}
