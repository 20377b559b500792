package dev.artemis.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ClusterRole;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1LimitRange;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PolicyRule;
import io.kubernetes.client.openapi.models.V1ResourceQuota;
import io.kubernetes.client.openapi.models.V1Role;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1ValidatingAdmissionPolicy;
import io.kubernetes.client.openapi.models.V1ValidatingAdmissionPolicyBinding;
import io.kubernetes.client.util.Yaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an operator applies: every object as today's Kubernetes knows it, and the same as what the server would make. */
class ManifestsTest {

    static List<Manifests.Manifest> manifests() {
        return Manifests.all();
    }

    static List<Path> kustomizations() {
        return Manifests.kustomizations();
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void isAnObjectOfTodaysKubernetes(Manifests.Manifest manifest) throws IOException {
        Object object = Yaml.load(manifest.yaml());

        assertThat(object).isInstanceOf(KubernetesObject.class);
        assertThat(((KubernetesObject) object).getMetadata().getName()).isNotBlank();
    }

    @Test
    void refusesFieldThatKubernetesDoesNotKnow() {
        String typo = Manifests.of("base").stream()
                .filter(one -> one.yaml().contains("kind: Deployment"))
                .findFirst()
                .orElseThrow()
                .yaml()
                .replace("readinessProbe:", "readynessProbe:");

        assertThatThrownBy(() -> Yaml.load(typo)).hasMessageContaining("readynessProbe");
    }

    @ParameterizedTest
    @MethodSource("kustomizations")
    void namesEveryFileBesideIt(Path kustomization) throws IOException {
        String said = Manifests.read(kustomization);

        try (Stream<Path> files =
                Files.list(kustomization.toAbsolutePath().normalize().getParent())) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".yaml") && !name.equals("kustomization.yaml")))
                    .allMatch(name -> said.contains("- " + name) || said.contains("path: " + name));
        }
    }

    @Test
    void sandboxIsWhatTheServerWouldMake() {
        NamespaceObjects ours = new NamespaceObjects(SomeSettings.defaults(), "artemis-runs");

        assertThat(only("sandbox", V1Namespace.class)).isEqualTo(ours.namespace());
        assertThat(only("sandbox", V1ServiceAccount.class)).isEqualTo(ours.serviceAccount());
        assertThat(only("sandbox", V1NetworkPolicy.class)).isEqualTo(ours.networkPolicy());
        assertThat(only("sandbox", V1ResourceQuota.class)).isEqualTo(ours.quota());
        assertThat(only("sandbox", V1LimitRange.class)).isEqualTo(ours.limitRange());
    }

    @Test
    void workersRoleIsExactlyWhatItNeeds() {
        V1Role role = only("sandbox", V1Role.class);

        List<Permissions.Needed> needed =
                new Permissions(SomeSettings.with(Map.of("manage-namespace", "false", "queue-name", "teams"))).needed();
        assertThat(granted(role.getRules()))
                .containsExactlyInAnyOrderElementsOf(words(with(needed, Permissions.sweeps())));
    }

    @Test
    void workersRolesWithNamespacePerTeamAreExactlyWhatItNeeds() {
        Permissions permissions = new Permissions(SomeSettings.with(Map.of(
                "namespace-per-tenant",
                "true",
                "service-account",
                "artemis/artemis-worker",
                "queue-name",
                "teams",
                "cluster-queue",
                "runs")));
        Map<String, List<String>> granted = Manifests.of("tenants").stream()
                .map(ManifestsTest::load)
                .filter(V1ClusterRole.class::isInstance)
                .map(V1ClusterRole.class::cast)
                .collect(Collectors.toMap(role -> role.getMetadata().getName(), role -> granted(role.getRules())));

        assertThat(granted).containsOnlyKeys("artemis-worker", KubernetesSettings.ROLE);
        assertThat(granted.get("artemis-worker")).containsExactlyInAnyOrderElementsOf(words(permissions.everywhere()));
        assertThat(granted.get(KubernetesSettings.ROLE))
                .containsExactlyInAnyOrderElementsOf(words(with(permissions.inOne(), Permissions.sweeps())));
        assertThat(permissions.needed()).containsExactlyInAnyOrderElementsOf(permissions.everywhere());
    }

    @Test
    void whatTheWorkerSeesBesideIsReadAlone() {
        V1ClusterRole role = only("base", V1ClusterRole.class);

        assertThat(granted(role.getRules())).containsExactlyInAnyOrderElementsOf(words(Permissions.sees()));
        assertThat(Permissions.sees()).extracting(Permissions.Needed::verb).isSubsetOf("get", "list");
    }

    /** What its expressions say is seen in {@link BoundsTest}. */
    @Test
    void theBoundsAreEnforcedAndAloneLetTheWorkerRemoveNamespaces() {
        V1ValidatingAdmissionPolicy policy = only("bounds", V1ValidatingAdmissionPolicy.class);
        V1ValidatingAdmissionPolicyBinding binding = only("bounds", V1ValidatingAdmissionPolicyBinding.class);

        assertThat(policy.getSpec().getFailurePolicy()).isEqualTo("Fail");
        assertThat(binding.getSpec().getPolicyName())
                .isEqualTo(policy.getMetadata().getName());
        assertThat(binding.getSpec().getValidationActions()).containsExactly("Deny");
        assertThat(granted(only("bounds", V1ClusterRole.class).getRules()))
                .containsExactlyInAnyOrderElementsOf(words(Permissions.removes()));
    }

    private static List<String> granted(List<V1PolicyRule> rules) {
        return rules.stream()
                .flatMap(rule -> rule.getApiGroups().stream()
                        .flatMap(group -> rule.getResources().stream()
                                .flatMap(resource -> rule.getVerbs().stream()
                                        .map(verb -> verb + " " + group + " " + resource + resourceNames(rule)))))
                .toList();
    }

    private static String resourceNames(V1PolicyRule rule) {
        List<String> names = rule.getResourceNames();
        return names == null || names.isEmpty() ? "" : " " + String.join(",", names);
    }

    private static List<Permissions.Needed> with(List<Permissions.Needed> needed, List<Permissions.Needed> beside) {
        return Stream.of(needed, beside).flatMap(List::stream).toList();
    }

    private static List<String> words(List<Permissions.Needed> needed) {
        return needed.stream()
                .map(one -> one.verb() + " " + one.group() + " " + one.resource()
                        + (one.subresource().isEmpty() ? "" : "/" + one.subresource())
                        + (one.name().isEmpty() ? "" : " " + one.name()))
                .toList();
    }

    @Test
    void platformRunsWithoutRights() {
        List<V1PodSpec> pods = Manifests.of("base").stream()
                .map(ManifestsTest::load)
                .filter(V1Deployment.class::isInstance)
                .map(object -> ((V1Deployment) object).getSpec().getTemplate().getSpec())
                .toList();

        assertThat(pods).hasSize(3).allSatisfy(pod -> {
            assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            assertThat(pod.getContainers()).allSatisfy(container -> {
                assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                        .isFalse();
                assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                        .isTrue();
                assertThat(container.getSecurityContext().getCapabilities().getDrop())
                        .containsExactly("ALL");
                assertThat(container.getReadinessProbe()).isNotNull();
                assertThat(container.getLivenessProbe()).isNotNull();
            });
        });
        assertThat(pods.stream().filter(pod -> Boolean.TRUE.equals(pod.getAutomountServiceAccountToken())))
                .singleElement()
                .extracting(V1PodSpec::getServiceAccountName)
                .isEqualTo("artemis-worker");
    }

    private static <T> T only(String folder, Class<T> type) {
        List<T> found = Manifests.of(folder).stream()
                .map(ManifestsTest::load)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private static Object load(Manifests.Manifest manifest) {
        try {
            return Yaml.load(manifest.yaml());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
