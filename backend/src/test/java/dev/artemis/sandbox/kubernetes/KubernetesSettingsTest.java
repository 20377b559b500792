package dev.artemis.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.artemis.shared.Language;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MutablePropertySources;
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

        assertThat(said).isEqualTo(SomeSettings.with(Map.of("namespace-per-tenant", "true")));
    }

    /** Nobody makes a queue in a namespace that comes with a team's first run. */
    @Test
    void aQueueForEachTeamIsMadeOfSomething() {
        assertThatThrownBy(() -> SomeSettings.with(Map.of("namespace-per-tenant", "true", "queue-name", "teams")))
                .rootCause()
                .hasMessageContaining("needs cluster-queue");
        assertThatThrownBy(() -> SomeSettings.with(Map.of("cluster-queue", "runs")))
                .rootCause()
                .hasMessageContaining("needs queue-name");
        assertThatThrownBy(() -> SomeSettings.with(
                        Map.of("queue-name", "teams", "cluster-queue", "runs", "manage-namespace", "false")))
                .rootCause()
                .hasMessageContaining("and manage-namespace");
        assertThat(SomeSettings.with(
                                Map.of("namespace-per-tenant", "true", "queue-name", "teams", "cluster-queue", "runs"))
                        .ownClusterQueue())
                .hasValue("runs");
    }

    @Test
    void readsNodesAndTolerations() {
        KubernetesSettings settings = SomeSettings.with(
                Map.of("node-selector", "pool=runs, zone=", "tolerations", "runs:NoSchedule, team=a:NoExecute"));

        assertThat(settings.nodeLabels()).isEqualTo(Map.of("pool", "runs", "zone", ""));
        assertThat(settings.tolerated())
                .containsExactly(
                        new KubernetesSettings.Toleration("runs", Optional.empty(), "NoSchedule"),
                        new KubernetesSettings.Toleration("team", Optional.of("a"), "NoExecute"));
    }

    @Test
    void takesALanguagesOwnImageBeforeTheOneOfAll() {
        assertThat(SomeSettings.with(Map.of("image", "all:1", "images.shell", "shell:1"))
                        .imageOfEach()
                        .needed())
                .isEqualTo(Map.of("all:1", List.of(Language.PYTHON), "shell:1", List.of(Language.SHELL)));
        assertThatThrownBy(() -> SomeSettings.with(Map.of("images.cobol", "cobol:1")))
                .rootCause()
                .hasMessage("images names no language that there is: cobol");
    }

    @ParameterizedTest
    @CsvSource({"auto, AUTO", "true, TRUE", "false, FALSE", "FALSE, FALSE"})
    void readsWhetherPodsHaveUsersOfTheirOwn(String said, KubernetesSettings.UserNamespaces read) {
        assertThat(SomeSettings.with(Map.of("user-namespaces", said)).userNamespaces())
                .isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource({
        "node-selector, pool, must be like pool=runs",
        "tolerations, runs, must be like runs:NoSchedule",
        "tolerations, runs:Never, must be like runs:NoSchedule",
        "namespace, Runs!, must be letters a-z",
        "owner, '', must be letters a-z",
        "start-timeout, 10ms, must be within 1s and 6h",
        "keep-finished, 1s, must be 1m or more",
        "quota.cpu, many, must be as Kubernetes writes it",
        "quota.memory, 1 GB, must be as Kubernetes writes it"
    })
    void refusesWhatCannotWorkAndNamesTheSetting(String key, String value, String why) {
        assertThatThrownBy(() -> SomeSettings.with(Map.of(key, value)))
                .isInstanceOf(BindException.class)
                .rootCause()
                .hasMessageContaining("artemis.sandbox.kubernetes." + key)
                .hasMessageContaining(why);
    }
}
