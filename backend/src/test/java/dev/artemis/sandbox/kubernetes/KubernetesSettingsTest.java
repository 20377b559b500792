package dev.artemis.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.core.io.ClassPathResource;

class KubernetesSettingsTest {

    @Test
    void applicationYamlSaysTheDefaults() throws IOException {
        MutablePropertySources sources = new MutablePropertySources();
        new YamlPropertySourceLoader()
                .load("application", new ClassPathResource("application.yaml"))
                .forEach(sources::addLast);

        KubernetesSettings said = new Binder(
                        ConfigurationPropertySources.from(sources), new PropertySourcesPlaceholdersResolver(sources))
                .bindOrCreate("artemis.sandbox.kubernetes", KubernetesSettings.class);

        assertThat(said).isEqualTo(SomeSettings.defaults());
    }

    @Test
    void readsNodesAndTolerations() {
        KubernetesSettings settings = SomeSettings.with(Map.of(
                "node-selector.pool", "runs",
                "tolerations[0].key", "runs",
                "tolerations[0].effect", "NoSchedule"));

        assertThat(settings.nodeSelector()).isEqualTo(Map.of("pool", "runs"));
        assertThat(settings.tolerations())
                .isEqualTo(List.of(new KubernetesSettings.Toleration("runs", "Exists", null, "NoSchedule")));
    }

    @Test
    void refusesNamespaceThatIsNoName() {
        assertThatThrownBy(() -> SomeSettings.with(Map.of("namespace", "Runs!")))
                .isInstanceOf(BindException.class)
                .hasRootCauseMessage(
                        "artemis.sandbox.kubernetes.namespace must be letters a-z, digits and dashes, at most 63: Runs!");
    }

    @Test
    void refusesStartTimeoutThatIsTooShort() {
        assertThatThrownBy(() -> SomeSettings.with(Map.of("start-timeout", "10ms")))
                .isInstanceOf(BindException.class)
                .hasRootCauseMessage("artemis.sandbox.kubernetes.start-timeout must be within 1s and 6h");
    }
}
