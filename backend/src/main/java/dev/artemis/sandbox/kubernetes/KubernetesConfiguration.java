package dev.artemis.sandbox.kubernetes;

import dev.artemis.configuration.StartupCheck;
import dev.artemis.sandbox.Sandbox;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The way for production: runs become Jobs of a cluster. In a process that takes runs at all. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KubernetesSettings.class)
@ConditionalOnProperty(name = "artemis.sandbox.kind", havingValue = "kubernetes")
@ConditionalOnExpression("'${artemis.roles:worker}'.contains('worker')")
class KubernetesConfiguration {

    @Bean(initMethod = "open", destroyMethod = "close")
    PodTrials podTrials(KubernetesSettings settings) {
        return new PodTrials(settings, ClusterClients.of(settings.kubeconfig()));
    }

    @Bean
    StartupCheck networkCheck(KubernetesSettings settings, PodTrials trials) {
        return new NetworkCheck(settings, trials);
    }

    /** Closed by the worker that uses it, before the database goes. */
    @Bean(destroyMethod = "close")
    Sandbox kubernetesSandbox(KubernetesSettings settings, Clock clock, PodTrials trials) {
        return new KubernetesSandbox(settings, ClusterClients.of(settings.kubeconfig()), clock, trials);
    }
}
