package dev.artemis.sandbox.kubernetes;

import dev.artemis.configuration.Finding;
import dev.artemis.configuration.StartupCheck;
import java.util.List;

/** Of a worker that is up: what its trials found of the network. Where the start depends on it {@link ClusterCheck} has tried before. */
final class NetworkCheck implements StartupCheck {

    private final KubernetesSettings settings;
    private final PodTrials trials;

    NetworkCheck(KubernetesSettings settings, PodTrials trials) {
        this.settings = settings;
        this.trials = trials;
    }

    @Override
    public List<Finding> findings() {
        return settings.requireNetworkPolicy()
                ? List.of()
                : List.of(ClusterCheck.network(settings, trials.get().network()));
    }
}
