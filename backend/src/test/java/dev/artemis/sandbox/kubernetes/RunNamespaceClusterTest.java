package dev.artemis.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.sandbox.Ending;
import dev.artemis.sandbox.Observation;
import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.shared.Language;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1LimitRange;
import io.kubernetes.client.openapi.models.V1LimitRangeItem;
import io.kubernetes.client.openapi.models.V1LocalObjectReference;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1ResourceQuota;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What holds a namespace's pods comes back as it must be, whoever changed it or took it away behind our back. */
@OnCluster
class RunNamespaceClusterTest {

    private static final String NAMESPACE = "artemis-runs-mended";

    private final KubernetesSettings settings = TestCluster.settings(NAMESPACE, Map.of());
    private final ClusterClients clients = ClusterClients.of(settings.kubeconfig());
    private final ClusterCalls calls = new ClusterCalls(clients, settings);
    private final CoreV1Api core = new CoreV1Api(clients.calls());
    private final RunNamespaces namespaces = new RunNamespaces(clients.calls(), settings, RunnerConfigMap.built());
    private final UUID tenant = UUID.randomUUID();

    @Test
    void mendsLimitsAndAccountThatSomebodyChanged() throws Exception {
        namespaces.ensure(tenant);
        NamespaceObjects wanted = new NamespaceObjects(settings, NAMESPACE);
        V1LimitRange limits = limits();
        limits.getSpec().getLimits().getFirst().putDefaultItem("memory", new Quantity("8Gi"));
        V1LimitRangeItem operators = new V1LimitRangeItem().type("Pod").max(Map.of("cpu", new Quantity("4")));
        limits.getSpec().addLimitsItem(operators);
        core.replaceNamespacedLimitRange(NamespaceObjects.LIMIT_RANGE, NAMESPACE, limits)
                .execute();
        V1ServiceAccount account = account();
        account.automountServiceAccountToken(true)
                .addImagePullSecretsItem(new V1LocalObjectReference().name("operators"));
        core.replaceNamespacedServiceAccount(RunPod.SERVICE_ACCOUNT, NAMESPACE, account)
                .execute();

        namespaces.doubt(tenant);
        namespaces.ensure(tenant);

        assertThat(limits().getSpec().getLimits())
                .as("what an operator added stays")
                .containsExactly(wanted.limitRange().getSpec().getLimits().getFirst(), operators);
        assertThat(account().getAutomountServiceAccountToken()).isFalse();
        assertThat(account().getImagePullSecrets())
                .as("what an operator added stays")
                .containsExactly(new V1LocalObjectReference().name("operators"));
        long version = version(limits());
        namespaces.doubt(tenant);
        namespaces.ensure(tenant);
        assertThat(version(limits())).as("what is right is let be").isEqualTo(version);
    }

    @Test
    void mendsAQuotaThatSomebodyChangedAndKeepsWhatAnOperatorAdded() throws Exception {
        namespaces.ensure(tenant);
        Map<String, Quantity> wanted =
                new NamespaceObjects(settings, NAMESPACE).quota().getSpec().getHard();
        V1ResourceQuota quota = quota();
        quota.getSpec().putHardItem("count/jobs.batch", new Quantity("100000"));
        quota.getSpec().putHardItem("limits.memory", new Quantity("1Mi"));
        quota.getSpec().getHard().remove("services");
        quota.getSpec().putHardItem("requests.ephemeral-storage", new Quantity("100Gi"));
        core.replaceNamespacedResourceQuota(NamespaceObjects.QUOTA, NAMESPACE, quota)
                .execute();

        namespaces.doubt(tenant);
        namespaces.ensure(tenant);

        Map<String, Quantity> all = new HashMap<>(wanted);
        all.put("requests.ephemeral-storage", new Quantity("100Gi"));
        try {
            assertThat(quota().getSpec().getHard()).isEqualTo(all);
        } finally {
            core.deleteNamespacedResourceQuota(NamespaceObjects.QUOTA, NAMESPACE)
                    .execute();
        }
        namespaces.doubt(tenant);
        namespaces.ensure(tenant);
        assertThat(quota().getSpec().getHard()).as("made anew").isEqualTo(wanted);
    }

    @Test
    void labelsANamespaceThatIsThereAndKeepsAnOperatorsLabels() throws Exception {
        namespaces.ensure(tenant);
        V1Namespace namespace = core.readNamespace(NAMESPACE).execute();
        namespace
                .getMetadata()
                .setLabels(Map.of("operators", "own", "pod-security.kubernetes.io/enforce", "privileged"));
        core.replaceNamespace(NAMESPACE, namespace).execute();

        namespaces.doubt(tenant);
        namespaces.ensure(tenant);

        V1Namespace mended = core.readNamespace(NAMESPACE).execute();
        assertThat(mended.getMetadata().getLabels())
                .containsAllEntriesOf(new NamespaceObjects(settings, NAMESPACE)
                        .namespace()
                        .getMetadata()
                        .getLabels())
                .containsEntry("pod-security.kubernetes.io/enforce", "restricted")
                .containsEntry("operators", "own");
        namespaces.doubt(tenant);
        namespaces.ensure(tenant);
        assertThat(core.readNamespace(NAMESPACE).execute().getMetadata().getResourceVersion())
                .as("what is right is let be")
                .isEqualTo(mended.getMetadata().getResourceVersion());
    }

    @Test
    void makesLimitsAndAccountAnewThatSomebodyDeletedAndRunsGoOn() throws Exception {
        namespaces.ensure(tenant);
        core.deleteNamespacedLimitRange(NamespaceObjects.LIMIT_RANGE, NAMESPACE).execute();
        core.deleteNamespacedServiceAccount(RunPod.SERVICE_ACCOUNT, NAMESPACE).execute();
        RunRef run = new RunRef(tenant, UUID.randomUUID(), 1, 1);

        namespaces.doubt(tenant);
        namespaces.ensure(tenant);

        NamespaceObjects wanted = new NamespaceObjects(settings, NAMESPACE);
        assertThat(limits().getSpec()).isEqualTo(wanted.limitRange().getSpec());
        assertThat(account().getAutomountServiceAccountToken()).isFalse();
        Recorder recorder = new Recorder();
        try (KubernetesSandbox sandbox = new KubernetesSandbox(
                settings, ClusterClients.of(settings.kubeconfig()), Clock.systemUTC(), PodSight::untried)) {
            sandbox.open(recorder);
            sandbox.start(run, SandboxSpec.of(Language.PYTHON, "print('hello')"));
            assertThat(((Observation.Finished) recorder.awaitEnd(run)).result().ending())
                    .isEqualTo(new Ending.Exited(0));
            sandbox.forget(run);
            TestCluster.until(() -> calls.job(run).isEmpty());
        }
    }

    private V1LimitRange limits() throws ApiException {
        return core.readNamespacedLimitRange(NamespaceObjects.LIMIT_RANGE, NAMESPACE)
                .execute();
    }

    private V1ResourceQuota quota() throws ApiException {
        return core.readNamespacedResourceQuota(NamespaceObjects.QUOTA, NAMESPACE)
                .execute();
    }

    private V1ServiceAccount account() throws ApiException {
        return core.readNamespacedServiceAccount(RunPod.SERVICE_ACCOUNT, NAMESPACE)
                .execute();
    }

    private static long version(V1LimitRange limits) {
        return Long.parseLong(String.valueOf(limits.getMetadata().getResourceVersion()));
    }
}
