package dev.artemis.sandbox.local;

import dev.artemis.sandbox.Sandbox;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The embedded default: runs are held on this machine, by a process that takes runs at all. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LocalSandboxSettings.class)
@ConditionalOnProperty(name = "artemis.sandbox.kind", havingValue = "local", matchIfMissing = true)
@ConditionalOnExpression("'${artemis.roles:worker}'.contains('worker')")
class LocalSandboxConfiguration {

    /** Closed by the worker that uses it, before the database goes. */
    @Bean(destroyMethod = "close")
    Sandbox localSandbox(LocalSandboxSettings settings) {
        return LocalSandbox.on(settings);
    }
}
