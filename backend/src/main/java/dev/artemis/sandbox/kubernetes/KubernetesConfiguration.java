package dev.artemis.sandbox.kubernetes;

import dev.artemis.sandbox.Sandbox;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The sandbox of this process where {@code artemis.sandbox} is {@code kubernetes}. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "artemis.sandbox", havingValue = "kubernetes")
@EnableConfigurationProperties(KubernetesSettings.class)
class KubernetesConfiguration {

    @Bean
    Sandbox kubernetesSandbox(KubernetesSettings settings, Clock clock) {
        return new KubernetesSandbox(settings, ClusterClients.of(settings.kubeconfig()), clock);
    }
}
