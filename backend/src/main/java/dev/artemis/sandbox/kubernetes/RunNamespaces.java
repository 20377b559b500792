package dev.artemis.sandbox.kubernetes;

import io.kubernetes.client.openapi.ApiClient;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The namespaces of runs: one for all teams, or one for each, made at its first run. */
final class RunNamespaces {

    private final ApiClient client;
    private final KubernetesSettings settings;
    private final RunnerConfigMap runner;
    private final Map<String, RunNamespace> known = new ConcurrentHashMap<>();

    RunNamespaces(ApiClient client, KubernetesSettings settings, RunnerConfigMap runner) {
        this.client = client;
        this.settings = settings;
        this.runner = runner;
    }

    /** Returns once everything that a team's runs need is there. Throws a {@link ClusterFault} that says what is not. */
    void ensure(UUID tenant) {
        of(tenant).ensure();
    }

    /** Looks again at the team's next run: something was missing. */
    void doubt(UUID tenant) {
        of(tenant).doubt();
    }

    private RunNamespace of(UUID tenant) {
        return known.computeIfAbsent(
                settings.namespaceOf(tenant), name -> new RunNamespace(client, settings, name, runner));
    }
}
