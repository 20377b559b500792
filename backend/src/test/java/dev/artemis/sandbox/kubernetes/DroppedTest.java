package dev.artemis.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.sandbox.runner.Nonce;
import dev.artemis.shared.Language;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1PodSpec;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a cluster made of a Job of ours. */
class DroppedTest {

    private static final V1Job SENT = job(Map.of("queue-name", "teams"));

    @Test
    void aJobThatWasKeptIsAsItWasSent() {
        V1Job kept = kept(job -> job.getSpec().completionMode("NonIndexed"));

        assertThat(Dropped.between(SENT, kept)).isEmpty();
        assertThat(Dropped.unsafe(SENT, kept)).isEmpty();
    }

    @Test
    void whatAnOldClusterDoesNotKnowIsNamedAndHarmless() {
        V1Job kept = kept(job -> {
            job.getSpec().podReplacementPolicy(null).ttlSecondsAfterFinished(null);
            pod(job).hostUsers(null);
        });

        assertThat(Dropped.between(SENT, kept))
                .containsExactlyInAnyOrder(
                        "podReplacementPolicy", "ttlSecondsAfterFinished", "template.spec.hostUsers");
        assertThat(Dropped.unsafe(SENT, kept)).isEmpty();
    }

    @Test
    void whatHoldsARunMustBeThere() {
        opens("suspend", job -> job.getSpec().suspend(null));
        opens(
                "template.spec.securityContext.seccompProfile",
                job -> pod(job).getSecurityContext().seccompProfile(null));
        opens("template.spec.automountServiceAccountToken", job -> pod(job).automountServiceAccountToken(null));
        opens("template.spec.activeDeadlineSeconds", job -> pod(job).activeDeadlineSeconds(null));
        opens(
                "template.spec.containers.securityContext.allowPrivilegeEscalation",
                job -> container(job).getSecurityContext().allowPrivilegeEscalation(null));
        opens("template.spec.containers.resources", job -> container(job).resources(null));
    }

    @Test
    void whatHoldsARunMustBeAsItWasSent() {
        opens("backoffLimit", job -> job.getSpec().backoffLimit(6));
        opens("template.spec.hostPID", job -> pod(job).hostPID(true));
        opens("template.spec.serviceAccountName", job -> pod(job).serviceAccountName("default"));
        opens(
                "template.spec.containers.securityContext.privileged",
                job -> container(job).getSecurityContext().privileged(true));
        opens(
                "template.spec.containers.securityContext.runAsUser",
                job -> container(job).getSecurityContext().runAsUser(0L));
    }

    /** A Job of a worker that did not know yet that pods may have users of their own goes on. */
    @Test
    void theUserIsNoReasonToRemoveAJobThatIsTakenOver() {
        assertThat(Dropped.isSetByNobody("template.spec.containers.securityContext.privileged"))
                .isTrue();
        assertThat(Dropped.isSetByNobody("template.spec.containers.securityContext.runAsUser"))
                .isFalse();
        assertThat(Dropped.isSetByNobody("template.spec.containers.securityContext.runAsGroup"))
                .isFalse();
        assertThat(Dropped.isSetByNobody("template.spec.hostUsers")).isFalse();
    }

    private static void opens(String path, Consumer<V1Job> change) {
        assertThat(Dropped.unsafe(SENT, kept(change))).containsExactly(path);
    }

    private static V1Job kept(Consumer<V1Job> change) {
        V1Job kept = JSON.deserialize(JSON.serialize(SENT), V1Job.class);
        change.accept(kept);
        return kept;
    }

    private static V1PodSpec pod(V1Job job) {
        return job.getSpec().getTemplate().getSpec();
    }

    private static V1Container container(V1Job job) {
        return pod(job).getContainers().getFirst();
    }

    private static V1Job job(Map<String, String> settings) {
        return RunObjects.of(
                        SomeSettings.with(settings),
                        new Cluster(33, "runner", "amd64", true),
                        new RunRef(UUID.randomUUID(), UUID.randomUUID(), 1, 1),
                        SandboxSpec.of(Language.PYTHON, "print()"),
                        Nonce.random())
                .job();
    }
}
