package dev.artemis.sandbox.docker;

import dev.artemis.sandbox.Sandbox;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where there is a Docker engine and the operator wants it: runs become its containers. In a process that takes runs at all. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DockerSettings.class)
@ConditionalOnProperty(name = "artemis.sandbox.kind", havingValue = "docker")
@ConditionalOnExpression("'${artemis.roles:worker}'.contains('worker')")
class DockerConfiguration {

    /** Closed by the worker that uses it, before the database goes. */
    @Bean(destroyMethod = "close")
    Sandbox dockerSandbox(DockerSettings settings) {
        return new DockerSandbox(settings);
    }
}
