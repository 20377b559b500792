package dev.artemis.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.sandbox.runner.Nonce;
import dev.artemis.shared.Language;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1Secret;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PlainJsonTest {

    @BeforeAll
    static void plain() {
        PlainJson.use();
    }

    @Test
    void aJobIsTheSameThereAndBack() {
        RunRef run = new RunRef(UUID.randomUUID(), UUID.randomUUID(), 1, 1);
        RunObjects objects = RunObjects.of(
                SomeSettings.with(Map.of()),
                new Cluster(20, "runner", "amd64", false),
                run,
                SandboxSpec.of(Language.PYTHON, "print()"),
                Nonce.random());

        assertThat(JSON.<V1Job>deserialize(JSON.serialize(objects.job()), V1Job.class))
                .isEqualTo(objects.job());
        V1Secret input = objects.input().getFirst();
        assertThat(JSON.<V1Secret>deserialize(JSON.serialize(input), V1Secret.class))
                .isEqualTo(input);
    }

    @Test
    void timesAndQuantitiesHaveTheClustersForm() {
        V1Pod pod = JSON.deserialize("""
                {"metadata": {"name": "p", "creationTimestamp": "2026-11-23T12:00:00Z"},
                 "spec": {"containers": [{"name": "c", "resources": {"limits": {"memory": "64Mi"}},
                                          "livenessProbe": {"httpGet": {"port": "web"}}}]}}""", V1Pod.class);

        assertThat(pod.getMetadata().getCreationTimestamp()).isEqualTo(OffsetDateTime.parse("2026-11-23T12:00:00Z"));
        assertThat(JSON.serialize(pod))
                .contains("\"creationTimestamp\":\"2026-11-23T12:00:00")
                .contains("\"memory\":\"64Mi\"")
                .contains("\"port\":\"web\"");
    }

    @Test
    void aFieldOfALaterVersionDoesNoHarm() {
        V1Pod pod = JSON.deserialize("""
                {"metadata": {"name": "p"}, "spec": {"containers": [], "fieldOfTomorrow": {"a": [1, 2]}}}""", V1Pod.class);

        assertThat(pod.getMetadata().getName()).isEqualTo("p");
    }
}
