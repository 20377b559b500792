package dev.artemis.sandbox.kubernetes;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Settings with their defaults, save what a test says, and one namespace for all teams. */
final class SomeSettings {

    /** Where a test is not about the network. */
    static final Optional<ClusterCheck.Trial> NOBODY_TRIES = Optional.empty();

    private SomeSettings() {}

    static KubernetesSettings with(Map<String, String> said) {
        Map<String, String> all = new HashMap<>(Map.of("artemis.sandbox.kubernetes.namespace-per-tenant", "false"));
        said.forEach((key, value) -> all.put("artemis.sandbox.kubernetes." + key, value));
        return new Binder(new MapConfigurationPropertySource(all))
                .bindOrCreate("artemis.sandbox.kubernetes", KubernetesSettings.class);
    }

    static KubernetesSettings defaults() {
        return with(Map.of());
    }
}
